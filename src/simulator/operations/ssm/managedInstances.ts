import { privateHostName } from '../../../core/hostNames';
import type { InstanceId } from '../../../core/ids';
import type { Instance } from '../../../core/network';
import { AGENT_VERSION } from '../../agent/agentVersion';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import type { ManagedNode, PlaceState } from '../../world/placeState';
import { pageOf } from '../common/paging';
import type { CallContext, OperationTable } from '../operation';

/** Agents report every five minutes. */
const pingIntervalMs = 300_000;
const pageLimits = { least: 5, most: 50 };
const defaultPageSize = 10;

interface Registered {
  readonly instance: Instance;
  readonly node: ManagedNode;
}

function lastPingMs({ registeredAtMs, isOnline, lastPingAtMs }: ManagedNode, nowMs: number): number {
  return isOnline ? nowMs - ((nowMs - registeredAtMs) % pingIntervalMs) : lastPingAtMs;
}

const profileName = ({ instanceProfileArn }: Instance) => instanceProfileArn?.split('/').at(-1);

/** "DescribeInstanceInformation": keys of `Filters`, and of the older filter list, which are the same. */
const filterKeys: Readonly<Record<string, (item: Registered) => string | undefined>> = {
  InstanceIds: ({ instance }) => instance.id,
  AgentVersion: () => AGENT_VERSION,
  PingStatus: ({ node }) => pingStatus(node),
  PlatformTypes: () => 'Linux',
  ActivationIds: () => undefined,
  IamRole: ({ instance }) => profileName(instance),
  ResourceType: () => 'EC2Instance',
  AssociationStatus: () => undefined,
};

function pingStatus({ isOnline }: ManagedNode): 'Online' | 'ConnectionLost' {
  return isOnline ? 'Online' : 'ConnectionLost';
}

function registered(region: PlaceState): readonly Registered[] {
  return [...region.instances.values()].flatMap(instance => {
    const node = region.managedNodes.get(instance.id);
    return node && instance.state === 'running' ? [{ instance, node }] : [];
  });
}

function describeInstanceInformation(
  input: Ssm.DescribeInstanceInformationRequest,
  { region, nowMs }: CallContext,
): Ssm.DescribeInstanceInformationResult {
  const wishes = [
    ...(input.Filters ?? []).map(({ Key, Values }) => ({ key: Key ?? '', values: Values ?? [] })),
    ...(input.InstanceInformationFilterList ?? []).map(filter => ({
      key: filter.key ?? '',
      values: filter.valueSet ?? [],
    })),
  ];
  const tests = wishes.map(wish => testOf(wish));
  const matching = registered(region).filter(item => tests.every(test => test(item)));
  const { MaxResults = defaultPageSize, NextToken } = input;
  if (MaxResults < pageLimits.least || MaxResults > pageLimits.most)
    throw new ServiceFault(
      'ValidationException',
      `1 validation error detected: Value '${MaxResults}' at 'maxResults' failed to satisfy constraint: Member must have value between ${pageLimits.least} and ${pageLimits.most}`,
    );
  const page = pageOf(matching, { MaxResults, NextToken }, {}, ({ instance }) => instance.id);
  return {
    InstanceInformationList: page.items.map(item => informationShape(region, item, nowMs)),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function testOf({ key, values }: { readonly key: string; readonly values: readonly string[] }) {
  const tag = /^tag:(.+)$/.exec(key)?.[1];
  const pick = Object.hasOwn(filterKeys, key) ? filterKeys[key] : undefined;
  if (!pick && tag === undefined && key !== 'tag-key')
    throw new ServiceFault('InvalidFilterKey', `The filter key ${key} is not valid.`);
  return (item: Registered) => {
    if (key === 'tag-key') return values.some(value => Object.hasOwn(item.instance.tags, value));
    const value = tag === undefined ? pick?.(item) : item.instance.tags[tag];
    return value !== undefined && values.includes(value);
  };
}

function informationShape(
  { place }: PlaceState,
  { instance, node }: Registered,
  nowMs: number,
): Ssm.InstanceInformation {
  const address = instance.privateIpAddress ?? '';
  return {
    InstanceId: instance.id,
    PingStatus: pingStatus(node),
    LastPingDateTime: new Date(lastPingMs(node, nowMs)),
    AgentVersion: AGENT_VERSION,
    IsLatestVersion: true,
    PlatformType: 'Linux',
    PlatformName: 'Amazon Linux',
    PlatformVersion: '2023',
    ResourceType: 'EC2Instance',
    IPAddress: address,
    ComputerName: privateHostName(address, place.region),
    SourceId: instance.id,
    SourceType: 'AWS::EC2::Instance',
  };
}

/** Whether a session can be started on the instance now. */
export function isConnected(region: PlaceState, id: string): boolean {
  const instance = region.instances.get(id as InstanceId);
  return instance?.state === 'running' && (region.managedNodes.get(instance.id)?.isOnline ?? false);
}

function getConnectionStatus(
  input: Ssm.GetConnectionStatusRequest,
  { region }: CallContext,
): Ssm.GetConnectionStatusResponse {
  const { Target = '' } = input;
  return { Target, Status: isConnected(region, Target) ? 'connected' : 'notconnected' };
}

export const managedInstanceOperations: OperationTable = {
  DescribeInstanceInformation: describeInstanceInformation,
  GetConnectionStatus: getConnectionStatus,
};
