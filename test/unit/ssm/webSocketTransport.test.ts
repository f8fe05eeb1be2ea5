import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ChannelClose, ChannelMessage } from '../../../src/core/ports/wire';
import { openWebSocket } from '../../../src/ssm/node/webSocketTransport';

describe('WebSocket transport', () => {
  let server: Server;
  let sockets: WebSocketServer;
  let url: string;
  let onConnection: (socket: WebSocket, request: IncomingMessage) => void;

  beforeEach(async () => {
    server = createServer();
    sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket, request) => onConnection(socket, request));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/v1/data-channel/a-1?role=publish_subscribe&cell-number=AA+b/c=`;
  });
  afterEach(() => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    server.close();
  });

  it('dials the raw URL with the given headers, no sub-protocol and no extension', async () => {
    let seen: IncomingMessage | undefined;
    onConnection = (_socket, request) => {
      seen = request;
    };
    const transport = await openWebSocket(url, { headers: { authorization: 'AWS4-HMAC-SHA256 x', 'x-amz-date': 'd' } });
    assert.equal(seen?.url, '/v1/data-channel/a-1?role=publish_subscribe&cell-number=AA+b/c=');
    assert.equal(seen?.headers.authorization, 'AWS4-HMAC-SHA256 x');
    assert.equal(seen?.headers['sec-websocket-protocol'], undefined);
    assert.equal(seen?.headers['sec-websocket-extensions'], undefined);
    transport.close();
  });

  it('carries text and bytes both ways, and keeps what came before anybody listened', async () => {
    onConnection = socket => {
      socket.send(Uint8Array.of(1, 2, 3));
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    };
    const transport = await openWebSocket(url, { headers: {} });
    await new Promise(resolve => setTimeout(resolve, 20));
    const heard: ChannelMessage[] = [];
    const all = new Promise<void>(resolve => {
      transport.onMessage = message => {
        heard.push(message);
        if (heard.length === 3) resolve();
      };
    });
    transport.send('{"a":1}');
    transport.send(Uint8Array.of(9));
    await all;
    assert.deepEqual(heard, [Uint8Array.of(1, 2, 3), '{"a":1}', Uint8Array.of(9)]);
    transport.close();
  });

  it('hears pongs, and the code and reason of a close', async () => {
    onConnection = () => {};
    const transport = await openWebSocket(url, { headers: {} });
    await transport.ping();
    const closed = new Promise<ChannelClose>(resolve => {
      transport.onClose = resolve;
    });
    for (const socket of sockets.clients) socket.close(1000, 'Bye');
    assert.deepEqual(await closed, { code: 1000, reason: 'Bye' });
    await assert.rejects(transport.ping());
    transport.send('nobody hears this');
  });

  it('sends everything that was said before it closes, in order', async () => {
    const said = Array.from({ length: 200 }, (_, number) => `message ${number}`);
    const heard: string[] = [];
    const closed = new Promise<number>(resolve => {
      onConnection = socket => {
        socket.on('message', (data: Buffer) => heard.push(data.toString()));
        socket.on('close', resolve);
      };
    });
    const transport = await openWebSocket(url, { headers: {} });
    for (const message of said) transport.send(message);
    transport.close();
    assert.equal(await closed, 1000);
    assert.deepEqual(heard, said);
  });

  it('tells a lost link as 1006', async () => {
    onConnection = () => {};
    const transport = await openWebSocket(url, { headers: {} });
    const closed = new Promise<ChannelClose>(resolve => {
      transport.onClose = resolve;
    });
    for (const socket of sockets.clients) socket.terminate();
    assert.equal((await closed).code, 1006);
  });

  it('rejects with the status when the upgrade is refused', async () => {
    sockets.close();
    server.removeAllListeners('upgrade');
    server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    await assert.rejects(openWebSocket(url, { headers: {} }), { code: 'requestRefused' });
  });

  it('rejects when nobody is there, when nobody answers, and when it is aborted', async () => {
    await assert.rejects(openWebSocket('ws://127.0.0.1:1/', { headers: {} }), { code: 'cloudUnreachable' });
    sockets.close();
    server.removeAllListeners('upgrade');
    server.on('upgrade', () => {});
    await assert.rejects(openWebSocket(url, { headers: {}, handshakeTimeoutMs: 30 }), { code: 'cloudUnreachable' });
    const abort = new AbortController();
    const opening = openWebSocket(url, { headers: {}, signal: abort.signal });
    abort.abort(new Error('never mind'));
    await assert.rejects(opening, /never mind/);
    server.closeAllConnections();
  });
});
