import { type Clock, delay } from '../../base/clock';
import type { InstanceId } from '../../core/ids';
import { type Instance, nameOrId } from '../../core/network';
import type { CloudGateways } from '../../core/ports/gateways';
import { hourlyPriceUsd, instanceHourlyPriceUsd } from '../../core/prices';
import { savedCostWords } from '../../words/changes';
import { t } from '../../words/translation';
import type { InstanceEntry, ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import { awsCommand } from '../changes/awsCommand';
import type { PlannedChange, PlannedRemoval } from '../changes/plannedChange';
import { changing } from '../changes/tellStore';

type Store = ResourceStore<InstanceEntry>;

/** Starting an instance that is stopped. */
export function planInstanceStart(scope: Scope, instance: Instance, store?: Store): PlannedChange<void> {
  const { id } = instance;
  return {
    label: t('Start the instance'),
    doing: t('Starting {0}', nameOrId(instance)),
    facts: [{ icon: 'vm', label: t('Instance'), text: `${nameOrId(instance)} · ${instance.instanceType}` }],
    warnings: [],
    hourlyPriceUsd: instanceHourlyPriceUsd[instance.instanceType] ?? 0,
    commandLines: [awsCommand(scope, 'ec2', 'start-instances', { 'instance-ids': id })],
    rehearse: async call => (await scope.gateways()).instances.startInstance(id, call),
    run: async () => {
      const { instances } = await scope.gateways();
      await changing(store, scope, id, instances.startInstance(id));
    },
  };
}

/** Stopping an instance: its disk stays, its sessions and its public address go. */
export function planInstanceStop(scope: Scope, instance: Instance, store?: Store): PlannedRemoval {
  return {
    verb: t('Stop Instance'),
    question: t('Stop {0}', nameOrId(instance)),
    doing: t('Stopping {0}', nameOrId(instance)),
    losses: [
      t('Its sessions and captures end. The disk stays, and is billed.'),
      ...addressLoss(instance),
      savedCostWords(costOf(instance)),
    ].filter(Boolean),
    run: async () => {
      const { instances } = await scope.gateways();
      await changing(store, scope, instance.id, instances.stopInstance(instance.id));
    },
  };
}

/** Terminating an instance; one that is gone already is no error. */
export function planTermination(scope: Scope, instance: Instance, store?: Store): PlannedRemoval {
  return {
    verb: t('Terminate Instance'),
    question: t('Terminate {0}', nameOrId(instance)),
    doing: t('Terminating {0}', nameOrId(instance)),
    losses: [
      t('Its disk is deleted with it. Its sessions and captures end.'),
      ...addressLoss(instance),
      savedCostWords(instance.state === 'running' ? costOf(instance) : 0),
    ].filter(Boolean),
    run: async () => {
      try {
        await (await scope.gateways()).instances.terminateInstance(instance.id);
      } catch (error) {
        if (asLabError(error).code !== 'resourceNotFound') throw error;
      } finally {
        void store?.noteChange(scope, instance.id);
      }
    },
  };
}

function addressLoss({ publicIpAddress }: Instance): readonly string[] {
  return publicIpAddress
    ? [t('Its public address {0} goes, unless it is an Elastic IP address.', publicIpAddress)]
    : [];
}

function costOf({ instanceType, publicIpAddress }: Instance): number {
  const hourly = instanceHourlyPriceUsd[instanceType];
  return hourly === undefined ? 0 : hourly + (publicIpAddress ? hourlyPriceUsd.publicAddress : 0);
}

const POLL_MS = 3_000;
const TERMINATES_WITHIN_MS = 5 * 60_000;

/** Terminates and waits until what it wore is free. Gives up waiting after five minutes. */
export async function terminateAndWait(gateways: CloudGateways, id: InstanceId, clock: Clock): Promise<void> {
  await gateways.instances.terminateInstance(id);
  const endMs = clock.now() + TERMINATES_WITHIN_MS;
  while (clock.now() < endMs) {
    const found = await gateways.instances.findInstance(id);
    if (!found || found.state === 'terminated') return;
    await delay(clock, POLL_MS);
  }
}
