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

  /** Of an address as a cell shows it, with or without a port: `172.31.0.2:53`, `[fd00:ec2::253]:53`. */
  nameOfEnd(text: string): string {
    if (this.#names.size === 0) return '';
    const bracket = text.indexOf(']');
    if (bracket >= 0) return this.nameOf(text.slice(1, bracket));
    const colon = text.indexOf(':');
    return this.nameOf(colon >= 0 && colon === text.lastIndexOf(':') ? text.slice(0, colon) : text);
  }

  /** Empty when no answer named it. */
  nameOf(address: string): string {
    return this.#names.get(address) ?? '';
  }
}
