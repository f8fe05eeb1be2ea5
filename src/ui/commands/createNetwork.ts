import type { Scope, ScopeStore } from '../../app/appModel';
import { readNetworkChoices } from '../../app/operations/network/networkChoices';
import { t } from '../../words/translation';
import { carryOut } from '../changes/carryOut';
import { summaryStep } from '../changes/summaryStep';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';
import { whileReading } from '../whileReading';
import { pickOne, runSteps } from '../wizard';
import { dhcpOptionsWizard } from './network/dhcpOptionsWizard';
import { internetGatewayWizard } from './network/internetGatewayWizard';
import { natGatewayWizard } from './network/natGatewayWizard';
import type { OpenNetworkWizard } from './network/networkWizard';
import { routeTableWizard } from './network/routeTableWizard';
import { routeWizard } from './network/routeWizard';
import { subnetWizard } from './network/subnetWizard';
import { tableUseWizard } from './network/tableUseWizard';
import { vpcWizard } from './network/vpcWizard';

/** What can be made of a network. */
export const networkBlocks = [
  'vpc',
  'subnet',
  'routeTable',
  'route',
  'tableUse',
  'internetGateway',
  'natGateway',
  'dhcpOptions',
] as const;
export type NetworkBlock = (typeof networkBlocks)[number];

/** Asks what shall be made, unless it is said, and step by step how. Resolves with it, or undefined when given up. */
export function createNetworkCommand(scopes: ScopeStore, block?: NetworkBlock) {
  return async (target: ScopeTarget | undefined): Promise<unknown> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Create it in which scope?')));
    const wanted = scope && (block ?? (await askBlock(scope)));
    if (!scope || !wanted) return undefined;
    const title = t('Reading the network of {0}…', scope.label);
    const choices = await whileReading(title, signal => readNetworkChoices(scope, { signal }));
    const { steps, plan } = wizards[wanted](scope, choices);
    const finished = await runSteps(`${blockWords(wanted)} (${scope.label})`, [...steps, summaryStep(scope, plan)]);
    return finished ? carryOut(scope, plan()) : undefined;
  };
}

async function askBlock(scope: Scope): Promise<NetworkBlock | undefined> {
  let chosen: NetworkBlock | undefined;
  await runSteps(t('Create in {0}', scope.label), [
    frame =>
      pickOne<NetworkBlock>(
        frame,
        {
          placeholder: t('What shall be created?'),
          items: networkBlocks.map(value => ({ label: blockWords(value), value })),
        },
        value => {
          chosen = value;
        },
      ),
  ]);
  return chosen;
}

function blockWords(block: NetworkBlock): string {
  const words: Readonly<Record<NetworkBlock, string>> = {
    vpc: t('VPC'),
    subnet: t('Subnet'),
    routeTable: t('Route table'),
    route: t('Route'),
    tableUse: t('Route table of a subnet'),
    internetGateway: t('Internet gateway'),
    natGateway: t('NAT gateway'),
    dhcpOptions: t('DHCP options'),
  };
  return words[block];
}

const wizards: Readonly<Record<NetworkBlock, OpenNetworkWizard>> = {
  vpc: vpcWizard,
  subnet: subnetWizard,
  routeTable: routeTableWizard,
  route: routeWizard,
  tableUse: tableUseWizard,
  internetGateway: internetGatewayWizard,
  natGateway: natGatewayWizard,
  dhcpOptions: dhcpOptionsWizard,
};
