import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acceptSecureStream, coversName, openSecureStream } from '../../../../../src/simulator/network/secureStream';
import { ByteReader, StreamError } from '../../../../../src/simulator/network/stream/byteReader';
import { clientHello, readClientHello } from '../../../../../src/simulator/network/stream/tlsHello';
import { ContentType, RecordMask, readRecord } from '../../../../../src/simulator/network/stream/tlsRecords';
import { Timeline } from '../../../../../src/simulator/timeline';
import { runToEnd } from '../../../../support/runTimeline';
import { memoryStreams } from './memoryStreams';

const name = 'ec2.ap-south-1.amazonaws.com';

function ends(cut?: number) {
  const timeline = new Timeline(0);
  const [client, server] = memoryStreams(cut);
  const accepted = acceptSecureStream(server, { clock: timeline, certificateNames: () => [name] });
  accepted.catch(() => {});
  const run = <T>(work: Promise<T>) => runToEnd(timeline, work, 1000);
  return { client, server, accepted, run };
}

describe('a secure stream', () => {
  it('carries bytes both ways, however the connection cuts them', async () => {
    const sizes = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 700 }), async (parts, cut) => {
        const { client, accepted, run } = ends(cut);
        const work = async () => {
          const stream = await openSecureStream(client, name);
          const other = await accepted;
          for (const part of parts) {
            stream.write(part);
            assert.deepEqual(await other.read(), part);
            other.write(part);
            assert.deepEqual(await stream.read(), part);
          }
          stream.close();
          assert.equal(await other.read(), undefined);
        };
        await run(work());
      }),
      { numRuns: 20 },
    );
  });

  it('splits what is longer than a record', async () => {
    const { client, accepted, run } = ends();
    const long = new Uint8Array(40_000).fill(7);
    const work = async () => {
      const stream = await openSecureStream(client, name);
      stream.write(long);
      const other = await accepted;
      const lengths: number[] = [];
      for (let total = 0; total < long.length; total += lengths.at(-1)!) lengths.push((await other.read())!.length);
      return lengths;
    };
    assert.deepEqual(await run(work()), [16_384, 16_384, 7232]);
  });

  it('goes on without a look at the certificate when asked to', async () => {
    const { client, run } = ends();
    await run(openSecureStream(client, 'other.example', { verify: false }));
  });

  it('is refused by who speaks something else', async () => {
    const { client, server, accepted, run } = ends();
    client.write(new TextEncoder().encode('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
    await assert.rejects(run(accepted), StreamError);
    server.write(new TextEncoder().encode('SSH-2.0-OpenSSH_8.7\r\n'));
    await assert.rejects(run(openSecureStream(client, name)), StreamError);
  });
});

describe('a ClientHello', () => {
  it('takes 512 bytes for every usual name, which it carries in clear', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 2, maxLength: 5 }), labels => {
        const serverName = labels.join('.');
        const hello = clientHello(new Uint8Array(32), new Uint8Array(32), new Uint8Array(32), serverName);
        assert.equal(hello.length, 512);
        assert.equal(readClientHello(hello)?.serverName, serverName);
      }),
    );
  });

  it('names no server by its address', () => {
    const hello = clientHello(new Uint8Array(32), new Uint8Array(32), new Uint8Array(32), '172.31.36.107');
    assert.equal(readClientHello(hello)?.serverName, '');
  });

  it('is read from any bytes without a throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), bytes => void readClientHello(bytes)));
  });
});

describe('the mask of records', () => {
  const mask = () => new RecordMask(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2), 'client');

  it('is taken off by the same mask only, and in order', async () => {
    const [a, b] = memoryStreams();
    const outgoing = mask();
    const content = new TextEncoder().encode('the same content twice');
    a.write(outgoing.seal(ContentType.applicationData, content));
    a.write(outgoing.seal(ContentType.applicationData, content));
    const reader = new ByteReader(b);
    const first = (await readRecord(reader))!;
    const second = (await readRecord(reader))!;
    assert.notDeepEqual(first.content, second.content);
    const incoming = mask();
    assert.deepEqual(incoming.open(first), { type: ContentType.applicationData, content });
    assert.deepEqual(incoming.open(second).content, content);
    assert.throws(() => mask().open(second), StreamError);
  });
});

describe('a certificate', () => {
  it('covers a name by itself or by one star for one label', () => {
    assert.ok(coversName([name], name.toUpperCase()));
    assert.ok(coversName(['*.ec2.ap-south-1.vpce.amazonaws.com'], 'vpce-1-a.ec2.ap-south-1.vpce.amazonaws.com'));
    assert.equal(coversName(['*.amazonaws.com'], name), false);
    assert.equal(coversName(['*.amazonaws.com'], 'amazonaws.com'), false);
    assert.equal(coversName([], name), false);
  });
});
