import type { Scope } from '../../src/app/appModel';
import { createGateways } from '../../src/aws/createGateways';
import { silentLog } from '../../src/base/log';
import { region, scopeId } from '../../src/core/ids';
import { createPracticeCloud, type OpenPracticeCloud } from '../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../src/simulator/nodeDigests';
import type { PracticeAccount } from '../../src/simulator/practiceCloud';
import { Timeline } from '../../src/simulator/timeline';
import type { WorldKind } from '../../src/simulator/worldKinds';
import { DisturbedCloud } from './disturbedCloud';

const LIMIT_MS = 60_000;
/** Tables of things that somebody makes on purpose, with the states in which one counts as gone. */
const kinds: Readonly<Record<string, RegExp>> = {
  endpoints: /deleted|deleting|rejected|failed/i,
  endpointServices: /delet/i,
  instanceConnectEndpoints: /delete/i,
  instances: /terminated|shutting/i,
  internetGateways: /never/,
  listeners: /never/,
  loadBalancers: /never/,
  natGateways: /delet|failed/i,
  elasticAddresses: /never/,
  routeTables: /never/,
  securityGroups: /never/,
  subnets: /never/,
  targetGroups: /never/,
  vpcs: /never/,
  dhcpOptions: /never/,
};

/** A practice cloud whose calls can be disturbed, driven in real time because the SDK waits in real time before it repeats a call. */
export class FaultRig {
  readonly timeline = new Timeline(Date.parse('2026-11-21T09:00:00Z'));
  readonly disturbed: DisturbedCloud;
  readonly scopes: readonly Scope[];
  readonly #cloud: OpenPracticeCloud;

  constructor(world: WorldKind = 'default') {
    this.#cloud = createPracticeCloud({
      seed: 'faults',
      pace: 60,
      world,
      digests: nodeDigests,
      timeline: this.timeline,
      streamHost: () => 'wss://ssmmessages.ap-south-1.amazonaws.com',
      log: silentLog,
    });
    this.disturbed = new DisturbedCloud(this.#cloud.handle);
    this.scopes = this.#cloud.accounts.map(account => this.#scopeOf(account));
  }

  get provider(): Scope {
    return this.scopes[0] as Scope;
  }

  get consumer(): Scope {
    return this.scopes[1] as Scope;
  }

  /** The disturbances reach the SDK as they are, as those of a network do. */
  #scopeOf({ name, accessKeyId, secretAccessKey }: PracticeAccount): Scope {
    const gateways = createGateways({
      region: region(this.#cloud.region),
      credentials: async () => ({ accessKeyId, secretAccessKey }),
      requestHandler: this.disturbed.handle,
      openChannel: () => Promise.reject(new Error('no sessions here')),
      openTunnel: () => Promise.reject(new Error('no tunnel here')),
      clock: this.timeline,
      log: silentLog,
    });
    return {
      id: scopeId(`practice:${name}`),
      label: name,
      kind: 'practice',
      region: gateways.region,
      gateways: async () => gateways,
    };
  }

  /** Lets time pass until the work is done; what is due happens at once. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isSettled = false;
    const mark = () => {
      isSettled = true;
    };
    work.then(mark, mark);
    const endMs = Date.now() + LIMIT_MS;
    while (!isSettled) {
      await new Promise(resolve => setTimeout(resolve, 1));
      if (isSettled) break;
      if (Date.now() > endMs) throw new Error(`Not done after ${LIMIT_MS} ms`);
      const { nextDueMs } = this.timeline;
      if (nextDueMs !== undefined) this.timeline.advanceTo(nextDueMs);
    }
    return work;
  }

  /** Ids of the things that exist, of both accounts: what somebody pays for or trips over. */
  things(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { tables } of this.#cloud.save('faults').places) {
      for (const [name, gone] of Object.entries(kinds)) {
        const table = tables[name];
        if (!(table instanceof Map)) continue;
        for (const [id, value] of table) if (!isGone(value, gone)) ids.add(String(id));
      }
    }
    return ids;
  }

  dispose(): void {
    this.#cloud.dispose();
  }
}

function isGone(value: unknown, gone: RegExp): boolean {
  const { state, isDefault, isMain, name } = value as Record<string, unknown>;
  // What comes with a VPC goes with it.
  if (isMain === true || name === 'default' || isDefault === true) return true;
  return typeof state === 'string' && gone.test(state);
}
