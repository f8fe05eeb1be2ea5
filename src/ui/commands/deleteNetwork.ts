import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../../app/appModel';
import type { PlannedRemoval } from '../../app/changes/plannedChange';
import { type NetworkChoices, readNetworkChoices } from '../../app/operations/network/networkChoices';
import { planInternetGatewayRemoval } from '../../app/operations/network/planInternetGateway';
import { planNatGatewayRemoval } from '../../app/operations/network/planNatGateway';
import {
  planDhcpOptionsRemoval,
  planRouteTableRemoval,
  planSubnetRemoval,
} from '../../app/operations/network/planPartRemoval';
import { planRouteRemoval } from '../../app/operations/network/planRoute';
import { planVpcRemoval } from '../../app/operations/network/planVpcRemoval';
import { nameOrId } from '../../core/network';
import { valueOr } from '../../core/reading';
import { t } from '../../words/translation';
import { confirmRemoval } from '../changes/confirmRemoval';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';
import { whileReading } from '../whileReading';

/** Asks for a VPC or a part of one, and deletes it after one dialog. Resolves with whether it did. */
export function deleteNetworkCommand(scopes: ScopeStore) {
  return async (target: ScopeTarget | undefined): Promise<boolean> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Delete in which scope?')));
    if (!scope) return false;
    const title = t('Reading the network of {0}…', scope.label);
    const choices = await whileReading(title, signal => readNetworkChoices(scope, { signal }));
    const items = removalItems(scope, choices);
    if (items.length === 0) {
      void vscode.window.showInformationMessage(
        t('{0} has {1} in {2}.', scope.label, t('no VPC, gateway or route'), scope.region),
      );
      return false;
    }
    const chosen = await vscode.window.showQuickPick(items, {
      placeHolder: t('What shall be deleted?'),
      ignoreFocusOut: true,
      matchOnDescription: true,
    });
    return chosen !== undefined && (await confirmRemoval(scopes, scope, chosen.plan())) !== undefined;
  };
}

function removalItems(
  scope: Scope,
  { snapshot, vpcs, subnets, tables }: NetworkChoices,
): (vscode.QuickPickItem & { plan(): PlannedRemoval })[] {
  const natGateways = snapshot.natGateways ? valueOr(snapshot.natGateways, []) : [];
  return [
    ...natGateways
      .filter(({ state }) => state === 'available' || state === 'failed')
      .map(gateway => ({
        label: nameOrId(gateway),
        description: t('NAT gateway of {0}', gateway.vpcId),
        plan: () => planNatGatewayRemoval(scope, gateway),
      })),
    ...valueOr(snapshot.internetGateways, []).map(gateway => ({
      label: gateway.id,
      description: t('internet gateway of {0}', gateway.attachedVpcIds.join(', ') || t('no VPC')),
      plan: () => planInternetGatewayRemoval(scope, gateway),
    })),
    ...tables.flatMap(table =>
      table.routes.flatMap(({ destination, origin }) =>
        destination.kind === 'cidr' && origin === 'createRoute'
          ? [
              {
                label: destination.cidr,
                description: t('route of {0}', nameOrId(table)),
                plan: () => planRouteRemoval(scope, { routeTableId: table.id, destination: destination.cidr }),
              },
            ]
          : [],
      ),
    ),
    ...subnets.map(subnet => ({
      label: nameOrId(subnet),
      description: t('subnet of {0}, {1}', subnet.vpcId, subnet.cidrBlock),
      plan: () => planSubnetRemoval(scope, snapshot, subnet),
    })),
    ...tables
      .filter(({ isMain }) => !isMain)
      .map(table => ({
        label: nameOrId(table),
        description: t('route table of {0}', table.vpcId),
        plan: () => planRouteTableRemoval(scope, snapshot, table),
      })),
    ...valueOr(snapshot.dhcpOptions, []).map(set => ({
      label: set.id,
      description: t('DHCP options, {0}', set.domainNameServers.join(', ')),
      plan: () => planDhcpOptionsRemoval(scope, snapshot, set),
    })),
    ...vpcs.map(vpc => ({
      label: nameOrId(vpc),
      description: t('VPC with all that is in it, {0}', vpc.cidrBlocks.join(', ')),
      plan: () => planVpcRemoval(scope, snapshot, vpc.id),
    })),
  ];
}
