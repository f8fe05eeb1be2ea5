/** The selected packets: all that are shown between two, by their row numbers. */
export class RowSelection {
  #anchor: number | undefined;
  #active: number | undefined;

  /** The one that keys move. */
  get active(): number | undefined {
    return this.#active;
  }

  get first(): number {
    return Math.min(this.#anchor ?? 0, this.#active ?? 0);
  }

  get last(): number {
    return Math.max(this.#anchor ?? -1, this.#active ?? -1);
  }

  has(row: number): boolean {
    return this.#active !== undefined && row >= this.first && row <= this.last;
  }

  /** One packet, or with `extends` all from where the selection began. */
  set(row: number, isExtended: boolean): void {
    if (!isExtended || this.#anchor === undefined) this.#anchor = row;
    this.#active = row;
  }

  setRange(first: number, last: number): void {
    this.#anchor = first;
    this.#active = last;
  }

  clear(): void {
    this.#anchor = undefined;
    this.#active = undefined;
  }
}
