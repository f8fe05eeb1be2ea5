import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CapturePipeline } from '../../../../src/capture/capturePipeline';
import { addressClasses } from '../../../../src/core/classification';
import { formatIpv4, parseCidr } from '../../../../src/core/ipv4';
import { DisplayFilter } from '../../../../src/packet/displayFilter/displayFilter';
import { parseDisplayFilter } from '../../../../src/packet/displayFilter/parseDisplayFilter';
import { RowNumbers } from '../../../../src/packet/displayFilter/rowNumbers';
import { type PacketColumns, packetProtocols, TcpFlag } from '../../../../src/packet/packetColumns';
import { lineAt, unpackColumns } from '../../../../src/packet/packing';

const names = { interfaces: ['10.0.0.2', '10.0.0.3'], routes: ['10.0.0.0/16', '0.0.0.0/0'] };

function columnsOf(lines: readonly string[]): PacketColumns {
  const classify = (address: number) => ({
    classIndex: address % addressClasses.length,
    interfaceRow: address % 3,
    routeRow: address % 3,
  });
  const pipeline = new CapturePipeline({ classify });
  pipeline.write(new TextEncoder().encode(lines.map(line => `${line}\n`).join('')));
  pipeline.end();
  return unpackColumns(pipeline.snapshot().columns);
}

function select(filter: string, columns: PacketColumns, from = 0, to = columns.count): number[] {
  const parsing = parseDisplayFilter(filter, names);
  assert.ok(parsing.isFilter, JSON.stringify(parsing));
  const found = new RowNumbers();
  new DisplayFilter(parsing.terms).select(columns, from, to, 0, found);
  return Array.from({ length: found.count }, (_, index) => found.at(index) as number);
}

/** What a filter's word means, said with strings and one row at a time. */
function naive(word: string, columns: PacketColumns, row: number): boolean {
  if (word.startsWith('-')) return !naive(word.slice(1), columns, row);
  const line = lineAt(columns, row);
  const [key, value] = word.includes(':') ? word.split(':') : ['', word];
  const addresses = columns.family[row] === 4 ? [columns.source[row], columns.destination[row]].map(Number) : [];
  const ports = [columns.sourcePort[row], columns.destinationPort[row]];
  const protocol = packetProtocols[columns.protocol[row] as number] ?? '?';
  const flags = columns.tcpFlags[row] as number;
  if (key === 'port') return ports.includes(Number(value));
  if (key === 'src') return ports[0] === Number(value);
  if (key === 'class')
    return [columns.sourceClass[row], columns.destinationClass[row]].some(
      index => addressClasses[index as number] === value,
    );
  if (key === 'flag') return (flags & TcpFlag[value as keyof typeof TcpFlag]) !== 0;
  if (key === 'interface') return columns.interfaceRow[row] === names.interfaces.indexOf(value as string) + 1;
  if (word === 'tcp') return protocol === 'TCP' || (protocol === 'DNS' && flags !== 0);
  if (word === 'udp') return protocol === 'UDP' || (protocol === 'DNS' && flags === 0);
  if (word === 'dns') return protocol === 'DNS';
  const range = parseCidr(word.includes('/') ? word : `${word}/32`);
  if (range) return addresses.some(address => address >= range.first && address <= range.last);
  return line.toLowerCase().includes(word.toLowerCase());
}

const anyAddress = fc.integer({ min: 1, max: 6 }).map(last => formatIpv4(0x0a00_0000 + last));
const anyPort = fc.constantFrom(53, 443, 1024);
const anyLine = fc
  .tuple(
    anyAddress,
    anyPort,
    anyAddress,
    anyPort,
    fc.constantFrom(
      'Flags [S], seq 1, length 0',
      'Flags [.], ack 1, length 0',
      'UDP, length 4',
      '1+ A? eC2.example. (4)',
      'who?',
    ),
  )
  .map(([a, p, b, q, rest]) => `12:00:00.000001 IP ${a}.${p} > ${b}.${q}: ${rest}`);
const anyWord = fc
  .tuple(
    fc.boolean(),
    fc.oneof(
      anyAddress,
      fc.constantFrom('10.0.0.0/30', '0.0.0.0/0', 'port:443', 'src:53', 'class:local', 'class:unknown', 'flag:syn'),
      fc.constantFrom('interface:10.0.0.2', 'tcp', 'udp', 'dns', 'Ec2', 'length', 'ack 1', '0', '443', 'h 0', 'h 012'),
    ),
  )
  .map(([isNot, word]) => (isNot ? `-${word}` : word));
const quoted = (word: string) => (word.includes(' ') ? word.replace(/^(-?)(.*)$/, '$1"$2"') : word);

describe('DisplayFilter', () => {
  it('chooses the rows that a plain reading of each word chooses', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { minLength: 1, maxLength: 30 }),
        fc.array(anyWord, { maxLength: 3 }),
        fc.nat(30),
        (lines, words, from) => {
          const columns = columnsOf(lines);
          const first = Math.min(from, columns.count);
          const wanted = Array.from({ length: columns.count - first }, (_, index) => first + index).filter(row =>
            words.every(word => naive(word, columns, row)),
          );
          assert.deepEqual(select(words.map(quoted).join(' '), columns, first), wanted);
        },
      ),
    );
  });

  it('goes on behind its slices', () => {
    const line = '12:00:00.000001 IP 10.0.0.1.53 > 10.0.0.2.53: UDP, length 4';
    const columns = columnsOf([...Array.from({ length: 40_000 }, () => line), line.replace('length 4', 'length 5')]);
    assert.deepEqual(select('"length 5"', columns), [40_000]);
    assert.equal(select('10.0.0.2', columns).length, 40_001);
  });

  it('finds IPv6 addresses on the side that is asked for', () => {
    const columns = columnsOf([
      '12:00:00.000001 IP6 fd00::1.443 > fd00::12.5000: Flags [S], seq 1, length 0',
      '12:00:00.000002 IP6 fd00::12.5000 > fd00::1.443: Flags [S.], seq 1, ack 2, length 0',
      '12:00:00.000003 IP6 fd00::3 > fd00::12: ICMP6, neighbor solicitation, who has fd00::1, length 32',
    ]);
    assert.deepEqual(select('fd00::1', columns), [0, 1]);
    assert.deepEqual(select('src:fd00::1', columns), [0]);
    assert.deepEqual(select('dst:[fd00::12]:5000', columns), [0]);
    assert.deepEqual(select('-fd00::1', columns), [2]);
    assert.deepEqual(select('src:fd00::10/124', columns), [1]);
    assert.deepEqual(select('ip6 icmp6', columns), [2]);
  });

  it('finds text beyond ASCII, and none across two lines', () => {
    const columns = columnsOf([
      '12:00:00.000001 IP 10.0.0.1.53 > 10.0.0.2.53: 1+ A? bücher.example. (4)',
      '12:00:00.000002 IP 10.0.0.1.53 > 10.0.0.2.53: UDP, length 4',
    ]);
    assert.deepEqual(select('bücher', columns), [0]);
    assert.deepEqual(select('"(4)12"', columns), []);
  });
});

describe('RowNumbers', () => {
  it('finds places and drops from below, however it grows', () => {
    const rows = new RowNumbers();
    const keep = Uint8Array.from({ length: 1000 }, (_, index) => index % 2);
    for (let block = 0; block < 10; block++) {
      rows.addKept(block * 1000, keep, 1000);
      rows.dropBelow(block * 500);
    }
    assert.deepEqual([rows.at(0), rows.at(rows.count - 1), rows.at(rows.count)], [4501, 9999, undefined]);
    assert.deepEqual([rows.placeOf(0), rows.placeOf(4502), rows.placeOf(10_000)], [0, 1, rows.count]);
    rows.clear();
    assert.equal(rows.count, 0);
  });
});
