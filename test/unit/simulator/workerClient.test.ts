import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelClose, ChannelMessage } from '../../../src/core/ports/wire';
import { startPracticeWorker } from '../../../src/simulator/workerClient';

/** A worker that speaks the protocol and has no cloud: it answers with the body, echoes channels, and ends when asked for `/end`. */
const echoWorker = `
import { parentPort, workerData } from 'node:worker_threads';
if (workerData.seed === 'broken') throw new Error('no start');
parentPort.on('message', message => {
  if (message.kind === 'request' && message.request.path === '/end') process.exit(3);
  if (message.kind === 'request' && message.request.path === '/never') return;
  if (message.kind === 'request')
    parentPort.postMessage({ kind: 'response', id: message.id, response: { status: 200, headers: {}, body: message.request.body } });
  if (message.kind === 'channelMessage') parentPort.postMessage(message);
  if (message.kind === 'channelPing') parentPort.postMessage({ kind: 'channelPong', id: message.id, ping: message.ping });
  if (message.kind === 'channelClose') parentPort.postMessage(message);
});
parentPort.postMessage({ kind: 'log', level: 'info', message: 'begins' });
parentPort.postMessage({ kind: 'ready', region: 'ap-south-1', accounts: [{ name: workerData.world }] });
`;

const start = { world: 'default', pace: 'fast' } as const;

function request(path: string, ...body: number[]) {
  return { method: 'POST', host: 'any', path, query: '', headers: {}, body: Uint8Array.from(body) };
}

describe('the host of the practice worker', () => {
  let folder: string;
  let entry: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'practice-'));
    entry = join(folder, 'worker.mjs');
    writeFileSync(entry, echoWorker);
  });

  after(() => rmSync(folder, { recursive: true }));

  it('hands over requests, channels and logs, and ends the worker', async () => {
    const lines: string[] = [];
    const note = (line: string) => lines.push(line);
    const cloud = await startPracticeWorker(entry, start, { debug: note, info: note, warn: note, error: note });
    assert.deepEqual([cloud.region, cloud.accounts[0]?.name, lines], ['ap-south-1', 'default', ['begins']]);
    const answer = await cloud.handle(request('/', 1, 2, 3));
    assert.deepEqual([...answer.body], [1, 2, 3]);
    const channel = cloud.openChannel('wss://any/v1/data-channel/x', {});
    const heard = new Promise<ChannelMessage>(resolve => {
      channel.onMessage = resolve;
    });
    channel.send('opening');
    assert.equal(await heard, 'opening');
    await channel.ping();
    const closed = new Promise<ChannelClose>(resolve => {
      channel.onClose = resolve;
    });
    channel.close(1000, 'done');
    assert.deepEqual(await closed, { code: 1000, reason: 'done' });
    const tunnel = cloud.openTunnel('wss://any/openTunnel?remotePort=22');
    const carried = new Promise<ChannelMessage>(resolve => {
      tunnel.onMessage = resolve;
    });
    tunnel.send(Uint8Array.of(1, 2));
    assert.deepEqual(await carried, Uint8Array.of(1, 2));
    await cloud.dispose();
  });

  it('refuses what is pending when the worker is stopped, all that comes later, and what is aborted', async () => {
    const cloud = await startPracticeWorker(entry, start);
    const aborting = new AbortController();
    const aborted = cloud.handle(request('/never'), aborting.signal);
    aborting.abort(new Error('enough'));
    await assert.rejects(aborted, /enough/);
    const pending = cloud.handle(request('/never'));
    const ended = assert.rejects(pending, { code: 'practiceFailed' });
    await cloud.dispose();
    await ended;
    await assert.rejects(cloud.handle(request('/')), { code: 'practiceFailed' });
    assert.throws(() => cloud.openChannel('wss://any/v1/data-channel/x', {}), { code: 'practiceFailed' });
  });

  it('tells when the worker ends by itself: channels break off, requests fail', async () => {
    const cloud = await startPracticeWorker(entry, start);
    const channel = cloud.openChannel('wss://any/v1/data-channel/x', {});
    const closed = new Promise<ChannelClose>(resolve => {
      channel.onClose = resolve;
    });
    const failed = new Promise<Error>(resolve => cloud.onDidFail(resolve));
    await assert.rejects(cloud.handle(request('/end')), /code 3/);
    assert.equal((await closed).code, 1006);
    assert.match((await failed).message, /code 3/);
    await cloud.dispose();
  });

  it('rejects when the worker does not come up', async () => {
    await assert.rejects(startPracticeWorker(entry, { ...start, seed: 'broken' }), /no start/);
  });
});
