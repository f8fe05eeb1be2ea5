import type { CapturePreset } from '../core/captureFilter';
import { ANY_INTERFACE, isInterfaceName } from '../core/captureOptions';
import { LabError } from '../core/errors';
import { gapOf } from '../core/gaps';
import type { CloudGateways } from '../core/ports/gateways';
import type { Gap, Reading } from '../core/snapshot';
import type { CaptureTarget } from './appModel';
import { asLabError } from './asLabError';
import type { CaptureInstance } from './captureModel';
import { CaptureNetwork, captureParts } from './captureNetwork';
import { capturePresets } from './capturePresets';
import { type CaptureSite, interfaceWith, probeCommand, readProbe } from './captureProbe';
import { hasInterface, requireReady } from './captureReadiness';
import { runOnInstance } from './operations/runOnInstance';
import type { SessionPorts } from './sessionPorts';

const PROBE_LIMIT_MS = 20_000;

/** How to capture on an instance. */
export interface CapturePlace {
  readonly interfaceName: string;
  /** Addresses of the session's own frames. */
  readonly excludeHosts: readonly string[];
  readonly isRoot: boolean;
}

/** What is known of the place of a capture: the network by the cloud, the interface by the instance. */
export class CaptureGround {
  readonly #target: CaptureTarget;
  readonly #ports: SessionPorts;
  #print = '';
  #site: CaptureSite | undefined;
  /** Nothing that the instance said is against a capture. */
  #isReady = false;
  #presets: { readonly network: CaptureNetwork | undefined; readonly list: readonly CapturePreset[] } | undefined;
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

  /** Interfaces that the instance said it has, and that can be chosen; empty until it was asked. */
  get interfaceNames(): readonly string[] {
    return this.#site?.interfaces.map(({ name }) => name).filter(isInterfaceName) ?? [];
  }

  /** Filters to choose from, those of the network as it was last read. */
  get presets(): readonly CapturePreset[] {
    if (this.#presets?.network !== this.network || !this.#presets) {
      this.#presets = { network: this.network, list: capturePresets(this.network, this.#target.endpointId) };
    }
    return this.#presets.list;
  }

  /** How to capture there, and whom to leave out. `chosen`: the interface that a person wants; else the one that carries the instance's address. */
  place(chosen: string | undefined): CapturePlace {
    const site = this.#site;
    const interfaceName = chosen ?? (site && interfaceWith(site, this.instance.address)) ?? ANY_INTERFACE;
    const ofEndpoint = this.network?.channelAddresses(this.#target.scope.region) ?? [];
    return {
      interfaceName,
      excludeHosts: [...new Set([...(site?.channelAddresses ?? []), ...ofEndpoint])],
      isRoot: site?.isRoot ?? false,
    };
  }

  /** The instance is asked again before the next capture. */
  forgetSite(): void {
    this.#isReady = false;
  }

  /**
   * Reads the network; true when it is another than before. Rejects with a `LabError` or the signal's reason; what was known stays, also
   * when not one part could be read.
   * Another network splits the counts, so the same one is not taken up twice.
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

  /**
   * Asks the instance, unless what it said before will do; `whileReading` goes on beside it and tells the address to look for. Rejects with a
   * `LabError` for what is known to keep tcpdump from starting, see {@link requireReady}; it is asked again then.
   */
  async learnSite(
    gateways: CloudGateways,
    signal: AbortSignal,
    whileReading: Promise<unknown>,
    chosen: string | undefined,
  ): Promise<void> {
    if (this.#site && this.#isReady && hasInterface(this.#site, chosen ?? ANY_INTERFACE)) {
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
    // Both come to an end before either's failure is told: no session runs on behind it.
    const [probed, read] = await Promise.allSettled([probing, whileReading]);
    if (probed.status === 'rejected') throw probed.reason;
    this.#isReady = false;
    this.#site = readProbe(probed.value.output);
    if (read.status === 'rejected') throw read.reason;
    requireReady(this.#site, instanceId, chosen ?? ANY_INTERFACE);
    this.#isReady = true;
  }
}

/** Why nothing at all could be read; undefined when something could. */
function gapOfAll(readings: readonly Reading<unknown>[]): Gap | undefined {
  const gaps = readings.flatMap(reading => (reading.known ? [] : [reading.gap]));
  return gaps.length === readings.length ? gaps[0] : undefined;
}
