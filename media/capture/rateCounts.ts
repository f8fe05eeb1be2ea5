import type { PacketColumns } from '../../src/packet/packetColumns';
import { lineOf, rateGroups } from './rateGroups';

/** Packets by second and line of the chart, over the newest seconds. */
export class RateCounts {
  readonly #counts = new Map<number, Uint32Array>();
  #last: number | undefined;

  constructor(private readonly secondsKept: number) {}

  clear(): void {
    this.#counts.clear();
    this.#last = undefined;
  }

  add(columns: PacketColumns): void {
    for (let row = 0; row < columns.count; row++) {
      const second = Math.floor((columns.timeMicros[row] as number) / 1_000_000);
      const counts = this.#countsOf(second);
      (counts[lineOf(columns.sourceClass[row] as number, columns.destinationClass[row] as number)] as number)++;
      if (this.#last === undefined || second > this.#last) this.#last = second;
    }
    this.#forgetOld();
  }

  /** The seconds that are kept, oldest first. */
  get seconds(): readonly number[] {
    const last = this.#last ?? 0;
    return Array.from({ length: this.secondsKept }, (_, index) => last - this.secondsKept + 1 + index);
  }

  /** One line's packets in each of `seconds`. */
  line(index: number): readonly number[] {
    return this.seconds.map(second => this.#counts.get(second)?.[index] ?? 0);
  }

  /** Packets of each line in all seconds that are kept. */
  get totals(): readonly number[] {
    const totals = new Array<number>(rateGroups.length).fill(0);
    for (const counts of this.#counts.values()) {
      for (const [index, count] of counts.entries()) totals[index] = (totals[index] as number) + count;
    }
    return totals;
  }

  #countsOf(second: number): Uint32Array {
    let counts = this.#counts.get(second);
    if (!counts) {
      counts = new Uint32Array(rateGroups.length);
      this.#counts.set(second, counts);
    }
    return counts;
  }

  #forgetOld(): void {
    if (this.#last === undefined) return;
    for (const second of this.#counts.keys()) if (second <= this.#last - this.secondsKept) this.#counts.delete(second);
  }
}
