import { gapOf } from '../core/gaps';
import type { RouteTable, SecurityGroup, Subnet } from '../core/network';
import type { CallOptions } from '../core/ports/calls';
import type { CloudGateways } from '../core/ports/gateways';
import type { SnapshotPart } from '../core/ports/networkGateway';
import type { ProfileRole } from '../core/ports/roleGateway';
import { valueOr } from '../core/reading';
import { routeTableOf } from '../core/rules/routeTableOf';
import { type Gap, known, type NetworkSnapshot, type Reading, unknown } from '../core/snapshot';
import type { InstanceEntry, Scope } from './appModel';
import { asLabError } from './asLabError';
import { explainUnreached, type UnreachedCause } from './explainUnreached';

/** What an instance's node opens into. */
export interface InstanceDetails {
  /** Why Session Manager does not reach it, beyond what its list says; undefined when that says it all. */
  readonly cause: UnreachedCause | undefined;
  readonly securityGroups: readonly SecurityGroup[];
  readonly subnet: Subnet | undefined;
  readonly routeTable: RouteTable | undefined;
  /** What could not be read; the lists above are then shorter than the truth. */
  readonly gaps: readonly Gap[];
}

const shownParts: readonly SnapshotPart[] = ['subnets', 'routeTables', 'securityGroups'];
const predictedParts: readonly SnapshotPart[] = [
  ...shownParts,
  'vpcs',
  'dnsAttributes',
  'dhcpOptions',
  'prefixLists',
  'internetGateways',
  'networkAcls',
  'networkInterfaces',
  'endpoints',
];

/** Reads it when the node is opened. Asks more when Session Manager does not reach the instance. Rejects as `readSnapshot` does. */
export async function readInstanceDetails(
  scope: Scope,
  { instance, reach }: InstanceEntry,
  options: CallOptions = {},
): Promise<InstanceDetails> {
  const gateways = await scope.gateways();
  const isPuzzling = ['registering', 'notRegistered', 'connectionLost'].includes(reach.kind);
  const [snapshot, role] = await Promise.all([
    gateways.network.readSnapshot(isPuzzling ? predictedParts : shownParts, options),
    isPuzzling ? readProfileRole(gateways, instance.instanceProfileArn, options) : undefined,
  ]);
  const subnet = valueOr(snapshot.subnets, []).find(({ id }) => id === instance.subnetId);
  return {
    cause: role && explainUnreached(snapshot, instance, role),
    securityGroups: valueOr(snapshot.securityGroups, []).filter(({ id }) => instance.securityGroupIds.includes(id)),
    subnet,
    routeTable: subnet && routeTableOf(subnet, valueOr(snapshot.routeTables, [])),
    gaps: gapsOf(snapshot),
  };
}

/** The role behind a profile; a gap when IAM may not be asked. */
export async function readProfileRole(
  gateways: CloudGateways,
  instanceProfileArn: string | undefined,
  options: CallOptions = {},
): Promise<Reading<ProfileRole | undefined>> {
  if (instanceProfileArn === undefined) return known(undefined);
  try {
    return known(await gateways.roles.listPoliciesOfProfile(instanceProfileArn, options));
  } catch (error) {
    options.signal?.throwIfAborted();
    return unknown(gapOf(asLabError(error), 'iam:GetInstanceProfile'));
  }
}

function gapsOf({ subnets, routeTables, securityGroups }: NetworkSnapshot): readonly Gap[] {
  return [subnets, routeTables, securityGroups].flatMap(reading => (reading.known ? [] : [reading.gap]));
}
