import { LabError } from '../../../core/errors';
import type { VpcId } from '../../../core/ids';
import { valueOr } from '../../../core/reading';
import type { NetworkSnapshot } from '../../../core/snapshot';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import type { ChangeContext, PlannedRemoval } from '../../changes/plannedChange';

/** What a snapshot must hold for {@link planVpcRemoval}. */
export const vpcRemovalParts = [
  'vpcs',
  'subnets',
  'routeTables',
  'securityGroups',
  'internetGateways',
  'networkInterfaces',
  'natGateways',
  'endpoints',
] as const;

/** Deleting a VPC with its subnets, tables, groups and internet gateway. What is billed or running in it must have gone before. */
export function planVpcRemoval(scope: Scope, snapshot: NetworkSnapshot, vpcId: VpcId): PlannedRemoval {
  const inside = contents(snapshot, vpcId);
  const names = [...inside.subnets, ...inside.tables, ...inside.groups, ...inside.gateways].map(({ id }) => id);
  return {
    verb: t('Delete VPC'),
    question: t('Delete {0}', vpcId),
    doing: t('Deleting {0}', vpcId),
    losses: [
      ...(names.length > 0 ? [t('Goes with it: {0}.', names.join(', '))] : []),
      ...(inside.inUse.length > 0 ? [t('Still in use, so AWS will refuse: {0}.', inside.inUse.join(', '))] : []),
      t('This cannot be undone. It costs nothing by the hour.'),
    ],
    run: context => removeVpc(scope, vpcId, inside, context),
  };
}

function contents(snapshot: NetworkSnapshot, vpcId: VpcId) {
  const here = <T extends { readonly vpcId: VpcId | undefined }>(items: readonly T[]) =>
    items.filter(item => item.vpcId === vpcId);
  const gateways = valueOr(snapshot.internetGateways, []);
  return {
    subnets: here(valueOr(snapshot.subnets, [])),
    tables: here(valueOr(snapshot.routeTables, [])).filter(({ isMain }) => !isMain),
    groups: here(valueOr(snapshot.securityGroups, [])).filter(({ name }) => name !== 'default'),
    gateways: gateways.filter(({ attachedVpcIds }) => attachedVpcIds.includes(vpcId)),
    inUse: [
      ...here(valueOr(snapshot.endpoints, [])).filter(({ state }) => state !== 'deleted'),
      ...here(snapshot.natGateways ? valueOr(snapshot.natGateways, []) : []).filter(({ state }) => state !== 'deleted'),
      ...here(valueOr(snapshot.networkInterfaces, [])),
    ].map(({ id }) => id as string),
  };
}

async function removeVpc(
  scope: Scope,
  vpcId: VpcId,
  { subnets, tables, groups, gateways, inUse }: ReturnType<typeof contents>,
  { signal, report }: ChangeContext,
): Promise<void> {
  // Before anything is taken away: half a VPC is worse than one in use.
  if (inUse.length > 0) throw new LabError('dependencyViolation', { detail: inUse.join(', ') });
  const { vpcs, routes, network, internetAccess } = await scope.gateways();
  const steps: readonly (readonly [id: string, remove: () => Promise<void>])[] = [
    ...subnets.map(({ id }) => [id, () => vpcs.deleteSubnet(id)] as const),
    ...tables.map(({ id }) => [id, () => routes.deleteRouteTable(id)] as const),
    ...gateways.map(({ id }) => [id, () => internetAccess.detachInternetGateway(id, vpcId)] as const),
    ...gateways.map(({ id }) => [id, () => internetAccess.deleteInternetGateway(id)] as const),
    ...groups.map(({ id }) => [id, () => network.deleteSecurityGroup(id)] as const),
    [vpcId, () => vpcs.deleteVpc(vpcId)],
  ];
  for (const [id, remove] of steps) {
    signal.throwIfAborted();
    report(t('Deleting {0}', id));
    await remove();
  }
}
