import type { InstanceId } from '../../../core/ids';
import type { Instance } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { Account } from '../../world/account';
import type { PlaceState } from '../../world/placeState';
import { checkIdForm, notFound } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { list, optional, text } from './describe';
import { instanceFilters, profileIds } from './instanceFilters';
import { detailsOf, instanceShape, stateCodes, zoneOf } from './instanceShapes';

function select(
  region: PlaceState,
  account: Account,
  ids: readonly string[] | undefined,
  input: Ec2.DescribeInstancesRequest,
) {
  if (ids?.length && input.MaxResults !== undefined)
    throw new ServiceFault(
      'InvalidParameterCombination',
      'The parameter instancesSet cannot be used with the parameter maxResults',
    );
  checkInstances(region, ids ?? []);
  const listing = {
    kind: 'instance',
    filters: instanceFilters(region, account),
    tagsOf: (instance: Instance) => instance.tags,
    limits: { least: 5, most: 1000 },
  } as const;
  return list(listing, region.instances, ids, input);
}

/** Several unknown ids are named together. */
export function checkInstances(region: PlaceState, ids: readonly string[]): void {
  for (const id of ids) checkIdForm('instance', id);
  const unknown = ids.filter(id => !region.instances.has(id as InstanceId));
  if (unknown.length > 1)
    throw new ServiceFault('InvalidInstanceID.NotFound', `The instance IDs '${unknown.join(', ')}' do not exist`);
  if (unknown[0] !== undefined) throw notFound('instance', unknown[0]);
}

function describeInstances(
  input: Ec2.DescribeInstancesRequest,
  { region, account }: CallContext,
): Ec2.DescribeInstancesResult {
  const page = select(region, account, input.InstanceIds, input);
  return {
    Reservations: reservations(region, account, page.items),
    ...optional({ NextToken: page.nextToken }),
  };
}

/** Instances that were launched together share a reservation. */
export function reservations(region: PlaceState, account: Account, instances: readonly Instance[]): Ec2.Reservation[] {
  const byId = new Map<string, Instance[]>();
  for (const instance of instances) {
    const { reservationId } = detailsOf(region, instance);
    byId.set(reservationId, [...(byId.get(reservationId) ?? []), instance]);
  }
  return [...byId].map(([ReservationId, members]) => ({
    ReservationId,
    OwnerId: region.place.accountId,
    Groups: [],
    Instances: members.map(instance => instanceShape(region, instance, profileIds(account))),
  }));
}

function describeInstanceStatus(
  input: Ec2.DescribeInstanceStatusRequest,
  { region, nowMs }: CallContext,
): Ec2.DescribeInstanceStatusResult {
  checkInstances(region, input.InstanceIds ?? []);
  const candidates = [...region.instances.values()].filter(
    ({ state }) => input.IncludeAllInstances || state === 'running',
  );
  const table = new Map(candidates.map(instance => [instance.id as string, instance]));
  const ids = input.InstanceIds?.length ? input.InstanceIds.filter(id => table.has(id)) : undefined;
  const isNothing = ids?.length === 0;
  const listing = {
    kind: 'instance',
    limits: { least: 5, most: 1000 },
    filters: {
      'availability-zone': (instance: Instance) => zoneOf(region, instance),
      'instance-state-name': (instance: Instance) => stateCodes[instance.state].Name,
      'instance-state-code': (instance: Instance) => text(stateCodes[instance.state].Code),
      'instance-status.status': (instance: Instance) => checks(region, instance, nowMs).Status,
      'instance-status.reachability': (instance: Instance) => reachability(region, instance, nowMs),
      'system-status.status': (instance: Instance) => checks(region, instance, nowMs).Status,
      'system-status.reachability': (instance: Instance) => reachability(region, instance, nowMs),
    },
  } as const;
  const page = list(listing, isNothing ? new Map<string, Instance>() : table, isNothing ? undefined : ids, input);
  const InstanceStatuses = page.items.map(instance => ({
    AvailabilityZone: zoneOf(region, instance),
    InstanceId: instance.id,
    InstanceState: stateCodes[instance.state],
    InstanceStatus: checks(region, instance, nowMs),
    SystemStatus: checks(region, instance, nowMs),
  }));
  return { InstanceStatuses, ...optional({ NextToken: page.nextToken }) };
}

function checks(region: PlaceState, instance: Instance, nowMs: number): Ec2.InstanceStatusSummary {
  if (instance.state !== 'running') return { Status: 'not-applicable' };
  const isPassed = detailsOf(region, instance).checksPassAtMs <= nowMs;
  return {
    Status: isPassed ? 'ok' : 'initializing',
    Details: [{ Name: 'reachability', Status: isPassed ? 'passed' : 'initializing' }],
  };
}

function reachability(region: PlaceState, instance: Instance, nowMs: number): string | undefined {
  return checks(region, instance, nowMs).Details?.[0]?.Status;
}

export const instanceOperations: OperationTable = {
  DescribeInstances: describeInstances,
  DescribeInstanceStatus: describeInstanceStatus,
};
