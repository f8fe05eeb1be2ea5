import { type Clock, delay } from '../../base/clock';
import type { LabError } from '../../core/errors';
import { gapError } from '../../core/gaps';
import { instanceId, securityGroupId, vpcEndpointId, vpcId } from '../../core/ids';
import type { CloudGateways } from '../../core/ports/gateways';
import { need, orGap } from '../../core/reading';
import { runTag } from '../../labs/labWorld';
import { asLabError } from '../asLabError';
import type { Ledger, LedgerEntry, LedgerThing } from './ledger';

/** Something that could not be taken away, and why. */
export interface Survivor {
  readonly entry: LedgerEntry;
  readonly error: LabError | undefined;
}

export interface CleanUpOptions {
  readonly gateways: CloudGateways;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly runId: string;
  /** Where the run took place; entries of other scopes are left alone. */
  readonly scopeId: string;
  /** First gap between two looks; it widens to three times that. 5 s on AWS. */
  readonly pollMs: number;
  /** When to give up on one thing. 10 min on AWS. */
  readonly patienceMs: number;
  readonly onEntry?: (entry: LedgerEntry, state: 'deleting' | 'gone') => void;
  readonly signal?: AbortSignal;
}

/** What uses a thing goes before the thing (aws-behaviour: `DependencyViolation`). */
const order: readonly LedgerThing['kind'][] = [
  'privateDns',
  'vpcEndpoint',
  'instance',
  'securityGroup',
  'vpcDnsAttribute',
  'instanceRole',
];

/** Takes away what a run made, in order, waits until it is gone, gives changed values back, and lists what would not go. */
export async function cleanUp(options: CleanUpOptions): Promise<readonly Survivor[]> {
  const { ledger, runId, scopeId } = options;
  const entries = ledger.open(runId).filter(entry => entry.scopeId === scopeId);
  const sorted = [...entries].sort((a, b) => order.indexOf(a.thing.kind) - order.indexOf(b.thing.kind) || b.id - a.id);
  const survivors: Survivor[] = [];
  for (const entry of sorted) {
    try {
      options.onEntry?.(entry, 'deleting');
      if (await remove(entry, options)) {
        await ledger.gone(entry.id);
        options.onEntry?.(entry, 'gone');
      } else survivors.push({ entry, error: undefined });
    } catch (error) {
      options.signal?.throwIfAborted();
      survivors.push({ entry, error: asLabError(error) });
    }
  }
  return survivors;
}

/** Resolves with whether it is gone. */
async function remove(entry: LedgerEntry, options: CleanUpOptions): Promise<boolean> {
  const { gateways, signal } = options;
  const { thing } = entry;
  switch (thing.kind) {
    case 'privateDns':
      await gateways.endpoints.modifyPrivateDns(vpcEndpointId(thing.endpointId), thing.previous, { signal });
      return true;
    case 'vpcDnsAttribute':
      await gateways.network.setVpcDnsAttribute(vpcId(thing.vpcId), thing.attribute, thing.previous, { signal });
      return true;
    case 'instanceRole':
      await gateways.roles.deleteInstanceRole(thing.name, { signal });
      return true;
    case 'vpcEndpoint':
    case 'instance':
    case 'securityGroup': {
      const id = entry.resourceId ?? (await findTagged(entry, options));
      return id === undefined || removeById[thing.kind](id, options);
    }
  }
}

const removeById = { vpcEndpoint: removeEndpoint, instance: removeInstance, securityGroup: removeGroup } as const;

/** The thing behind an entry that a crash left without an id: what carries the run's tag. */
async function findTagged(
  { thing, runId }: LedgerEntry,
  { gateways, signal }: CleanUpOptions,
): Promise<string | undefined> {
  const snapshot = await gateways.network.readSnapshot(['endpoints', 'instances', 'securityGroups'], { signal });
  const found = orGap((): string | undefined => {
    const isOwn = ({ tags }: { readonly tags: Readonly<Record<string, string>> }) => tags[runTag] === runId;
    if (thing.kind === 'vpcEndpoint') return need(snapshot.endpoints).find(isOwn)?.id;
    if (thing.kind === 'instance') return need(snapshot.instances).find(isOwn)?.id;
    return need(snapshot.securityGroups).find(isOwn)?.id;
  });
  if (found.known) return found.value;
  throw gapError(found.gap);
}

/** Its interfaces leave later than the endpoint, and hold on to security groups and subnets. */
async function removeEndpoint(id: string, options: CleanUpOptions): Promise<boolean> {
  const { gateways, signal } = options;
  await unlessMissing(gateways.endpoints.deleteEndpoint(vpcEndpointId(id), { signal }));
  return until(options, async () => {
    const endpoint = await gateways.endpoints.findEndpoint(vpcEndpointId(id), { signal });
    if (endpoint && endpoint.state !== 'deleted') return false;
    const { networkInterfaces } = await gateways.network.readSnapshot(['networkInterfaces'], { signal });
    return networkInterfaces.known && !networkInterfaces.value.some(({ description }) => description.includes(id));
  });
}

async function removeInstance(id: string, options: CleanUpOptions): Promise<boolean> {
  const { gateways, signal } = options;
  await unlessMissing(gateways.instances.terminateInstance(instanceId(id), { signal }));
  return until(options, async () => {
    const instance = await gateways.instances.findInstance(instanceId(id), { signal });
    return !instance || instance.state === 'terminated';
  });
}

async function removeGroup(id: string, options: CleanUpOptions): Promise<boolean> {
  const { gateways, signal } = options;
  return until(options, async () => {
    try {
      await unlessMissing(gateways.network.deleteSecurityGroup(securityGroupId(id), { signal }));
      return true;
    } catch (error) {
      if (asLabError(error).code === 'dependencyViolation') return false;
      throw error;
    }
  });
}

async function unlessMissing(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const { code } = asLabError(error);
    if (code !== 'resourceNotFound' && code !== 'endpointNotFound') throw error;
  }
}

async function until(options: CleanUpOptions, isGone: () => Promise<boolean>): Promise<boolean> {
  const { clock, pollMs, patienceMs, signal } = options;
  const deadline = clock.now() + patienceMs;
  for (let gapMs = pollMs; ; gapMs = Math.min(gapMs * 1.5, pollMs * 3)) {
    if (await isGone()) return true;
    if (clock.now() + gapMs > deadline) return false;
    await delay(clock, gapMs, signal);
  }
}
