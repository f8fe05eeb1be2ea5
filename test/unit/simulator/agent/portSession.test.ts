import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FakeConnection } from '../../../support/fakeHostNetwork';
import { OfficialSession } from '../../../support/officialSession';
import { SmuxClient } from '../../../support/smuxClient';

const SSH = 'AWS-StartSSHSession';
const FORWARDING = 'AWS-StartPortForwardingSession';
const REMOTE = 'AWS-StartPortForwardingSessionToRemoteHost';
const CONNECT_ERROR = Buffer.of(0, 0, 0, 3);
const FLAG = 10;
const DISCONNECT = 1;
const TERMINATE = 2;
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('a port session', () => {
  let session: OfficialSession;
  let connections: FakeConnection[];

  beforeEach(() => {
    session = new OfficialSession();
    connections = [];
  });

  /** Answers with what it got, in capitals. */
  function serve(address: string): void {
    session.bench.network.tcp.set(address, (received, connection) => {
      if (!connections.includes(connection)) connections.push(connection);
      connection.reply(Buffer.from(text(received).toUpperCase()));
    });
  }

  const ready = () => session.until(() => session.client.handshakeComplete !== undefined);

  describe('of AWS-StartSSHSession', () => {
    it('tells the client its properties and carries bytes as they are, both ways', async () => {
      serve('127.0.0.1:22');
      session.start(SSH);
      await ready();
      const request = session.client.handshakeRequest as { RequestedClientActions: { ActionParameters: object }[] };
      assert.deepEqual(request.RequestedClientActions[0]?.ActionParameters, {
        SessionType: 'Port',
        Properties: { portNumber: '22' },
      });
      session.client.write('ssh-2.0 hello\n');
      await session.until(() => session.client.textOf(1) === 'SSH-2.0 HELLO\n');
      assert.equal(session.client.closingOutput, undefined);
    });

    it('cuts what comes into frames of 1,024 bytes, one each millisecond', async () => {
      const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, index) => index % 251));
      session.bench.network.tcp.set('127.0.0.1:2222', (_, connection) => connection.reply(bytes));
      session.start(SSH, { portNumber: '2222' });
      await ready();
      session.client.write('go');
      await session.until(() => session.client.bytesOf(1).length === bytes.length);
      assert.deepEqual(session.client.bytesOf(1), bytes);
      assert.equal(Math.max(...session.client.payloads.map(payload => payload.bytes.length)), 1_024);
    });

    it('ends normally when the server closes', async () => {
      serve('127.0.0.1:22');
      session.start(SSH);
      await ready();
      session.client.write('x');
      await session.until(() => connections.length === 1);
      connections[0]?.finish();
      await session.end();
      assert.equal(session.client.closingOutput, '');
    });

    it('ends with the reason when nothing listens', async () => {
      session.bench.network.tcp.set('127.0.0.1:22', 'refused');
      session.start(SSH);
      await session.end();
      assert.equal(
        session.client.closingOutput,
        'Unable to connect to specified port: dial tcp 127.0.0.1:22: connect: connection refused',
      );
    });

    it('ends at the flag TerminateSession', async () => {
      serve('127.0.0.1:22');
      session.start(SSH);
      await ready();
      session.client.write('x');
      await session.until(() => session.client.textOf(1) === 'X');
      session.client.sendFlag(TERMINATE);
      await session.end();
      assert.equal(session.client.closingOutput, '');
    });
  });

  describe('of a client that knows streams', () => {
    it('opens a connection for each stream and keeps them apart', async () => {
      serve('127.0.0.1:80');
      session.start(FORWARDING, { portNumber: '80', localPortNumber: '9999' });
      await ready();
      const mux = new SmuxClient(session.client);
      const [first, second] = [mux.open(), mux.open()];
      assert.deepEqual([first, second], [3, 5]);
      mux.write(first, 'one');
      mux.write(second, 'two');
      mux.write(first, '!');
      await session.until(() => mux.dataOf(first).length === 4 && mux.dataOf(second).length === 3);
      assert.deepEqual([text(mux.dataOf(first)), text(mux.dataOf(second))], ['ONE!', 'TWO']);
      assert.equal(connections.length, 2);
    });

    it('gives the client all properties of the document, by name', async () => {
      session.start(FORWARDING, { portNumber: '80' });
      await ready();
      const request = JSON.stringify(session.client.handshakeRequest);
      const properties = '{"localPortNumber":"0","portNumber":"80","type":"LocalPortForwarding"}';
      assert.ok(request.includes(`{"SessionType":"Port","Properties":${properties}}`), request);
    });

    it('ends a stream when its server closes, and the server when its stream ends', async () => {
      serve('127.0.0.1:80');
      session.start(FORWARDING);
      await ready();
      const mux = new SmuxClient(session.client);
      const [first, second] = [mux.open(), mux.open()];
      mux.write(first, 'a');
      mux.write(second, 'b');
      await session.until(() => connections.length === 2);
      connections[0]?.finish();
      mux.finish(second);
      await session.until(() => mux.hasFinished(first) && mux.hasFinished(second));
      mux.write(first, 'late');
      const third = mux.open();
      mux.write(third, 'c');
      await session.until(() => text(mux.dataOf(third)) === 'C');
      assert.equal(session.client.isClosed, false);
    });

    it('says ConnectToPortError and ends the stream, not the session, when the port refuses', async () => {
      session.bench.network.tcp.set('127.0.0.1:80', 'refused');
      session.start(FORWARDING);
      await ready();
      const mux = new SmuxClient(session.client);
      const stream = mux.open();
      await session.until(() => mux.hasFinished(stream));
      assert.deepEqual(session.client.bytesOf(FLAG), CONNECT_ERROR);
      assert.equal(session.client.isClosed, false);
    });

    it('carries more than a window of bytes, whole and in order', async () => {
      const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 253));
      session.bench.network.tcp.set('127.0.0.1:80', (_, connection) => connection.reply(bytes));
      session.start(FORWARDING);
      await ready();
      const mux = new SmuxClient(session.client);
      const stream = mux.open();
      mux.write(stream, 'go');
      await session.until(() => mux.dataOf(stream).length === bytes.length);
      assert.deepEqual(mux.dataOf(stream), bytes);
    });

    it('ends when what the client sends is no smux', async () => {
      session.start(FORWARDING);
      await ready();
      session.client.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
      await session.end();
      assert.equal(session.client.closingOutput, '');
    });

    it('ends at TerminateSession, and its connections with it', async () => {
      serve('127.0.0.1:80');
      session.start(FORWARDING);
      await ready();
      const mux = new SmuxClient(session.client);
      mux.write(mux.open(), 'a');
      await session.until(() => connections.length === 1);
      session.world.service.terminate(session.sessionId);
      await session.end();
      assert.equal(await connections[0]?.read(), undefined);
    });
  });

  describe('of a client older than 1.1.70', () => {
    it('carries one connection as it is and opens the next with the next bytes', async () => {
      serve('127.0.0.1:80');
      session.start(FORWARDING, {}, { version: '1.1.54.0' });
      await ready();
      session.client.write('one');
      await session.until(() => session.client.textOf(1) === 'ONE');
      session.client.sendFlag(DISCONNECT);
      await session.wait(100);
      session.client.write('two');
      await session.until(() => session.client.textOf(1) === 'ONETWO');
      assert.equal(connections.length, 2);
    });

    it('ends when the port does not answer a second time', async () => {
      serve('127.0.0.1:80');
      session.start(FORWARDING, {}, { version: '1.1.54.0' });
      await ready();
      session.client.write('one');
      await session.until(() => connections.length === 1);
      session.bench.network.tcp.set('127.0.0.1:80', 'refused');
      connections[0]?.finish();
      await session.wait(100);
      session.client.write('two');
      await session.end();
      assert.equal(session.client.closingOutput, '');
    });
  });

  describe('to a remote host', () => {
    it('dials the host from the instance', async () => {
      serve('172.31.40.9:5432');
      session.start(REMOTE, { host: '172.31.40.9', portNumber: '5432' });
      await ready();
      const mux = new SmuxClient(session.client);
      const stream = mux.open();
      mux.write(stream, 'select');
      await session.until(() => text(mux.dataOf(stream)) === 'SELECT');
    });

    for (const host of ['127.0.0.1', '169.254.169.254', '172.31.0.2', '172.31.0.0', '169.254.169.253', 'localhost']) {
      it(`refuses ${host}`, async () => {
        session.start(REMOTE, { host, portNumber: '80' });
        await session.end();
        assert.equal(session.client.closingOutput, `Forwarding to IP address ${host} is forbidden.`);
      });
    }

    it('fails at the first stream for a name that nobody knows', async () => {
      session.start(REMOTE, { host: 'nosuch.internal', portNumber: '80' });
      await session.until(() => session.client.handshakeComplete !== undefined, 120_000);
      const mux = new SmuxClient(session.client);
      const stream = mux.open();
      await session.until(() => mux.hasFinished(stream), 120_000);
      assert.deepEqual(session.client.bytesOf(FLAG), CONNECT_ERROR);
    });
  });

  for (const [name, value] of [
    ['portNumber', '0'],
    ['portNumber', '65536'],
    ['portNumber', '8o'],
    ['localPortNumber', '70000'],
    ['host', '10.0.0.1'],
  ] as const) {
    it(`refuses parameter ${name}=${value}`, () => {
      assert.throws(() => session.start(FORWARDING, { [name]: value }), { code: 'InvalidParameters' });
    });
  }

  it('echoes whatever is sent over many streams at once', async function () {
    this.timeout(20_000);
    const parts = fc.array(fc.tuple(fc.nat(3), fc.stringMatching(/^[a-z]{1,300}$/)), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(parts, async sent => {
        session = new OfficialSession();
        serve('127.0.0.1:80');
        session.start(FORWARDING);
        await ready();
        const mux = new SmuxClient(session.client);
        const streams = [0, 1, 2, 3].map(() => mux.open());
        for (const [index, data] of sent) mux.write(streams[index] as number, data);
        const expected = streams.map((_, index) =>
          sent
            .filter(([at]) => at === index)
            .map(([, data]) => data.toUpperCase())
            .join(''),
        );
        await session.until(() => streams.every((id, index) => text(mux.dataOf(id)) === expected[index]));
      }),
      { numRuns: 20 },
    );
  });
});
