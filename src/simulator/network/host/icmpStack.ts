import { deferred } from '../../../base/async';
import type { Clock } from '../../../base/clock';
import { type Disposable, toDisposable } from '../../../base/disposable';
import { readUint32 } from '../../../packet/headers/bytes';
import {
  decodeIcmp,
  decodeIcmpEcho,
  encodeIcmp,
  encodeIcmpEcho,
  type IcmpEcho,
  IcmpType,
  UnreachableCode,
} from '../../../packet/headers/icmp';
import { decodeIpv4Packet, IpProtocolNumber } from '../../../packet/headers/ipv4';

export interface EchoAnswer {
  readonly ttl: number;
  readonly roundTripMs: number;
}

/** An error that somebody reports about a packet of ours. */
export interface IcmpReport {
  readonly from: string;
  readonly kind: 'reached' | 'timeExceeded';
}

/** Names a packet in an error's quotation: its protocol, its destination, and its first four bytes. */
export function quotationKey(protocol: number, destination: string, firstWord: number): string {
  return `${protocol} ${destination} ${firstWord}`;
}

export interface IcmpStackOptions {
  readonly clock: Clock;
  readonly answersEcho: boolean;
  sourceFor(remoteAddress: string): string;
  send(source: string, destination: string, bytes: Uint8Array): void;
}

/** Echo requests that may wait for their answers at once. */
const waitingLimit = 4096;

/** ICMP of one host: echo both ways, and "port unreachable". */
export class IcmpStack {
  readonly #options: IcmpStackOptions;
  readonly #waiting = new Map<string, (ttl: number | 'unreachable') => void>();
  readonly #watched = new Map<string, (report: IcmpReport) => void>();

  constructor(options: IcmpStackOptions) {
    this.#options = options;
  }

  /** Undefined when no answer came within `timeoutMs`. */
  async ping(
    address: string,
    echo: { readonly id: number; readonly sequence: number; readonly payloadLength: number },
    timeoutMs: number,
  ): Promise<EchoAnswer | 'unreachable' | undefined> {
    if (this.#waiting.size >= waitingLimit) return undefined;
    const { clock } = this.#options;
    const startMs = clock.now();
    const key = `${address} ${echo.id} ${echo.sequence}`;
    const answer = deferred<EchoAnswer | 'unreachable' | undefined>();
    this.#waiting.set(key, ttl =>
      answer.resolve(ttl === 'unreachable' ? ttl : { ttl, roundTripMs: clock.now() - startMs }),
    );
    const timer = clock.after(timeoutMs, () => answer.resolve(undefined));
    const payload = echoPayload(startMs, echo.payloadLength);
    this.#sendEcho(this.#options.sourceFor(address), address, {
      type: IcmpType.echoRequest,
      identifier: echo.id,
      sequence: echo.sequence,
      payload,
    });
    const result = await answer.promise;
    timer.dispose();
    this.#waiting.delete(key);
    return result;
  }

  /** Nobody is at an address of the own wire (the kernel's "Destination Host Unreachable"). */
  loseSight(address: string): void {
    for (const [key, answer] of [...this.#waiting]) if (key.startsWith(`${address} `)) answer('unreachable');
  }

  /** Hears what is reported about a packet, until disposed. */
  watch(key: string, onReport: (report: IcmpReport) => void): Disposable {
    this.#watched.set(key, onReport);
    return toDisposable(() => this.#watched.delete(key));
  }

  receive(source: string, destination: string, bytes: Uint8Array, ttl: number): void {
    const echo = decodeIcmpEcho(bytes);
    if (!echo) {
      this.#receiveReport(source, bytes);
      return;
    }
    if (echo.type === IcmpType.echoReply) {
      this.#waiting.get(`${source} ${echo.identifier} ${echo.sequence}`)?.(ttl);
      const sent = encodeIcmpEcho({ ...echo, type: IcmpType.echoRequest });
      this.#watched.get(quotationKey(IpProtocolNumber.icmp, source, readUint32(sent, 4)))?.({
        from: source,
        kind: 'reached',
      });
    }
    if (echo.type === IcmpType.echoRequest && this.#options.answersEcho)
      this.#sendEcho(destination, source, { ...echo, type: IcmpType.echoReply });
  }

  /** "Unreachable" and "time exceeded" quote the packet they are about (RFC 792). */
  #receiveReport(from: string, bytes: Uint8Array): void {
    const message = decodeIcmp(bytes);
    const quoted = message && decodeIpv4Packet(message.payload);
    if (!quoted || (message.type !== IcmpType.unreachable && message.type !== IcmpType.timeExceeded)) return;
    const word = readUint32(quoted.payload, quoted.protocol === IpProtocolNumber.icmp ? 4 : 0);
    const kind = message.type === IcmpType.timeExceeded ? 'timeExceeded' : 'reached';
    this.#watched.get(quotationKey(quoted.protocol, quoted.destination, word))?.({ from, kind });
  }

  /** Tells a sender that nobody listens; the packet's header and 8 bytes or more go along (RFC 792, RFC 1812 §4.3.2.3). */
  refusePort(source: string, destination: string, packet: Uint8Array): void {
    const payload = packet.slice(0, 548);
    const message = { type: IcmpType.unreachable, code: UnreachableCode.port, rest: 0, payload };
    this.#options.send(destination, source, encodeIcmp(message));
  }

  #sendEcho(source: string, destination: string, echo: IcmpEcho): void {
    this.#options.send(source, destination, encodeIcmpEcho(echo));
  }
}

/** As iputils fills it: the time of sending, then counting bytes. */
function echoPayload(timeMs: number, lengthBytes: number): Uint8Array {
  const payload = Uint8Array.from({ length: lengthBytes }, (_, index) => index);
  if (lengthBytes < 16) return payload;
  const view = new DataView(payload.buffer);
  view.setBigUint64(0, BigInt(Math.floor(timeMs / 1000)), true);
  view.setBigUint64(8, BigInt(Math.round((timeMs % 1000) * 1000)), true);
  return payload;
}
