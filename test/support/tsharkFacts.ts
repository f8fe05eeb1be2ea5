/** What tshark reads in each packet of a file, to hold our reading of tcpdump's text against. */
import assert from 'node:assert/strict';
import type { PacketJson } from '../../src/packet/reader/packetJson';
import { runTool } from './runTool';

const fieldNames =
  'frame.protocols ip.src ipv6.src ip.dst ipv6.dst tcp.srcport tcp.dstport tcp.len udp.srcport udp.dstport udp.length sctp.srcport sctp.dstport dccp.srcport dccp.dstport'.split(
    ' ',
  );

export interface TsharkFact {
  /** The outermost addresses. */
  readonly source: string | null;
  readonly destination: string | null;
  /** The protocol that the outermost IP packet carries, in tshark's word; undefined without one that has ports or messages. */
  readonly transport: string | undefined;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  /** TCP's payload, or UDP's. */
  readonly length: number | null;
}

const withPorts: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp', 'dccp']);
/** Layers between the frame and what the outermost IP packet carries. */
const below: ReadonlySet<string> = new Set(
  'eth sll raw null ethertype vlan ieee8021ad ah ipv6.hopopts ipv6.dstopts ipv6.routing ipv6.fraghdr'.split(' '),
);

/** Outermost layers only: ICMP quotes packets, tunnels carry them. */
export function tsharkFacts(file: string): TsharkFact[] {
  const { stdout } = runTool('tshark', [
    '-n',
    ...['ip.defragment:FALSE', 'ipv6.defragment:FALSE'].flatMap(option => ['-o', option]),
    ...['-r', file, '-T', 'fields', '-E', 'occurrence=f', '-E', 'separator=|'],
    ...fieldNames.flatMap(field => ['-e', field]),
  ]);
  return stdout.split('\n').slice(0, -1).map(factOf);
}

function factOf(line: string): TsharkFact {
  const cells = line.split('|');
  const cell = (name: string) => cells[fieldNames.indexOf(name)] || null;
  const [network, transport] =
    cell('frame.protocols')
      ?.split(':')
      .filter(layer => !below.has(layer)) ?? [];
  const isIp = network === 'ip' || network === 'ipv6';
  const number = (name: string) => {
    const value = isIp && transport !== undefined && withPorts.has(transport) ? cell(`${transport}.${name}`) : null;
    return value === null ? null : Number(value);
  };
  const datagramLength = transport === 'udp' ? number('length') : null;
  return {
    source: isIp ? cell(`${network}.src`) : null,
    destination: isIp ? cell(`${network}.dst`) : null,
    transport,
    sourcePort: number('srcport'),
    destinationPort: number('dstport'),
    length: transport === 'tcp' ? number('len') : datagramLength === null ? null : datagramLength - 8,
  };
}

/** Holds one packet of ours against tshark's reading. What neither prints is not compared. */
export function compareToFact(ours: PacketJson, theirs: TsharkFact, what: string): void {
  if (theirs.source !== null) {
    assert.equal(ours.source, theirs.source, what);
    assert.equal(ours.destination, theirs.destination, what);
  }
  assert.equal(ours.sourcePort, theirs.sourcePort, what);
  assert.equal(ours.destinationPort, theirs.destinationPort, what);
  if (theirs.transport === 'tcp') {
    assert.equal(ours.protocol, 'TCP', what);
    assert.equal(ours.length, theirs.length, what);
  } else if (theirs.length !== null && (ours.protocol === 'UDP' || ours.protocol === 'DNS')) {
    assert.equal(ours.length, theirs.length, what);
  }
}
