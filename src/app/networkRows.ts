import type { PacketSight } from '../capture/packetClasses';
import { parseIpv4 } from '../core/ipv4';
import type { InterfaceRow, NetworkStamp, RouteRow, RouteTableReading } from './captureModel';
import type { CaptureNetwork } from './captureNetwork';

/** Row numbers travel in one byte (`packetColumns`); 0 is none. */
const LAST_NUMBER = 255;

/**
 * The interfaces and routes that a capture's packets are counted by, over all networks that were read meanwhile. A row keeps its number for
 * as long as there are packets, so that a number in an old packet still means the same row; what the newest network lacks is `isGone`.
 */
export class NetworkRows {
  readonly #interfaces = new NumberedRows<InterfaceRow>(({ networkInterfaceId }) => networkInterfaceId);
  readonly #routes = new NumberedRows<RouteRow>(({ destination, target }) => `${destination} ${target}`);
  #routeTable: RouteTableReading | undefined;
  #stamps: NetworkStamp[] = [];

  get interfaces(): readonly InterfaceRow[] {
    return this.#interfaces.rows;
  }

  /** Undefined before a network was taken. */
  get routeTable(): RouteTableReading | undefined {
    return this.#routeTable?.known ? { ...this.#routeTable, rows: this.#routes.rows } : this.#routeTable;
  }

  /** Which packets were judged by which reading, oldest first. */
  get stamps(): readonly NetworkStamp[] {
    return this.#stamps;
  }

  /** Takes a network that was read after so many packets, and says how those to come are held against it. */
  take(network: CaptureNetwork | undefined, packets: number): PacketSight | undefined {
    if (packets === 0) this.#forget();
    if (!network?.classifier) return undefined;
    const { classifier, instance, interfaces, routeTable, snapshot } = network;
    this.#stamps = this.#stamps.filter(({ firstRow }) => firstRow < packets);
    this.#stamps.push({ firstRow: packets, readAtMs: snapshot.takenAtMs });
    this.#routeTable = routeTable;
    return {
      classify: classifier.classify,
      classifyIpv6: classifier.classifyIpv6,
      ownAddress: parseIpv4(instance.address ?? ''),
      interfaceNumbers: this.#interfaces.take(interfaces),
      routeNumbers: this.#routes.take(routeTable.known ? routeTable.rows : []),
    };
  }

  #forget(): void {
    this.#interfaces.forget();
    this.#routes.forget();
    this.#stamps = [];
  }
}

/** Rows of one kind, told apart by their key. */
class NumberedRows<Row extends { readonly isGone?: boolean }> {
  #rows: readonly Row[] = [];

  constructor(private readonly keyOf: (row: Row) => string) {}

  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Takes the rows of a network; element n of the answer is the number of its row n (1-based), 0 when no number is left. */
  take(rows: readonly Row[]): Uint8Array {
    const present = new Map(rows.map(row => [this.keyOf(row), row]));
    const known = this.#rows.map(row => present.get(this.keyOf(row)) ?? { ...row, isGone: true });
    const knownKeys = new Set(known.map(this.keyOf));
    this.#rows = [...known, ...rows.filter(row => !knownKeys.has(this.keyOf(row)))];
    const numbers = new Map(this.#rows.map((row, index) => [this.keyOf(row), index + 1]));
    const numberOf = (row: Row) => numbers.get(this.keyOf(row)) ?? 0;
    return Uint8Array.of(0, ...rows.map(numberOf).map(number => (number > LAST_NUMBER ? 0 : number)));
  }

  forget(): void {
    this.#rows = [];
  }
}
