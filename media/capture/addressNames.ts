import type { NameRowView } from '../../src/protocol/capture';

/** The names that captured DNS answers gave to addresses. */
export class AddressNames {
  readonly #names = new Map<string, string>();
  #rows: readonly NameRowView[] = [];

  use(rows: readonly NameRowView[]): void {
    if (rows === this.#rows) return;
    this.#rows = rows;
    this.#names.clear();
    for (const { name, addresses } of rows) {
      for (const address of addresses) {
        const known = this.#names.get(address);
        this.#names.set(address, known === undefined ? name : `${known}, ${name}`);
      }
    }
  }

  /** Empty when no answer named it. */
  nameOf(address: string): string {
    return this.#names.get(address) ?? '';
  }
}
