import { type DhcpOptions, nameOrId, type RouteTable, type Subnet } from '../../../core/network';
import { valueOr } from '../../../core/reading';
import type { NetworkSnapshot } from '../../../core/snapshot';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import type { PlannedRemoval } from '../../changes/plannedChange';

const free = () => t('This cannot be undone. It costs nothing by the hour.');

/** Deleting a subnet. AWS refuses while an interface is in it, whoseever that is. */
export function planSubnetRemoval(scope: Scope, snapshot: NetworkSnapshot, subnet: Subnet): PlannedRemoval {
  const inUse = valueOr(snapshot.networkInterfaces, []).filter(({ subnetId }) => subnetId === subnet.id);
  const names = inUse.map(({ id, description }) => [id, description].filter(Boolean).join(' '));
  return {
    verb: t('Delete Subnet'),
    question: t('Delete {0}', nameOrId(subnet)),
    doing: t('Deleting {0}', subnet.id),
    losses: [...(names.length > 0 ? [t('Still in use, so AWS will refuse: {0}.', names.join(', '))] : []), free()],
    run: async () => (await scope.gateways()).vpcs.deleteSubnet(subnet.id),
  };
}

/** Deleting a route table that is not its VPC's main one; subnets that use it are taken from it first. */
export function planRouteTableRemoval(scope: Scope, snapshot: NetworkSnapshot, table: RouteTable): PlannedRemoval {
  const endpoints = valueOr(snapshot.endpoints, []).filter(({ routeTableIds }) => routeTableIds.includes(table.id));
  return {
    verb: t('Delete Route Table'),
    question: t('Delete {0}', nameOrId(table)),
    doing: t('Deleting {0}', table.id),
    losses: [
      ...(table.subnetIds.length > 0
        ? [t('These subnets use the main table of the VPC from then on: {0}.', table.subnetIds.join(', '))]
        : []),
      ...(endpoints.length > 0
        ? [t('No subnet reaches these gateway endpoints by it any more: {0}.', endpoints.map(nameOrId).join(', '))]
        : []),
      free(),
    ],
    run: async ({ signal, report }) => {
      const { routes } = await scope.gateways();
      for (const subnetId of table.subnetIds) {
        signal.throwIfAborted();
        report(t('Taking {0} from {1}', subnetId, table.id));
        await routes.disassociateSubnet(subnetId);
      }
      signal.throwIfAborted();
      await routes.deleteRouteTable(table.id);
    },
  };
}

/** Deleting a set of DHCP options; VPCs that use it go without one first, which leaves AWS's own name servers. */
export function planDhcpOptionsRemoval(scope: Scope, snapshot: NetworkSnapshot, set: DhcpOptions): PlannedRemoval {
  const users = valueOr(snapshot.vpcs, []).filter(({ dhcpOptionsId }) => dhcpOptionsId === set.id);
  return {
    verb: t('Delete DHCP Options'),
    question: t('Delete {0}', set.id),
    doing: t('Deleting {0}', set.id),
    losses: [
      ...(users.length > 0
        ? [t('These VPCs use AWS’s own name servers from then on: {0}.', users.map(nameOrId).join(', '))]
        : []),
      free(),
    ],
    run: async ({ signal, report }) => {
      const { vpcs } = await scope.gateways();
      for (const { id } of users) {
        signal.throwIfAborted();
        report(t('Taking the DHCP options from {0}', id));
        await vpcs.associateDhcpOptions(id, 'default');
      }
      signal.throwIfAborted();
      await vpcs.deleteDhcpOptions(set.id);
    },
  };
}
