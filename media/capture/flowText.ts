import type { CaptureFlow } from '../../src/core/captureFlow';
import { type AddressClass, addressClasses } from '../../src/core/classification';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { fill } from './labelText';
import { hostAndPort } from './rowText';

/** Words of the display filter for protocols without ports, whose addresses alone would match everything between two hosts. */
const portless: Readonly<Record<number, string>> = { 1: ' icmp', 58: ' icmp6' };

const protocols: Readonly<Record<number, string>> = { 1: 'ICMP', 6: 'TCP', 17: 'UDP', 58: 'ICMPv6' };

/** What the cells of a flow say. */
export interface FlowText {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly placeClass: AddressClass;
  readonly state: string;
  readonly packets: string;
  readonly bytes: string;
  readonly handshake: string;
  readonly duration: string;
}

export function flowText(flow: CaptureFlow, { flows }: Pick<CaptureLabels, 'flows'>): FlowText {
  return {
    source: endText(flow.source, flow.sourcePort),
    destination: endText(flow.destination, flow.destinationPort),
    protocol: protocols[flow.protocol] ?? String(flow.protocol),
    placeClass: addressClasses[flow.remoteClass] ?? 'unknown',
    state: fill(flows.states[flow.state], flow.synCount),
    packets: fill(flows.eachWay, flow.sentPackets, flow.receivedPackets),
    bytes: fill(flows.eachWay, flow.sentBytes, flow.receivedBytes),
    handshake: flow.handshakeMicros === undefined ? '' : lengthText(flow.handshakeMicros),
    duration: lengthText(flow.lastMicros - flow.firstMicros),
  };
}

/** As an address and port are written: an IPv6 address with a port in brackets (RFC 5952 §6). */
export function endText(address: string, port: number): string {
  return hostAndPort(address.includes(':') && port !== 0 ? `[${address}]` : address, port);
}

/** The display filter that chooses the packets of a flow (`parseDisplayFilter`). */
export function flowFilter({ protocol, source, sourcePort, destination, destinationPort }: CaptureFlow): string {
  const ends = `${endText(source, sourcePort)} ${endText(destination, destinationPort)}`;
  return `${ends}${portless[protocol] ?? ''}`;
}

/** In milliseconds or seconds, with three digits that count. */
function lengthText(micros: number): string {
  const format = (value: number, unit: 'millisecond' | 'second') =>
    new Intl.NumberFormat(undefined, { style: 'unit', unit, maximumSignificantDigits: 3 }).format(value);
  return micros < 1_000_000 ? format(micros / 1000, 'millisecond') : format(micros / 1_000_000, 'second');
}
