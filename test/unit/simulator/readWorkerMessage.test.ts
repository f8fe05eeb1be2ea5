import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readWorkerMessage } from '../../../src/simulator/readWorkerMessage';
import type { ToWorker } from '../../../src/simulator/workerProtocol';

const body = Uint8Array.of(1);
const request = { method: 'POST', host: 'any', path: '/', query: '', headers: { a: 'b' }, body };

const messages: readonly ToWorker[] = [
  { kind: 'request', id: 1, request },
  { kind: 'channelOpen', id: 2, streamUrl: 'wss://any', headers: {} },
  { kind: 'tunnelOpen', id: 3, url: 'wss://any/openTunnel?a=b' },
  { kind: 'channelMessage', id: 2, message: 'opening' },
  { kind: 'channelMessage', id: 2, message: body },
  { kind: 'channelClose', id: 2, close: { code: 1000, reason: '' } },
  { kind: 'channelPing', id: 2, ping: 1 },
];

describe('what a practice worker is told', () => {
  it('is taken when it is of the protocol', () => {
    for (const message of messages) assert.equal(readWorkerMessage(message), message);
  });

  it('is dropped when any member is of another type', () => {
    for (const message of messages)
      for (const name of Object.keys(message))
        for (const wrong of [undefined, null, true])
          assert.equal(readWorkerMessage({ ...message, [name]: wrong }), undefined, `${message.kind} ${name}`);
    for (const name of Object.keys(request))
      assert.equal(readWorkerMessage({ kind: 'request', id: 1, request: { ...request, [name]: 5 } }), undefined, name);
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.anything(), value => readWorkerMessage(value) === undefined));
  });
});
