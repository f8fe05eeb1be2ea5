import { gapOf } from '../../core/gaps';
import type { CallOptions } from '../../core/ports/calls';
import type { CloudGateways } from '../../core/ports/gateways';
import type { SnapshotPart } from '../../core/ports/networkGateway';
import type { ProfileRole } from '../../core/ports/roleGateway';
import { known, type Reading, unknown } from '../../core/snapshot';
import type { Lab } from '../../labs/lab';
import {
  type AccountRole,
  type Balancing,
  type LabPart,
  type LabSite,
  type LabWorld,
  type OfferedServices,
  profilesToRead,
  runName,
} from '../../labs/labWorld';
import { asLabError } from '../asLabError';

/** Reads what a lab's checks look at in each of its accounts, and nothing else. What cannot be read becomes a gap, as in a snapshot. */
export async function readLabWorld(
  accounts: ReadonlyMap<AccountRole, CloudGateways>,
  lab: Lab,
  runId: string,
  options: CallOptions = {},
): Promise<LabWorld> {
  const sites = [...accounts].map(async ([account, gateways]) => {
    const site = await readSite(gateways, lab, { account, labId: lab.id, runId }, options);
    return [account, site] as const;
  });
  return new Map(await Promise.all(sites));
}

async function readSite(
  gateways: CloudGateways,
  { reads }: Lab,
  run: Pick<LabSite, 'account' | 'labId' | 'runId'>,
  options: CallOptions,
): Promise<LabSite> {
  const { instances, instanceConnectEndpoints: connect } = gateways;
  const ifRead = <T>(part: LabPart, reading: string, read: () => Promise<T>): Promise<Reading<T>> =>
    reads.includes(part) ? readingOf(reading, read, options) : Promise.resolve(notRead(reading));
  const [snapshot, sessionManager, endpointServices, loadBalancers, instanceConnectEndpoints] = await Promise.all([
    gateways.network.readSnapshot(reads.filter(isSnapshotPart), options),
    readingOf('ssm:DescribeInstanceInformation', () => instances.listSessionManagerStatus(options), options),
    ifRead('endpointServices', 'ec2:DescribeVpcEndpointServiceConfigurations', () => readServices(gateways, options)),
    ifRead('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers', () => readBalancing(gateways, options)),
    ifRead('instanceConnectEndpoints', 'ec2:DescribeInstanceConnectEndpoints', () =>
      connect.listInstanceConnectEndpoints(options),
    ),
  ]);
  const profiles = profilesToRead(snapshot, runName(run.labId, run.runId));
  const roles = await readRoles(gateways, profiles, options);
  return { ...run, snapshot, roles, sessionManager, endpointServices, loadBalancers, instanceConnectEndpoints };
}

const otherParts: readonly LabPart[] = ['endpointServices', 'loadBalancers', 'instanceConnectEndpoints'];
const isSnapshotPart = (part: LabPart): part is SnapshotPart => !otherParts.includes(part);

async function readRoles(
  { roles }: CloudGateways,
  profileArns: readonly string[],
  options: CallOptions,
): Promise<LabSite['roles']> {
  const read = profileArns.map(async (arn): Promise<readonly [string, Reading<ProfileRole | undefined>]> => {
    return [arn, await readingOf('iam:GetInstanceProfile', () => roles.listPoliciesOfProfile(arn, options), options)];
  });
  return new Map(await Promise.all(read));
}

async function readServices({ endpointServices }: CloudGateways, options: CallOptions): Promise<OfferedServices> {
  const [services, connections] = await Promise.all([
    endpointServices.listOwnServices(options),
    endpointServices.listConnections(options),
  ]);
  const principals = await mapped(
    services,
    ({ id }) => id,
    ({ id }) => endpointServices.listAllowedPrincipals(id, options),
  );
  return { services, principals, connections };
}

async function readBalancing({ loadBalancers: port }: CloudGateways, options: CallOptions): Promise<Balancing> {
  const [loadBalancers, targetGroups] = await Promise.all([
    port.listLoadBalancers(options),
    port.listTargetGroups(options),
  ]);
  const arnOf = ({ arn }: { readonly arn: string }) => arn;
  const [attributes, listeners, targets] = await Promise.all([
    mapped(loadBalancers, arnOf, ({ arn }) => port.readLoadBalancerAttributes(arn, options)),
    mapped(loadBalancers, arnOf, ({ arn }) => port.listListeners(arn, options)),
    mapped(targetGroups, arnOf, ({ arn }) => port.listTargets(arn, options)),
  ]);
  return { loadBalancers, targetGroups, attributes, listeners, targets };
}

async function mapped<T, Key, Value>(
  items: readonly T[],
  keyOf: (item: T) => Key,
  read: (item: T) => Promise<Value>,
): Promise<ReadonlyMap<Key, Value>> {
  return new Map(await Promise.all(items.map(async item => [keyOf(item), await read(item)] as const)));
}

const notRead = (reading: string): Reading<never> => unknown({ code: 'notRead', reading, detail: undefined });

async function readingOf<T>(reading: string, read: () => Promise<T>, { signal }: CallOptions): Promise<Reading<T>> {
  try {
    return known(await read());
  } catch (error) {
    signal?.throwIfAborted();
    return unknown(gapOf(asLabError(error), reading));
  }
}
