import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CapturePipeline } from '../../../src/capture/capturePipeline';
import { type AddressClass, classIndexOf } from '../../../src/core/classification';
import { ipv4 } from '../../../src/core/ipv4';
import { lineAt, unpackColumns } from '../../../src/packet/packing';
import type { StatusEvent } from '../../../src/packet/reader/statusLine';
import { TcpdumpPrinter } from '../../../src/packet/tcpdumpPrinter';
import { conversation } from '../../support/frameCorpus';
import { CLIENT, SERVER, tcp } from '../../support/frames';
import { utf8 } from '../../support/readPackets';

function printed(frames: readonly Uint8Array[]): string {
  const printer = new TcpdumpPrinter({ numeric: true, time: 'dateTime' });
  return frames.map((bytes, index) => `${printer.print({ timeMicros: 1.7e15 + index, bytes })}\n`).join('');
}

function fed(text: string, options = {}): CapturePipeline {
  const pipeline = new CapturePipeline(options);
  pipeline.write(utf8(text));
  return pipeline;
}

const line = (number: number) =>
  `12:00:00.${String(number % 1_000_000).padStart(6, '0')} IP 10.0.0.1.${1000 + (number % 50)} > 10.0.0.2.443: UDP, length ${number}\n`;
const lines = (count: number, from = 0) => Array.from({ length: count }, (_, index) => line(from + index)).join('');

/** 172.31.36.107 is the endpoint's interface in row 2, all else leaves by route row 1. */
const classify = (address: number) =>
  address === 0xac1f246b
    ? { classIndex: 1, interfaceRow: 2, routeRow: 3 }
    : { classIndex: 10, interfaceRow: 0, routeRow: 1 };

describe('the capture pipeline', () => {
  it('hands each row out once, in bounded batches', () => {
    const pipeline = fed(lines(25));
    const sizes: number[] = [];
    const seen: string[] = [];
    for (let batch = pipeline.takeBatch(10); batch; batch = pipeline.takeBatch(10)) {
      const columns = unpackColumns(batch.columns);
      assert.equal(batch.first, seen.length);
      sizes.push(batch.count);
      for (let row = 0; row < columns.count; row++) seen.push(`${lineAt(columns, row)}\n`);
    }
    assert.deepEqual(sizes, [10, 10, 5]);
    assert.equal(seen.join(''), lines(25));
  });

  it('gives all rows to a page that appears, and later ones behind them', () => {
    const pipeline = fed(lines(25));
    assert.deepEqual([pipeline.snapshot().count, pipeline.snapshot(10).first], [25, 15]);
    assert.equal(pipeline.takeBatch(), undefined);
    pipeline.write(utf8(lines(2)));
    assert.equal(pipeline.takeBatch()?.first, 25);
  });

  it('drops the oldest rows, counts them, and keeps the numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 300 }), (rows, count) => {
        const pipeline = fed(lines(count), { limits: { rows } });
        const { first, columns } = pipeline.snapshot();
        const kept = unpackColumns(columns);
        assert.equal(pipeline.packets, count);
        assert.equal(pipeline.droppedRows, first);
        assert.equal(first + kept.count, count);
        assert.ok(
          kept.count <= Math.max(rows, Math.ceil(rows / 4)) && kept.count >= Math.min(count, Math.floor(rows / 2)),
        );
        for (let row = 0; row < kept.count; row++) assert.equal(kept.length[row], first + row);
      }),
    );
  });

  it('holds a million packets, and counts those beyond', function () {
    this.timeout(60_000);
    const pipeline = new CapturePipeline();
    const block = utf8(lines(10_000));
    const blocks = 105;
    for (let index = 0; index < blocks; index++) pipeline.write(block);
    assert.equal(pipeline.packets, blocks * 10_000);
    const { first, count, columns } = pipeline.snapshot();
    assert.equal(first + count, pipeline.packets);
    assert.equal(pipeline.droppedRows, first);
    assert.ok(count <= 1_000_000 && count > 990_000, `${count}`);
    const kept = unpackColumns(columns);
    assert.deepEqual([kept.length[0], kept.length[count - 1]], [first % 10_000, 9_999]);
  });

  it('tells a page that fell behind which rows it missed', () => {
    const pipeline = fed(lines(100), { limits: { rows: 100 } });
    const before = pipeline.takeBatch(1_000);
    pipeline.write(utf8(lines(500, 100)));
    const after = pipeline.takeBatch(1_000);
    assert.ok(before && after && after.first > before.first + before.count);
    assert.equal(after.first, pipeline.droppedRows);
    assert.equal(after.first + after.count, pipeline.packets);
  });

  it('bounds the text as well', () => {
    const pipeline = fed(lines(1000), { limits: { textBytes: 10_000 } });
    const { columns, count } = pipeline.snapshot();
    assert.ok(unpackColumns(columns).text.length <= 10_000);
    assert.ok(count > 50);
  });

  it('classifies both sides and counts the remote one', () => {
    const pipeline = fed(printed(conversation()), { classify, ownAddress: CLIENT });
    const { columns } = pipeline.snapshot();
    const rows = unpackColumns(columns);
    assert.deepEqual([rows.sourceClass[0], rows.destinationClass[0], rows.interfaceRow[0]], [10, 1, 2]);
    assert.deepEqual([rows.sourceClass[1], rows.destinationClass[1], rows.interfaceRow[1]], [1, 10, 2]);
    assert.deepEqual(pipeline.interfaceCounts(2).total, [0, 9]);
    assert.deepEqual(pipeline.routeCounts(3).total, [0, 0, 9]);
  });

  it('splits the counts when the network is another, and goes on counting', () => {
    const pipeline = fed(printed(conversation()), { classify, ownAddress: CLIENT });
    pipeline.useSight({ classify, ownAddress: ipv4(CLIENT) });
    assert.deepEqual(pipeline.interfaceCounts(2), { total: [0, 9], earlier: [0, 9] });
    pipeline.write(utf8(printed(conversation())));
    assert.deepEqual(pipeline.interfaceCounts(2), { total: [0, 18], earlier: [0, 9] });
    pipeline.clear();
    assert.deepEqual(pipeline.routeCounts(3), { total: [0, 0, 0], earlier: [0, 0, 0] });
  });

  it('classifies IPv6 by the addresses in the line, and numbers rows as it is told', () => {
    const places = new Map([
      ['2001:db8::1', { classIndex: classIndexOf('ownAddress'), interfaceRow: 0, routeRow: 1 }],
      ['fd00:ec2::253', { classIndex: classIndexOf('resolver'), interfaceRow: 0, routeRow: 0 }],
      ['2001:db8::9', { classIndex: classIndexOf('endpointInterface'), interfaceRow: 1, routeRow: 1 }],
    ]);
    const pipeline = new CapturePipeline();
    pipeline.useSight({
      classify,
      classifyIpv6: address => places.get(address) ?? { classIndex: 0, interfaceRow: 0, routeRow: 0 },
      interfaceNumbers: Uint8Array.of(0, 7),
      routeNumbers: Uint8Array.of(0, 3),
    });
    const out = (to: string) => `12:00:00.000001 IP6 2001:db8::1.40000 > ${to}: UDP, length 1\n`;
    const back = '12:00:00.000002 IP6 2001:db8::9.443 > 2001:db8::1.40000: UDP, length 1\n';
    pipeline.write(utf8(out('2001:db8::9.443') + back + out('fd00:ec2::253.53') + out('2001:db8::77.443')));
    const rows = unpackColumns(pipeline.snapshot().columns);
    assert.deepEqual(
      [...rows.destinationClass],
      ['endpointInterface', 'ownAddress', 'resolver', 'unknown'].map(name => classIndexOf(name as AddressClass)),
    );
    assert.deepEqual([...rows.interfaceRow], [7, 7, 0, 0]);
    assert.deepEqual([...rows.routeRow], [3, 3, 0, 0]);
  });

  it('tells an answered conversation from both directions and from one', () => {
    const expected = {
      protocol: 6,
      source: CLIENT,
      sourcePort: 38482,
      destination: SERVER,
      destinationPort: 443,
      firstPacket: 1,
      synCount: 1,
      resetCount: 0,
    };
    assert.deepEqual(fed(printed(conversation())).evidence().conversations, [
      { ...expected, packets: 9, sentPackets: 6, isAnswered: true, isContinued: true },
    ]);
    assert.deepEqual(fed(printed(conversation(true))).evidence().conversations, [
      { ...expected, packets: 6, sentPackets: 6, isAnswered: false, isContinued: true },
    ]);
  });

  it('tells silence by its retries, and a refusal by its reset', () => {
    const syn = tcp(CLIENT, SERVER, { sequence: 77, flags: 0x02 });
    const silence = fed(printed([syn, syn, syn])).evidence().conversations[0]!;
    assert.deepEqual([silence.synCount, silence.isAnswered, silence.isContinued], [3, false, false]);
    const reset = tcp(SERVER, CLIENT, {
      sourcePort: 443,
      destinationPort: 38482,
      sequence: 0,
      acknowledgment: 78,
      flags: 0x14,
    });
    const refusal = fed(printed([syn, reset])).evidence().conversations[0]!;
    assert.deepEqual([refusal.resetCount, refusal.isAnswered, refusal.isContinued], [1, false, false]);
  });

  it('finds the source by the handshake, whichever packet came first', () => {
    const synAck = tcp(SERVER, CLIENT, {
      sourcePort: 443,
      destinationPort: 38482,
      sequence: 5,
      acknowledgment: 78,
      flags: 0x12,
    });
    const { source, destination, sentPackets, packets } = fed(printed([synAck])).evidence().conversations[0]!;
    assert.deepEqual([source, destination, sentPackets, packets], [CLIENT, SERVER, 0, 1]);
  });

  it('begins another conversation when ports are used anew', () => {
    const frames = [1, 1, 2].map(sequence => tcp(CLIENT, SERVER, { sequence, flags: 0x02 }));
    const { conversations } = fed(printed(frames)).evidence();
    assert.deepEqual(
      conversations.map(({ synCount, firstPacket }) => [synCount, firstPacket]),
      [
        [2, 1],
        [1, 3],
      ],
    );
  });

  it('counts the packets of conversations beyond those that it keeps', () => {
    const kept = 50_000;
    const one = (number: number) =>
      `12:00:00.000000 IP 10.0.0.1.${1 + (number % 60_000)} > 10.0.0.2.443: UDP, length 1\n`;
    const pipeline = fed(Array.from({ length: kept + 3 }, (_, number) => one(number)).join('') + one(0));
    const { conversations, packets, untrackedPackets } = pipeline.evidence();
    assert.deepEqual([conversations.length, packets, untrackedPackets], [kept, kept + 4, 3]);
    pipeline.clear();
    assert.equal(pipeline.evidence().untrackedPackets, 0);
  });

  it('does not take a quiet line for proof of an answer', () => {
    const quiet = (from: string, to: string, bytes: number) => `12:00:00.000001 IP ${from} > ${to}: tcp ${bytes}\n`;
    const silent = fed(quiet('10.0.0.1.5', '10.0.0.2.443', 0).repeat(2)).evidence().conversations[0]!;
    assert.deepEqual([silent.isAnswered, silent.isContinued], [false, false]);
    const data = fed(quiet('10.0.0.1.5', '10.0.0.2.443', 517)).evidence().conversations[0]!;
    assert.equal(data.isContinued, true);
  });

  it('remembers names by question and answer', () => {
    const dns = (from: string, to: string, info: string) => `12:00:00.000001 IP ${from} > ${to}: ${info}\n`;
    const ask = (id: number, name: string) =>
      dns('172.31.37.141.5000', '172.31.0.2.53', `${id}+ [1au] A? ${name}. (69)`);
    const told = (id: number, answers: string) => dns('172.31.0.2.53', '172.31.37.141.5000', `${id} ${answers} (73)`);
    const pipeline = fed(
      ask(7, 'EC2.ap-south-1.amazonaws.com') +
        ask(8, 'www.example.com') +
        told(8, '2/0/1 CNAME a.example.com., A 52.95.80.1') +
        told(7, '2/0/1 A 172.31.36.107, A 172.31.14.109') +
        told(9, '1/0/1 A 10.0.0.1') +
        ask(10, 'nowhere.example') +
        told(10, 'NXDomain 0/1/1'),
    );
    assert.deepEqual(pipeline.evidence().names, [
      { name: 'www.example.com', addresses: ['52.95.80.1'] },
      { name: 'ec2.ap-south-1.amazonaws.com', addresses: ['172.31.36.107', '172.31.14.109'] },
    ]);
  });

  it('remembers IPv6 addresses, asked for and answered over IPv6', () => {
    const dns = (from: string, to: string, info: string) => `12:00:00.000001 IP6 ${from} > ${to}: ${info}\n`;
    const pipeline = fed(
      dns('2001:db8::1.5000', 'fd00:ec2::253.53', '7+ AAAA? s3.dualstack.ap-south-1.amazonaws.com. (46)') +
        dns('fd00:ec2::253.53', '2001:db8::1.5000', '7 2/0/0 AAAA 2600:1f00::5, AAAA 2600:1f00::6 (90)'),
    );
    assert.deepEqual(pipeline.evidence().names, [
      { name: 's3.dualstack.ap-south-1.amazonaws.com', addresses: ['2600:1f00::5', '2600:1f00::6'] },
    ]);
  });

  it('reports status, counts, the exit mark and what it could not read', () => {
    const statuses: StatusEvent[] = [];
    const exits: number[] = [];
    const pipeline = fed(
      'listening on enX0, link-type EN10MB (Ethernet), snapshot length 256 bytes\n\nwhat is this\n3 packets captured\n5 packets received by filter\n1 packet dropped by kernel\nm-1:124\n',
      {
        mark: 'm-1',
        onStatus: (event: StatusEvent) => statuses.push(event),
        onExit: (status: number) => exits.push(status),
      },
    );
    assert.deepEqual(
      statuses.map(({ kind }) => kind),
      ['listening', 'count', 'count', 'count'],
    );
    assert.deepEqual(pipeline.statistics, {
      captured: 3,
      receivedByFilter: 5,
      droppedByKernel: 1,
      droppedByInterface: undefined,
    });
    assert.deepEqual([exits, pipeline.exitStatus, pipeline.unparsedLines], [[124], 124, 1]);
  });

  it("takes the mark at a line's beginning only", () => {
    assert.equal(fed('x m-1:0\nm-1:\nm-1:abc\nm-12:0\n', { mark: 'm-1' }).exitStatus, undefined);
  });

  it('keeps the stream as text, bounded', () => {
    const pipeline = new CapturePipeline({ rawBytes: 1000 });
    for (let index = 0; index < 100; index++) pipeline.write(utf8(line(index)));
    assert.ok(pipeline.takeRaw().length <= 1100);
    assert.equal(pipeline.takeRaw(), '');
    const { text, missingBytes } = pipeline.rawText();
    assert.ok(text.startsWith('12:00:00.') && text.length <= 1100);
    assert.ok(missingBytes > 0);
    pipeline.write(utf8(line(7)));
    assert.equal(pipeline.takeRaw(), line(7));
  });

  it('reads an async source to its end and forgets on demand', async () => {
    const pipeline = new CapturePipeline();
    await pipeline.run(
      (async function* () {
        yield utf8(lines(3));
        yield utf8(line(3).trimEnd());
      })(),
    );
    assert.equal(pipeline.packets, 4);
    pipeline.clear();
    assert.deepEqual(
      [pipeline.packets, pipeline.takeBatch(), pipeline.rawText().text, pipeline.evidence()],
      [0, undefined, '', { packets: 0, conversations: [], untrackedPackets: 0, names: [] }],
    );
  });
});
