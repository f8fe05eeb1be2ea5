import { formatIpv4 } from '../core/ipv4';

const BEYOND_IPV4 = 2 ** 32;
const MAX_IPV6 = 100_000;

/** Numbers for addresses of both families: IPv4 its own, unsigned; an IPv6 address, as printed, the next one beyond. */
export class AddressNumbers {
  readonly #numbers = new Map<string, number>();
  #texts: string[] = [];

  /** Undefined for a new address when as many are known as are kept. */
  numberOf(ipv6: string): number | undefined {
    const known = this.#numbers.get(ipv6);
    if (known !== undefined || this.#texts.length >= MAX_IPV6) return known;
    const number = BEYOND_IPV4 + this.#texts.length;
    this.#numbers.set(ipv6, number);
    this.#texts.push(ipv6);
    return number;
  }

  textOf(number: number): string {
    return number < BEYOND_IPV4 ? formatIpv4(number) : (this.#texts[number - BEYOND_IPV4] ?? '');
  }

  clear(): void {
    this.#numbers.clear();
    this.#texts = [];
  }
}
