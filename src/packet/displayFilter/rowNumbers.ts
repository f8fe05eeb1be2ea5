/** Numbers of rows, rising; the lowest may be dropped. */
export class RowNumbers {
  #numbers = new Uint32Array(1024);
  #start = 0;
  #end = 0;

  get count(): number {
    return this.#end - this.#start;
  }

  /** Undefined outside of 0 to `count`. */
  at(index: number): number | undefined {
    return index < 0 || index >= this.count ? undefined : this.#numbers[this.#start + index];
  }

  /**
   * Adds `firstRow + i` for each of the first `count` places of `keep` that holds a 1; the others hold 0. `keep` begins its buffer, whose
   * length is a multiple of 4: four rows without a hit are passed over at once.
   */
  addKept(firstRow: number, keep: Uint8Array, count: number): void {
    this.#makeRoom(count);
    const numbers = this.#numbers;
    const fours = new Uint32Array(keep.buffer);
    let end = this.#end;
    for (let index = 0; index < count; ) {
      if ((index & 3) === 0 && fours[index >> 2] === 0) {
        index += 4;
        continue;
      }
      numbers[end] = firstRow + index;
      end += keep[index] as number;
      index++;
    }
    this.#end = end;
  }

  /** Place of the first number that is not below `row`; `count` when all are. */
  placeOf(row: number): number {
    let low = this.#start;
    let high = this.#end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#numbers[middle] as number) < row) low = middle + 1;
      else high = middle;
    }
    return low - this.#start;
  }

  dropBelow(row: number): void {
    this.#start += this.placeOf(row);
  }

  clear(): void {
    this.#start = 0;
    this.#end = 0;
  }

  /** One place more than asked for: `addKept` writes before it knows. */
  #makeRoom(count: number): void {
    if (this.#end + count < this.#numbers.length) return;
    const length = this.count + count + 1;
    const target = length > this.#numbers.length / 2 ? new Uint32Array(length * 2) : this.#numbers;
    target.set(this.#numbers.subarray(this.#start, this.#end));
    this.#numbers = target;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
