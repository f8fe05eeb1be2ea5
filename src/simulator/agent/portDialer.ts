import { parseIpv4 } from '../../core/ipv4';
import { ConnectError, type ConnectFailure, type TcpConnection } from '../network/hostNetwork';
import type { Guest, GuestProcess } from '../shell/guest';

/** Where a port session leads: a port of the instance itself, or of a host that the instance reaches. */
export interface PortDestination {
  /** Undefined: the instance. */
  readonly host: string | undefined;
  readonly port: number;
}

/** A connection that did not come about; the message is Go's. */
export class DialFailure extends Error {}

const LOOPBACK = '127.0.0.1';
/** Metadata, resolver, time and task endpoints (amazon-ssm-agent:README, DeniedPortForwardingRemoteIPs). */
const DENIED_ADDRESSES: readonly string[] = [
  '169.254.169.254',
  '169.254.169.253',
  '169.254.169.123',
  '169.254.169.250',
  '169.254.169.251',
];
/** The first addresses of the VPC, which EC2 keeps for itself. */
const RESERVED_ADDRESSES = 4;
const RESOLVER_OFFSET = 2;
const READ_BYTES = 4_096;

const failureTexts: Readonly<Record<ConnectFailure, string>> = {
  refused: 'connection refused',
  timedOut: 'connection timed out',
  unreachable: 'no route to host',
  reset: 'connection reset by peer',
};

/** Connects from the instance, over its own network and names. */
export class PortDialer {
  constructor(
    readonly guest: Guest,
    readonly destination: PortDestination,
  ) {}

  /** Whether the agent forwards to this host at all: not to the instance by another name, to its link-local services, or to the VPC's own addresses. */
  async isForbidden(): Promise<boolean> {
    const { host } = this.destination;
    if (host === undefined) return false;
    return (await this.#addressesOf(host)).some(address => this.#isDenied(address));
  }

  /** Tries the host's addresses in turn; rejects with a {@link DialFailure}, or with the signal's reason. */
  async dial(signal: AbortSignal): Promise<TcpConnection> {
    const { host, port } = this.destination;
    const addresses = host === undefined ? [LOOPBACK] : await this.#addressesOf(host);
    let failure = new DialFailure(`dial tcp: lookup ${host} on ${this.guest.network.nameServers[0]}:53: no such host`);
    for (const address of addresses) {
      try {
        return await this.guest.network.connectTcp(address, port, { signal });
      } catch (error) {
        if (!(error instanceof ConnectError)) throw error;
        failure = new DialFailure(`dial tcp ${address}:${port}: connect: ${failureTexts[error.failure]}`);
      }
    }
    throw failure;
  }

  #isDenied(address: string): boolean {
    const value = parseIpv4(address);
    const resolver = parseIpv4(this.guest.network.nameServers[0] ?? '');
    if (value === undefined || DENIED_ADDRESSES.includes(address) || address.startsWith('127.')) return true;
    const offset = resolver === undefined ? -1 : value - (resolver - RESOLVER_OFFSET);
    return offset >= 0 && offset < RESERVED_ADDRESSES;
  }

  /** As the instance's own resolver finds them. */
  async #addressesOf(host: string): Promise<readonly string[]> {
    if (parseIpv4(host) !== undefined) return [host];
    const options = { output: 'pipes', isElevated: false } as const;
    const process = await this.guest.startProcess(['getent', 'ahostsv4', host], options);
    const lines = (await outputOf(process)).split('\n').filter(line => line.includes('STREAM'));
    return lines.map(line => line.split(' ')[0] ?? '');
  }
}

async function outputOf(process: GuestProcess): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (let chunk = await process.readOutput(READ_BYTES); chunk; chunk = await process.readOutput(READ_BYTES))
    text += decoder.decode(chunk, { stream: true });
  process.release();
  return text;
}
