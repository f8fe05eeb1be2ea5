import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { AsyncQueue } from '../../../../src/base/async';
import { Chance } from '../../../../src/simulator/chance';
import { ByteReader } from '../../../../src/simulator/network/stream/byteReader';
import type { ByteStream } from '../../../../src/simulator/network/stream/byteStream';
import { acceptOf, WebSocketEnd } from '../../../../src/simulator/network/webSocket';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';

/** A stream whose other end is another one; what is written arrives in pieces of at most `pieceBytes`. */
function streamPair(pieceBytes: number): readonly [ByteStream, ByteStream] {
  const queues = [new AsyncQueue<Uint8Array>(), new AsyncQueue<Uint8Array>()] as const;
  const end = (own: AsyncQueue<Uint8Array>, other: AsyncQueue<Uint8Array>): ByteStream => ({
    write(bytes) {
      for (let at = 0; at < bytes.length; at += pieceBytes) other.push(bytes.slice(at, at + pieceBytes));
    },
    async read() {
      const next = await own.next();
      return next.done ? undefined : next.value;
    },
    close: () => other.end(),
  });
  return [end(queues[0], queues[1]), end(queues[1], queues[0])];
}

function linked(pieceBytes = 7) {
  const [left, right] = streamPair(pieceBytes);
  return {
    client: new WebSocketEnd(left, new ByteReader(left), new Chance('masks')),
    server: new WebSocketEnd(right, new ByteReader(right), undefined),
  };
}

describe('a WebSocket over a byte stream', () => {
  it('carries messages of every size both ways', async () => {
    const messages = fc.array(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 300 })), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(messages, fc.integer({ min: 1, max: 400 }), async (given, pieceBytes) => {
        const { client, server } = linked(pieceBytes);
        for (const message of given) {
          client.send(message);
          assert.deepEqual(await server.next(), { kind: 'message', message });
          server.send(message);
          assert.deepEqual(await client.next(), { kind: 'message', message });
        }
      }),
      { numRuns: 50 },
    );
    const { client, server } = linked(65_536);
    const long = new Uint8Array(70_000).map((_, index) => index % 251);
    client.send(long);
    assert.deepEqual(await server.next(), { kind: 'message', message: long });
  });

  it('closes with a code and a reason, and without', async () => {
    const first = linked();
    first.server.close(1011, 'Unable to connect to target');
    const close = { code: 1011, reason: 'Unable to connect to target' };
    assert.deepEqual(await first.client.next(), { kind: 'close', close });
    const second = linked();
    second.client.close(1005, '');
    assert.deepEqual(await second.server.next(), { kind: 'close', close: { code: 1005, reason: '' } });
  });

  it('is lost when the stream ends, also inside a frame', async () => {
    for (const bytes of [[], [0x82], [0x82, 5, 1, 2]]) {
      const [left, right] = streamPair(9);
      left.write(Uint8Array.from(bytes));
      left.close();
      const end = new WebSocketEnd(right, new ByteReader(right), undefined);
      assert.deepEqual(await end.next(), { kind: 'close', close: { code: 1006, reason: '' } });
    }
  });

  it('answers a ping, and reads a masked frame (RFC 6455 §5.7)', async () => {
    const [left, right] = streamPair(64);
    const end = new WebSocketEnd(right, new ByteReader(right), undefined);
    left.write(Uint8Array.of(0x89, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58));
    left.write(Uint8Array.of(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58));
    assert.deepEqual(await end.next(), { kind: 'message', message: 'Hello' });
    assert.deepEqual(await left.read(), Uint8Array.of(0x8a, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f));
  });

  it('proves that a key was understood (RFC 6455 §1.3)', () => {
    assert.equal(acceptOf('dGhlIHNhbXBsZSBub25jZQ==', nodeDigests.sha1), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });
});
