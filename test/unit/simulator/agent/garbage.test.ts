import fc from 'fast-check';
import { MessageType, PayloadType } from '../../../../src/ssm/frameCodec';
import { OfficialSession } from '../../../support/officialSession';

const documents: readonly [string, Readonly<Record<string, string>>][] = [
  ['AWS-StartInteractiveCommand', { command: 'cat' }],
  ['AWS-StartNonInteractiveCommand', { command: 'cat', separateOutputStream: 'true' }],
  ['AWS-StartNonInteractiveCommand', { command: 'cat' }],
  ['AWS-StartSSHSession', {}],
  ['AWS-StartPortForwardingSession', { portNumber: '8080' }],
];

describe('a session whose client sends garbage', () => {
  const payload = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 64 }),
    fc.json().map(text => Buffer.from(text)),
    fc
      .constantFrom('{"cols":1,"rows":-1}', '{"ProcessedClientActions":[null]}', '{"Challenge":"AA=="}', '\0\0\0\u0002')
      .map(text => Buffer.from(text)),
  );
  const message = fc.oneof(
    fc.record({ payloadType: fc.constantFrom(...Object.values(PayloadType), 17, 0xffffffff), payload }),
    fc.uint8Array({ maxLength: 200 }),
    fc.string(),
  );

  for (const [document, parameters] of documents) {
    it(`of ${document} (${JSON.stringify(parameters)}) goes on or ends, but never breaks`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(message, { maxLength: 15 }), async messages => {
          const session = new OfficialSession();
          session.bench.network.tcp.set('127.0.0.1:8080', (bytes, connection) => connection.reply(bytes));
          session.bench.network.tcp.set('127.0.0.1:22', (bytes, connection) => connection.reply(bytes));
          session.start(document, parameters);
          await session.wait(700);
          for (const sent of messages) {
            if (typeof sent === 'string' || sent instanceof Uint8Array) session.client.transport.send(sent);
            else session.client.sendInput(sent.payloadType, sent.payload);
          }
          await session.wait(300);
          session.world.service.terminate(session.sessionId);
          await session.end();
        }),
        { numRuns: 40 },
      );
    });
  }

  it('in acknowledgements only is not disturbed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(payload, { maxLength: 10 }), async payloads => {
        const session = new OfficialSession();
        session.start('AWS-StartInteractiveCommand', { command: 'echo unharmed' });
        await session.wait(400);
        for (const sent of payloads) session.client.sendControl(MessageType.acknowledge, sent);
        await session.until(() => session.client.textOf(1) === 'unharmed\r\n');
      }),
      { numRuns: 20 },
    );
  });
});
