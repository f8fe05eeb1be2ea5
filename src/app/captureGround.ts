import { LabError } from '../core/errors';
import { gapOf } from '../core/gaps';
import type { CloudGateways } from '../core/ports/gateways';
import type { Gap, Reading } from '../core/snapshot';
import type { CaptureTarget } from './appModel';
import { asLabError } from './asLabError';
import type { CaptureInstance } from './captureModel';
import { CaptureNetwork, captureParts } from './captureNetwork';
import { type CaptureSite, probeCommand, readProbe } from './captureProbe';
import { runOnInstance } from './operations/runOnInstance';
import type { SessionPorts } from './sessionPorts';

const PROBE_LIMIT_MS = 20_000;

/** What is known of the place of a capture: the network by the cloud, the interface by the instance. */
export class CaptureGround {
  readonly #target: CaptureTarget;
  readonly #ports: SessionPorts;
  #print = '';
  #site: CaptureSite | undefined;
  network: CaptureNetwork | undefined;
  /** Why there is no network yet. */
  gap: Gap = { code: 'notRead', reading: 'ec2:DescribeRouteTables', detail: undefined };

  constructor(target: CaptureTarget, ports: SessionPorts) {
    this.#target = target;
    this.#ports = ports;
  }

  get instance(): CaptureInstance {
    if (this.network) return this.network.instance;
    const { instanceId: id, instanceName: name } = this.#target;
    return { id, name, address: undefined, networkInterfaceId: undefined, availabilityZone: undefined };
  }

  /** Where to capture, and whom to leave out: `any` and nobody until the instance was asked. */
  get site(): CaptureSite {
    const { interfaceName, channelAddresses } = this.#site ?? { interfaceName: 'any', channelAddresses: [] };
    const ofEndpoint = this.network?.channelAddresses(this.#target.scope.region) ?? [];
    return { interfaceName, channelAddresses: [...new Set([...channelAddresses, ...ofEndpoint])] };
  }

  /** The instance is asked again before the next capture. */
  forgetSite(): void {
    this.#site = undefined;
  }

  /**
   * Reads the network; true when it is another than before. Rejects with a `LabError` or the signal's reason; what was known stays, also
   * when not one part could be read.
   * Counts by row begin anew with another network, so the same one is not taken up twice.
   */
  async readNetwork(signal: AbortSignal): Promise<boolean> {
    try {
      const gateways = await this.#target.scope.gateways();
      const snapshot = await gateways.network.readSnapshot(captureParts, { signal });
      const { takenAtMs: _, dnsAttributes, ...parts } = snapshot;
      const print = JSON.stringify([parts, [...dnsAttributes]]);
      if (print === this.#print) return false;
      const gap =
        this.network && gapOfAll(Object.values(parts).filter(part => typeof part === 'object' && 'known' in part));
      if (gap) throw new LabError('cloudUnreachable', { reason: gap.detail ?? gap.reading });
      this.#print = print;
      this.network = new CaptureNetwork(snapshot, this.#target.instanceId);
      return true;
    } catch (caught) {
      signal.throwIfAborted();
      const error = asLabError(caught);
      this.gap = gapOf(error, this.gap.reading);
      throw error;
    }
  }

  /** Asks the instance, unless it has answered before; `whileReading` goes on beside it and tells the address to look for. */
  async learnSite(gateways: CloudGateways, signal: AbortSignal, whileReading: Promise<unknown>): Promise<void> {
    if (this.#site) {
      await whileReading;
      return;
    }
    const { instanceId, scope } = this.#target;
    const probing = runOnInstance(gateways.sessions, instanceId, probeCommand(scope.region), {
      ports: this.#ports,
      signal,
      timeLimitMs: PROBE_LIMIT_MS,
      register: this.#ports.registerOf?.(scope),
    });
    const [{ output }] = await Promise.all([probing, whileReading]);
    this.#site = readProbe(output, this.instance.address);
  }
}

/** Why nothing at all could be read; undefined when something could. */
function gapOfAll(readings: readonly Reading<unknown>[]): Gap | undefined {
  const gaps = readings.flatMap(reading => (reading.known ? [] : [reading.gap]));
  return gaps.length === readings.length ? gaps[0] : undefined;
}
