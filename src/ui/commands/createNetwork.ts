import type { Scope, ScopeStore } from '../../app/appModel';
import type { PlannedChange } from '../../app/changes/plannedChange';
import { type NetworkChoices, readNetworkChoices, routeTargets } from '../../app/operations/network/networkChoices';
import { planDhcpOptions } from '../../app/operations/network/planDhcpOptions';
import { planInternetGateway } from '../../app/operations/network/planInternetGateway';
import { planNatGateway } from '../../app/operations/network/planNatGateway';
import { planRoute } from '../../app/operations/network/planRoute';
import { planRouteTable } from '../../app/operations/network/planRouteTable';
import { planSubnet } from '../../app/operations/network/planSubnet';
import { planTableUse } from '../../app/operations/network/planTableUse';
import { planVpc } from '../../app/operations/network/planVpc';
import { LabError } from '../../core/errors';
import { nameOrId, type RouteTable, type Subnet, type Vpc } from '../../core/network';
import type { WritableRouteTarget } from '../../core/ports/routeGateway';
import { rangeProblem, subnetRangeProblem, suggestSubnetRange, suggestVpcRange } from '../../core/subnetRanges';
import { rangeProblemWords } from '../../words/networkRanges';
import { t } from '../../words/translation';
import { carryOut } from '../changes/carryOut';
import { summaryStep } from '../changes/summaryStep';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';
import { whileReading } from '../whileReading';
import { enterText, pickMany, pickOne, runSteps, type Step } from '../wizard';

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

/** Steps of one kind, and what they come to. */
interface Wizard {
  readonly steps: readonly Step[];
  plan(): PlannedChange<unknown>;
}

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

const wizards: Readonly<Record<NetworkBlock, (scope: Scope, choices: NetworkChoices) => Wizard>> = {
  vpc: (scope, choices) => {
    const input = {
      cidrBlock: suggestVpcRange(choices.vpcs.flatMap(({ cidrBlocks }) => cidrBlocks)),
      name: undefined as string | undefined,
      enableDnsHostnames: true,
    };
    return {
      steps: [rangeStep(input, rangeProblem), dnsStep(input), nameStep(input)],
      plan: () => planVpc(scope, input),
    };
  },
  subnet: (scope, choices) => {
    const picked = { vpc: firstOf(choices.vpcs) };
    const input = {
      cidrBlock: '',
      availabilityZone: choices.availabilityZones[0],
      name: undefined as string | undefined,
    };
    const suggest: Step = async frame => {
      input.cidrBlock = suggestSubnetRange(picked.vpc, choices.subnets) ?? '';
      return rangeStep(input, text => subnetRangeProblem(text, picked.vpc, choices.subnets))(frame);
    };
    return {
      steps: [vpcStep(choices, picked), zoneStep(choices, input), suggest, nameStep(input)],
      plan: () => planSubnet(scope, { ...input, vpcId: picked.vpc.id }),
    };
  },
  routeTable: (scope, choices) => {
    const picked = { vpc: firstOf(choices.vpcs) };
    const input = { subnetIds: [] as readonly Subnet['id'][], name: undefined as string | undefined };
    return {
      steps: [vpcStep(choices, picked), subnetsStep(choices, picked, input), nameStep(input)],
      plan: () => planRouteTable(scope, { ...input, vpcId: picked.vpc.id }),
    };
  },
  route: (scope, choices) => {
    const usable = choices.tables.filter(table => routeTargets(choices, table).length > 0);
    const table = firstOf(usable);
    const input = { table, target: firstOf(routeTargets(choices, table)), destination: '0.0.0.0/0' };
    return {
      steps: [tableStep(usable, input), targetStep(choices, input), destinationStep(input)],
      plan: () => planRoute(scope, input.table, { ...input, routeTableId: input.table.id }),
    };
  },
  tableUse: (scope, choices) => {
    const subnet = firstOf(choices.subnets);
    const input = { subnet, table: firstOf(choices.tables.filter(({ vpcId }) => vpcId === subnet.vpcId)) };
    return {
      steps: [
        subnetStep(choices, input, t('Which subnet?')),
        frame =>
          tableStep(
            choices.tables.filter(({ vpcId }) => vpcId === input.subnet.vpcId),
            input,
          )(frame),
      ],
      plan: () => {
        const current = choices.tables.find(({ subnetIds }) => subnetIds.includes(input.subnet.id));
        return planTableUse(scope, { ...input, current });
      },
    };
  },
  internetGateway: (scope, choices) => {
    const picked = { vpc: firstOf(choices.vpcs) };
    const input = { name: undefined as string | undefined };
    return {
      steps: [vpcStep(choices, picked), nameStep(input)],
      plan: () => planInternetGateway(scope, { ...input, vpcId: picked.vpc.id }),
    };
  },
  natGateway: (scope, choices) => {
    const input = { subnet: firstOf(choices.subnets), name: undefined as string | undefined };
    return {
      steps: [
        subnetStep(choices, input, t('In which subnet? Its route table must lead to an internet gateway.')),
        nameStep(input),
      ],
      plan: () => planNatGateway(scope, { subnetId: input.subnet.id, name: input.name }),
    };
  },
  dhcpOptions: (scope, choices) => {
    const picked = { vpc: firstOf(choices.vpcs) };
    const input = { servers: 'AmazonProvidedDNS', domainName: '', name: undefined as string | undefined };
    return {
      steps: [vpcStep(choices, picked), serversStep(input), domainStep(input), nameStep(input)],
      plan: () =>
        planDhcpOptions(scope, {
          vpcId: picked.vpc.id,
          name: input.name,
          domainName: input.domainName || undefined,
          domainNameServers: serversOf(input.servers),
        }),
    };
  },
};

/** Something that the wizard needs; a scope that has none of it says so. */
function firstOf<T>(values: readonly T[]): T {
  const [first] = values;
  if (first === undefined) throw new LabError('resourceNotFound', { kind: t('a VPC, subnet or route target to use') });
  return first;
}

function vpcStep({ vpcs }: NetworkChoices, picked: { vpc: Vpc }): Step {
  return frame =>
    pickOne<Vpc>(
      frame,
      {
        placeholder: t('In which VPC?'),
        active: picked.vpc,
        items: vpcs.map(value => ({
          label: nameOrId(value),
          description: value.cidrBlocks.join(', '),
          detail: value.id,
          value,
        })),
      },
      value => {
        picked.vpc = value;
      },
    );
}

function zoneStep({ availabilityZones }: NetworkChoices, input: { availabilityZone: string | undefined }): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('In which zone?'),
        active: input.availabilityZone,
        items: availabilityZones.map(value => ({ label: value, value: value as string | undefined })),
      },
      value => {
        input.availabilityZone = value;
      },
    );
}

function subnetItem(value: Subnet) {
  return { label: nameOrId(value), description: `${value.availabilityZone} · ${value.cidrBlock}`, detail: value.id };
}

function subnetStep({ subnets }: NetworkChoices, input: { subnet: Subnet }, placeholder: string): Step {
  return frame =>
    pickOne<Subnet>(
      frame,
      {
        placeholder,
        active: input.subnet,
        items: subnets.map(value => ({ ...subnetItem(value), value })),
      },
      value => {
        input.subnet = value;
      },
    );
}

function subnetsStep(
  { subnets }: NetworkChoices,
  picked: { readonly vpc: Vpc },
  input: { subnetIds: readonly Subnet['id'][] },
): Step {
  return frame =>
    pickMany(
      frame,
      {
        placeholder: t('Which subnets shall use it? None is possible.'),
        selected: input.subnetIds,
        problemOf: () => undefined,
        items: subnets
          .filter(({ vpcId }) => vpcId === picked.vpc.id)
          .map(value => ({ ...subnetItem(value), value: value.id })),
      },
      ids => {
        input.subnetIds = ids;
      },
    );
}

function tableStep(tables: readonly RouteTable[], input: { table: RouteTable }): Step {
  return frame =>
    pickOne<RouteTable>(
      frame,
      {
        placeholder: t('In which route table?'),
        active: input.table,
        items: tables.map(value => ({ label: nameOrId(value), description: value.vpcId, value })),
      },
      value => {
        input.table = value;
      },
    );
}

function targetStep(choices: NetworkChoices, input: { readonly table: RouteTable; target: WritableRouteTarget }): Step {
  return frame =>
    pickOne<WritableRouteTarget>(
      frame,
      {
        placeholder: t('Where shall it lead?'),
        items: routeTargets(choices, input.table).map(value => ({ label: value.id, value })),
      },
      value => {
        input.target = value;
      },
    );
}

function destinationStep(input: { destination: string; readonly table: RouteTable }): Step {
  return textStep(
    () => ({
      prompt: t('Which range? The longest prefix wins.'),
      value: input.destination,
      problemOf: text => (rangeProblem(text) === 'notARange' ? rangeProblemWords('notARange') : undefined),
    }),
    text => {
      input.destination = text;
    },
  );
}

function rangeStep(
  input: { cidrBlock: string },
  problemOf: (text: string) => Parameters<typeof rangeProblemWords>[0] | undefined,
): Step {
  return textStep(
    () => ({
      prompt: t('Which range of addresses?'),
      value: input.cidrBlock,
      problemOf: text => {
        const problem = problemOf(text);
        return problem && rangeProblemWords(problem);
      },
    }),
    text => {
      input.cidrBlock = text;
    },
  );
}

function dnsStep(input: { enableDnsHostnames: boolean }): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('Shall instances have DNS host names?'),
        active: input.enableDnsHostnames,
        items: [
          { label: t('DNS host names on'), detail: t('Private DNS of endpoints needs them.'), value: true },
          { label: t('DNS host names off'), detail: t('As AWS leaves them.'), value: false },
        ],
      },
      value => {
        input.enableDnsHostnames = value;
      },
    );
}

const serversOf = (text: string) => text.split(/[\s,]+/).filter(Boolean);

function serversStep(input: { servers: string }): Step {
  return textStep(
    () => ({
      prompt: t('Name servers: AmazonProvidedDNS, or up to four addresses with spaces between.'),
      value: input.servers,
      problemOf: text => (serversOf(text).length === 0 ? t('At least one.') : undefined),
    }),
    text => {
      input.servers = text;
    },
  );
}

function domainStep(input: { domainName: string }): Step {
  return textStep(
    () => ({
      prompt: t('The domain that instances search in. Empty for none.'),
      value: input.domainName,
      problemOf: () => undefined,
    }),
    text => {
      input.domainName = text.trim();
    },
  );
}

function nameStep(input: { name: string | undefined }): Step {
  return textStep(
    () => ({
      prompt: t('A name (the Name tag). Empty for none.'),
      value: input.name ?? '',
      problemOf: text => (text.length > 255 ? t('A name has at most {0} characters.', 255) : undefined),
    }),
    text => {
      input.name = text.trim() || undefined;
    },
  );
}

/** A question whose default may depend on the steps before. */
function textStep(question: () => Parameters<typeof enterText>[1], accept: (text: string) => void): Step {
  return frame => enterText(frame, question(), accept);
}
