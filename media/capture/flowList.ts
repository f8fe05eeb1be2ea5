import type { CaptureFlow } from '../../src/core/captureFlow';
import type { FlowColumnName } from '../../src/protocol/captureLabels';

export interface FlowOrder {
  readonly column: FlowColumnName;
  readonly isDescending: boolean;
}

/** What of a flow comes first when it is sorted by a column. */
const keys: Readonly<Record<FlowColumnName, (flow: CaptureFlow) => number | string>> = {
  first: ({ firstPacket }) => firstPacket,
  source: ({ source, sourcePort }) => `${sortable(source)} ${String(sourcePort).padStart(5)}`,
  destination: ({ destination, destinationPort }) => `${sortable(destination)} ${String(destinationPort).padStart(5)}`,
  protocol: ({ protocol }) => protocol,
  place: ({ remoteClass, interfaceRow, routeRow }) => remoteClass * 2 ** 16 + interfaceRow * 2 ** 8 + routeRow,
  state: ({ state }) => state,
  packets: ({ sentPackets, receivedPackets }) => sentPackets + receivedPackets,
  bytes: ({ sentBytes, receivedBytes }) => sentBytes + receivedBytes,
  handshake: ({ handshakeMicros }) => handshakeMicros ?? -1,
  retries: retriesOf,
  duration: ({ firstMicros, lastMicros }) => lastMicros - firstMicros,
};

/** SYNs and segments that were sent again. */
export function retriesOf({ synCount, retransmissions }: CaptureFlow): number {
  return Math.max(0, synCount - 1) + retransmissions;
}

/** The flows that the host has told, by their ids; sorted when they are asked for. */
export class FlowList {
  readonly #flows: CaptureFlow[] = [];
  /** Of all that the host keeps. */
  count = 0;

  add(changed: readonly CaptureFlow[], count: number): void {
    for (const flow of changed) this.#flows[flow.id] = flow;
    this.count = count;
  }

  clear(): void {
    this.#flows.length = 0;
    this.count = 0;
  }

  at(id: number): CaptureFlow | undefined {
    return this.#flows[id];
  }

  /** The ids of the first `limit` flows in an order; equal ones in the order of their first packets. */
  sorted({ column, isDescending }: FlowOrder, limit: number): readonly number[] {
    const key = keys[column];
    const sign = isDescending ? -1 : 1;
    const keyed = this.#flows.flatMap(flow => (flow ? [{ id: flow.id, key: key(flow) }] : []));
    keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.id - b.id));
    return keyed.slice(0, limit).map(({ id }) => id);
  }
}

/** Dotted text whose parts sort as numbers do. */
const sortable = (address: string) => address.replace(/\d+/g, digits => digits.padStart(3, '0'));
