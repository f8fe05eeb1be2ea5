import type { Scope } from '../../../src/app/appModel';
import { createGateways } from '../../../src/aws/createGateways';
import { silentLog } from '../../../src/base/log';
import { region, scopeId } from '../../../src/core/ids';
import type { CloudGateways } from '../../../src/core/ports/gateways';
import type { WireHandler } from '../../../src/core/ports/wire';
import { ControlPlane } from '../../../src/simulator/controlPlane';
import { FrontDoor } from '../../../src/simulator/frontDoor';
import { nodeDigests } from '../../../src/simulator/nodeDigests';
import { restoreWorld, type SavedWorld, saveWorld } from '../../../src/simulator/save/savedWorld';
import { Timeline } from '../../../src/simulator/timeline';
import { seedWorld } from '../../../src/simulator/world/seeds/seedWorld';
import { homeRegion } from '../../../src/simulator/world/zones';
import { AwaitedClock } from './awaitedClock';
import { DisturbedCloud } from './disturbedCloud';
import { inSmallPages } from './smallPages';
import { entriesOf, linesOf, thingsOf } from './worldEntries';

const LIMIT_MS = 300_000;
const seed = 'faults';
/** IAM is at home there, too. */
const otherRegion = 'us-east-1';

interface Past {
  readonly startMs: number;
  readonly saved?: SavedWorld;
}

/** The control plane of a practice cloud, without a packet moving. */
function openPlane({ startMs, saved }: Past) {
  const timeline = new Timeline(startMs);
  const streamHost = () => 'wss://ssmmessages.ap-south-1.amazonaws.com';
  const plane = new ControlPlane({
    seed,
    pace: 60,
    world: 'default',
    digests: nodeDigests,
    timeline,
    streamHost,
    log: silentLog,
  });
  if (saved) restoreWorld(plane.world, saved);
  else seedWorld(plane.world, 'default');
  const { world, desk, chance } = plane;
  // A region begins when it is first asked for; here that shall be before anything is tried.
  for (const { id } of world.accounts) world.region({ accountId: id, region: region(otherRegion) });
  const door = new FrontDoor({ world, desk, digests: nodeDigests, chance: chance.fork('requests'), log: silentLog });
  return { timeline, world, door };
}

/** A practice cloud whose calls can be disturbed and whose world can be rewound, behind the real SDK clients. */
export class FaultRig {
  #plane = openPlane({ startMs: Date.parse('2026-11-21T09:00:00Z') });
  readonly clock = new AwaitedClock(this.#plane.timeline);
  readonly disturbed = new DisturbedCloud((request, signal) => this.#answer(request, signal));
  readonly #inSmallPages = inSmallPages(
    request => this.#plane.door.answer(request),
    id => this.#plane.world.accounts.find(({ accessKeyId }) => accessKeyId === id)?.secretAccessKey ?? '',
  );
  /** Whether lists come in pages of five. */
  hasSmallPages = false;
  /** Provider, consumer. */
  readonly scopes: readonly Scope[] = [0, 1].map(index => this.#scopeOf(index, homeRegion));
  /** The consumer in another region. */
  readonly elsewhere: Scope = this.#scopeOf(1, otherRegion);
  #gateways = new Map<Scope, CloudGateways>();

  get provider(): Scope {
    return this.scopes[0] as Scope;
  }

  get consumer(): Scope {
    return this.scopes[1] as Scope;
  }

  #scopeOf(account: number, place: string): Scope {
    const name = this.#plane.world.accounts[account]?.name ?? '';
    const scope: Scope = {
      id: scopeId(`practice:${name}@${place}`),
      label: name,
      kind: 'practice',
      region: region(place),
      gateways: async () => {
        const gateways = this.#gateways.get(scope) ?? this.#connect(account, place);
        this.#gateways.set(scope, gateways);
        return gateways;
      },
    };
    return scope;
  }

  #answer: WireHandler = (request, signal) =>
    this.hasSmallPages ? this.#inSmallPages(request, signal) : this.#plane.door.answer(request);

  /** The disturbances reach the SDK as they are, as those of a network do. */
  #connect(account: number, place: string): CloudGateways {
    const { accessKeyId = '', secretAccessKey = '' } = this.#plane.world.accounts[account] ?? {};
    return createGateways({
      region: region(place),
      credentials: async () => ({ accessKeyId, secretAccessKey }),
      requestHandler: this.disturbed.handle,
      openChannel: () => Promise.reject(new Error('no sessions here')),
      openTunnel: () => Promise.reject(new Error('no tunnels here')),
      clock: this.clock,
      log: silentLog,
    });
  }

  /** Drives the world until the work is done. Its time moves on only for those who wait by its clock; the SDK waits in real time. */
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
      const { timeline } = this.#plane;
      const { nextDueMs } = timeline;
      if (nextDueMs === undefined) continue;
      if (this.clock.isAwaited || nextDueMs <= timeline.now()) timeline.advanceTo(nextDueMs);
    }
    return work;
  }

  save(): SavedWorld {
    return saveWorld(this.#plane.world, { rules: 'faults', seed });
  }

  /** Goes on from a world that was saved, with clients that have not called anybody yet. */
  rewind(saved: SavedWorld): void {
    this.#plane = openPlane({ startMs: saved.atMs, saved });
    this.clock.follow(this.#plane.timeline);
    this.#gateways = new Map();
  }

  /** Ids of the things that exist, of both accounts: what somebody pays for or trips over. */
  things(): ReadonlySet<string> {
    return thingsOf(entriesOf(this.save()));
  }

  /** Everything that anybody can see of the world, an entry a line, without the times. */
  lines(): ReadonlySet<string> {
    return linesOf(entriesOf(this.save()));
  }
}
