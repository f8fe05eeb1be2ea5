import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { WireRequest } from '../../../../../src/core/ports/wire';
import { encodeResponse, readRequest, sendHttp } from '../../../../../src/simulator/network/http1';
import { ByteReader, StreamError } from '../../../../../src/simulator/network/stream/byteReader';
import { get, plain } from '../../../../support/fabricHarness';
import { memoryStreams } from './memoryStreams';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (body: Uint8Array) => new TextDecoder().decode(body);

async function answerTo(raw: string, request: WireRequest = get('host'), cut?: number) {
  const [client, server] = memoryStreams(cut);
  server.write(bytes(raw));
  server.close();
  return sendHttp(client, request);
}

async function requestIn(raw: string): Promise<WireRequest | undefined> {
  const [client, server] = memoryStreams();
  client.write(bytes(raw));
  client.close();
  return readRequest(new ByteReader(server));
}

describe('HTTP/1.1', () => {
  it('carries requests unchanged, however the bytes are cut', async () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'DELETE'),
      path: fc.array(word).map(parts => `/${parts.join('/')}`),
      query: fc.oneof(
        fc.constant(''),
        word.map(name => `${name}=1&x=%20`),
      ),
      names: fc.dictionary(
        word.map(name => `x-${name}`),
        fc.stringMatching(/^[!-~]{1,10}$/),
      ),
      body: fc.uint8Array({ maxLength: 300 }),
    });
    await fc.assert(
      fc.asyncProperty(request, fc.integer({ min: 1, max: 40 }), async ({ names, ...given }, cut) => {
        const sent: WireRequest = { ...given, host: 'ec2.example', headers: names };
        const [client, server] = memoryStreams(cut);
        const answer = sendHttp(client, sent);
        const seen = await readRequest(new ByteReader(server));
        server.write(encodeResponse(plain('done'), sent.method === 'HEAD'));
        const { host, 'content-length': _, ...headers } = seen!.headers;
        assert.deepEqual({ ...seen, headers }, { ...sent, headers: { ...names } });
        assert.equal(host, 'ec2.example');
        assert.equal(text((await answer).body), sent.method === 'HEAD' ? '' : 'done');
      }),
      { numRuns: 60 },
    );
  });

  it('reads answers by length, in chunks, and to the end of the connection', async () => {
    const head = 'HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\n';
    for (const cut of [1, 7, 1000]) {
      const sized = await answerTo(`${head}Content-Length: 5\r\n\r\nhello`, get('host'), cut);
      assert.deepEqual([text(sized.body), sized.headers['x-a']], ['hello', '1, 2']);
      const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\n`;
      assert.equal(text((await answerTo(chunked, get('host'), cut)).body), 'hello!');
      assert.equal(text((await answerTo(`${head}\r\nto the end`, get('host'), cut)).body), 'to the end');
    }
  });

  it('skips interim answers, and knows which answers have no body', async () => {
    const answer = await answerTo('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\nrest');
    assert.deepEqual([answer.status, answer.body.length], [204, 0]);
    const head = await answerTo('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n', { ...get('host'), method: 'HEAD' });
    assert.deepEqual([head.headers['content-length'], head.body.length], ['10', 0]);
  });

  it('refuses what is no answer, or ends inside one', async () => {
    const failing = {
      ended: ['', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel', 'HTTP/1.1 200 OK\r\nX: 1\r\n'],
      malformed: [
        'SSH-2.0-OpenSSH\r\n',
        'HTTP/1.1 OK\r\n\r\n',
        'HTTP/1.1 200 OK\r\nno colon\r\n\r\n',
        'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n',
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      ],
      tooLong: [
        `HTTP/1.1 200 ${'x'.repeat(20_000)}\r\n\r\n`,
        'HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n',
        `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(300)}\r\n`,
      ],
    };
    for (const [failure, answers] of Object.entries(failing))
      for (const raw of answers) await assert.rejects(answerTo(raw), { name: 'StreamError', failure });
  });

  it('refuses what is no request', async () => {
    for (const raw of ['GET\r\n\r\n', 'get / HTTP/1.1\r\n\r\n', 'GET / HTTP/2\r\n\r\n'])
      await assert.rejects(requestIn(raw), StreamError);
    assert.equal(await requestIn(''), undefined);
  });

  it('takes the path out of a target with an origin', async () => {
    const seen = await requestIn('GET http://host:80/a?b=c HTTP/1.1\r\nHost: host\r\n\r\n');
    assert.deepEqual([seen?.path, seen?.query], ['/a', 'b=c']);
  });

  it('lets no header break out of its line', () => {
    const raw = text(encodeResponse({ status: 200, headers: { 'x-a': 'b\r\nX-Evil: 1' }, body: bytes('') }, false));
    assert.equal(raw.split('\r\n').length, 5);
  });
});
