import type { Region } from '../core/ids';
import { parseIpv4 } from '../core/ipv4';
import { serviceHost } from '../core/partition';

/** What an instance says of itself before a capture. */
export interface CaptureSite {
  /** The interface that carries the instance's address; `any` when none could be found. */
  readonly interfaceName: string;
  /** Addresses that the session's own frames go to. */
  readonly channelAddresses: readonly string[];
}

const DIVIDER = '==';

/** A name server that does not answer must not hold up the capture. */
const LOOK_UP_SECONDS = 5;

/** Prints the instance's interfaces, then where the agent's data channel leads (both as that instance sees them). */
export function probeCommand(region: Region): string {
  const name = serviceHost(region, 'ssmmessages');
  return `ip -br -4 addr; echo ${DIVIDER}; timeout ${LOOK_UP_SECONDS} getent ahostsv4 ${name}`;
}

/** Reads what {@link probeCommand} printed. `address` is the instance's own; lines that are none of ours are passed over. */
export function readProbe(output: string, address: string | undefined): CaptureSite {
  const [interfaces = '', hosts = ''] = output.split(`${DIVIDER}\n`);
  return {
    interfaceName: interfaceWith(interfaces, address) ?? 'any',
    channelAddresses: [...new Set(hosts.split('\n').map(firstWord))].filter(word => parseIpv4(word) !== undefined),
  };
}

/** `enX0  UP  172.31.37.141/20`; an interface of a pair is printed as `name@peer`. */
function interfaceWith(listing: string, address: string | undefined): string | undefined {
  for (const line of listing.split('\n')) {
    const [name, , ...addresses] = line.trim().split(/\s+/);
    if (name && addresses.some(entry => entry.split('/')[0] === address)) return name.split('@')[0];
  }
  return undefined;
}

function firstWord(line: string): string {
  return line.trim().split(/\s+/)[0] ?? '';
}
