import assert from 'node:assert/strict';
import type { ChannelClose, ChannelMessage, ChannelTransport } from '../../../../src/core/ports/wire';
import { createChannelPair } from '../../../../src/simulator/agent/channelPair';
import { joinTransports } from '../../../../src/simulator/agent/joinTransports';

const turn = () => new Promise(resolve => setImmediate(resolve));

function listen(end: ChannelTransport) {
  const heard: { messages: ChannelMessage[]; close: ChannelClose | undefined } = { messages: [], close: undefined };
  end.onMessage = message => heard.messages.push(message);
  end.onClose = close => {
    heard.close = close;
  };
  return heard;
}

describe('a pair of channel ends', () => {
  it('carries messages in order, in copies, and keeps what came before anybody listened', async () => {
    const { client, service } = createChannelPair();
    const bytes = Uint8Array.of(1, 2);
    client.send('hello');
    client.send(bytes);
    bytes[0] = 9;
    await turn();
    const heard = listen(service);
    assert.deepEqual(heard.messages, ['hello', Uint8Array.of(1, 2)]);
  });

  it('closes both ends once, after what was sent before, and carries nothing afterwards', async () => {
    const { client, service } = createChannelPair();
    const heard = listen(client);
    service.send('last');
    service.close(1000, 'Bye');
    service.close(1001, 'again');
    service.send('never');
    client.send('never');
    await turn();
    assert.deepEqual(heard, { messages: ['last'], close: { code: 1000, reason: 'Bye' } });
    assert.deepEqual(listen(service).close, { code: 1000, reason: 'Bye' });
    await assert.rejects(client.ping());
  });

  it('carries nothing once it has gone dead, and tells nobody', async () => {
    const pair = createChannelPair();
    const heard = [listen(pair.client), listen(pair.service)];
    pair.client.send('on its way');
    pair.stall();
    pair.client.send('in');
    pair.service.send('out');
    const isAnswered = await Promise.race([pair.client.ping().then(() => true), turn().then(() => false)]);
    pair.service.close(1000, 'Bye');
    await turn();
    assert.deepEqual([isAnswered, heard[0]?.messages, heard[1]?.messages], [false, [], []]);
    assert.equal(heard[0]?.close, undefined);
  });

  it('answers pings while it is open', async () => {
    const { client } = createChannelPair();
    await client.ping();
  });
});

describe('joined channels', () => {
  it('pass messages and closes through both ways', async () => {
    const left = createChannelPair();
    const right = createChannelPair();
    joinTransports(left.service, right.client);
    const outer = listen(left.client);
    const inner = listen(right.service);
    left.client.send('in');
    right.service.send(Uint8Array.of(7));
    await turn();
    right.service.close(1008, 'no');
    await turn();
    assert.deepEqual(inner.messages, ['in']);
    assert.deepEqual(outer, { messages: [Uint8Array.of(7)], close: { code: 1008, reason: 'no' } });
  });

  it('turn a close without code into a normal one', async () => {
    const left = createChannelPair();
    const right = createChannelPair();
    joinTransports(left.service, right.client);
    const inner = listen(right.service);
    left.client.close(1005, '');
    await turn();
    assert.equal(inner.close?.code, 1000);
  });
});
