import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TcpConnection } from '../../../../../src/simulator/network/hostNetwork';
import { runFor, runToEnd } from '../../../../support/runTimeline';
import { type PairOptions, tcpPair } from './lossyPair';

async function readAll(connection: TcpConnection): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let chunk = await connection.read(); chunk; chunk = await connection.read()) parts.push(chunk);
  return Uint8Array.from(parts.flatMap(part => [...part]));
}

const counting = (length: number) => Uint8Array.from({ length }, (_, index) => index * 31 + (index >> 8));

/** Sends `up` one way and `down` the other at once; what both ends read. */
async function exchange(up: readonly Uint8Array[], down: readonly Uint8Array[], options: PairOptions = {}) {
  const pair = tcpPair(options);
  const atServer = new Promise<Uint8Array>((resolve, reject) => {
    pair.server.listen(80, connection => {
      for (const bytes of down) connection.write(bytes);
      connection.close();
      readAll(connection).then(resolve, reject);
    });
  });
  const socket = pair.client.connect(pair.serverAddress, 80);
  const work = async () => {
    await socket.opened;
    for (const bytes of up) socket.write(bytes);
    socket.close();
    return Promise.all([readAll(socket), atServer]);
  };
  const [atClient, seenByServer] = await runToEnd(pair.timeline, work(), 3_600_000);
  return { atClient, atServer: seenByServer, pair };
}

const joined = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap(part => [...part]));

describe('a TCP connection', () => {
  it('delivers every byte in order, both ways, however it was written', async () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 5000 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(parts, parts, fc.integer({ min: 100, max: 9000 }), async (up, down, segmentBytes) => {
        const seen = await exchange(up, down, { segmentBytes });
        assert.deepEqual(seen.atServer, joined(up));
        assert.deepEqual(seen.atClient, joined(down));
      }),
      { numRuns: 40 },
    );
  });

  it('delivers every byte although segments are lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 9 })), async chances => {
        const up = [counting(20_000)];
        const down = [counting(7000), counting(9000)];
        const seen = await exchange(up, down, {
          isLost: number => number < 400 && (chances.next().value as number) < 2,
        });
        assert.deepEqual(seen.atServer, joined(up));
        assert.deepEqual(seen.atClient, joined(down));
      }),
      { numRuns: 30 },
    );
  });

  it('leaves nothing behind once it is over', async () => {
    const { pair } = await exchange([counting(100_000)], [counting(50)]);
    await runFor(pair.timeline, 130_000);
    assert.equal(pair.timeline.nextDueMs, undefined);
  });

  it('waits for a reader who is slow, and goes on when there is room again', async () => {
    const pair = tcpPair();
    const sent = counting(8_000_000);
    let reader: TcpConnection | undefined;
    pair.server.listen(80, connection => {
      reader = connection;
    });
    const socket = pair.client.connect(pair.serverAddress, 80);
    await runToEnd(pair.timeline, socket.opened, 1000);
    socket.write(sent);
    socket.close();
    await runFor(pair.timeline, 60_000);
    const passedWhileFull = pair.passed;
    await runFor(pair.timeline, 30_000);
    assert.ok(pair.passed - passedWhileFull < 20, 'only probes travel while the window is closed');
    const seen = await runToEnd(pair.timeline, readAll(reader as TcpConnection), 300_000);
    assert.equal(seen.length, sent.length);
    assert.ok(seen.every((byte, index) => byte === sent[index]));
  });

  it('gives up after fifteen retransmissions, a quarter of an hour or so', async () => {
    let isCut = false;
    const pair = tcpPair({ isLost: () => isCut });
    pair.server.listen(80, () => {});
    const socket = pair.client.connect(pair.serverAddress, 80);
    await runToEnd(pair.timeline, socket.opened, 1000);
    isCut = true;
    const startMs = pair.timeline.now();
    const reading = socket.read();
    socket.write(counting(10));
    await assert.rejects(runToEnd(pair.timeline, reading, 3_600_000), { failure: 'timedOut' });
    const minutes = (pair.timeline.now() - startMs) / 60_000;
    assert.ok(minutes > 12 && minutes < 20, String(minutes));
  });

  it('tells both ends of a reset', async () => {
    const pair = tcpPair();
    pair.server.listen(80, connection => connection.reset());
    const socket = pair.client.connect(pair.serverAddress, 80);
    const work = socket.opened.then(() => socket.read());
    await assert.rejects(runToEnd(pair.timeline, work, 1000), { failure: 'reset' });
  });

  it('sends no reset after its FIN: a program that ends right after closing ends well', async () => {
    const { client, server, timeline, serverAddress } = tcpPair();
    const read = new Promise((resolve, reject) => {
      server.listen(80, connection => {
        readAll(connection).then(resolve, reject);
        connection.close();
      });
    });
    const socket = client.connect(serverAddress, 80);
    await runToEnd(timeline, socket.opened, 1000);
    socket.write(counting(5000));
    socket.close();
    socket.reset();
    assert.deepEqual(await runToEnd(timeline, read, 1000), counting(5000));
  });

  it('acknowledges at once in the beginning and later with a delay of 40 ms', async () => {
    const pair = tcpPair();
    pair.server.listen(80, () => {});
    const socket = pair.client.connect(pair.serverAddress, 80);
    await runToEnd(pair.timeline, socket.opened, 1000);
    const packetsFor = async (spanMs: number) => {
      const before = pair.passed;
      socket.write(counting(10));
      await runFor(pair.timeline, spanMs);
      return pair.passed - before;
    };
    for (let count = 0; count < 16; count++) assert.equal(await packetsFor(10), 2);
    assert.equal(await packetsFor(10), 1);
    await runFor(pair.timeline, 100);
    assert.equal(await packetsFor(100), 2);
  });

  it('does not mind a host that has lost its memory: the next segment meets a reset', async () => {
    const pair = tcpPair();
    const stop = pair.server.listen(80, () => {});
    const socket = pair.client.connect(pair.serverAddress, 80);
    await runToEnd(pair.timeline, socket.opened, 1000);
    pair.server.dispose();
    stop.dispose();
    const reading = socket.read();
    socket.write(counting(1));
    await assert.rejects(runToEnd(pair.timeline, reading, 5000), { failure: 'reset' });
  });

  it('is refused a second listener on one port', () => {
    const { server } = tcpPair();
    const first = server.listen(80, () => {});
    assert.throws(() => server.listen(80, () => {}), RangeError);
    first.dispose();
    server.listen(80, () => {});
  });

  it('survives segments of any bytes', () => {
    const pair = tcpPair();
    pair.server.listen(80, () => {});
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), bytes => pair.server.receive('10.0.0.1', '10.0.0.2', bytes)),
    );
  });
});
