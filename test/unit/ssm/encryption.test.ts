import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readSessionDocument } from '../../../src/simulator/agent/sessionDocument';
import type { SessionEnd } from '../../../src/ssm/channelStatus';
import { readFrame } from '../../../src/ssm/frameCodec';
import { openSession, type Session } from '../../../src/ssm/session';
import { type Fault, FaultyChannel } from '../../support/faultyChannel';
import { PracticeSessions, target } from '../../support/practiceSessions';
import { runFor, runUntil } from '../../support/runTimeline';

const shell = { name: 'SSM-SessionManagerRunShell' } as const;
const inputs = { kmsKeyId: 'alias/sessions' };
const preferences = readSessionDocument(
  JSON.stringify({ schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs }),
);

/** Hands out keys and takes them back, if the context is the same. */
class KeyService {
  readonly #keys = new Map<string, { readonly context: string; readonly plaintext: Uint8Array }>();

  serve(world: PracticeSessions): void {
    world.generateDataKey = async (keyId, context) => {
      const name = `${keyId} ${this.#keys.size}`;
      const plaintext = new Uint8Array(createHash('sha512').update(name).digest());
      this.#keys.set(name, { context: JSON.stringify(context), plaintext });
      return { plaintext, ciphertextBlob: new TextEncoder().encode(name) };
    };
    world.decryptDataKey = async ({ ciphertextBlob, encryptionContext }) => {
      const found = this.#keys.get(new TextDecoder().decode(ciphertextBlob));
      if (found?.context !== JSON.stringify(encryptionContext)) throw new Error('InvalidCiphertextException');
      return found.plaintext;
    };
  }
}

describe('our end of an encrypted session', () => {
  let world: PracticeSessions;
  let received: string;
  let end: SessionEnd | undefined;

  beforeEach(() => {
    world = new PracticeSessions();
    world.documents.set(shell.name, preferences);
    received = '';
    end = undefined;
  });

  async function open(): Promise<Session> {
    const session = await openSession(world.gateway, target, shell, { ports: world.ports });
    session.onOutput(({ bytes }) => {
      received += new TextDecoder().decode(bytes);
    });
    session.onClose(closed => {
      end = closed;
    });
    return session;
  }

  it('shows what the agent says and types what we say; nobody between can read either', async () => {
    new KeyService().serve(world);
    const wire: string[] = [];
    const listen: Fault = message => {
      const reading = typeof message === 'string' ? undefined : readFrame(message);
      if (reading?.ok) wire.push(Buffer.from(reading.frame.payload).toString('latin1'));
      return [message];
    };
    world.wrap = transport => new FaultyChannel(transport, { incoming: listen, outgoing: listen });
    const session = await open();
    session.write(new TextEncoder().encode('early keys'));
    await runUntil(world.timeline, () => world.guest.terminals.length > 0, 5_000);
    world.terminal.show('secret output');
    await runFor(world.timeline, 2_000);
    session.write(new TextEncoder().encode(', late keys'));
    await runFor(world.timeline, 500);
    assert.equal(received, 'secret output');
    assert.equal(Buffer.from(world.terminal.keys).toString(), 'early keys, late keys');
    assert.ok(wire.every(payload => !/secret|early|late/.test(payload)));
    assert.deepEqual(world.terminal.sizes, [[300, 100]]);
    session.dispose();
  });

  it('tells the sentence of the agent that the session is encrypted', async () => {
    new KeyService().serve(world);
    const session = await open();
    const notices: string[] = [];
    session.onStatus(status => {
      if (status.kind === 'notice') notices.push(status.text);
    });
    await runFor(world.timeline, 1_000);
    assert.deepEqual(notices, ['This session is encrypted using AWS KMS.']);
    session.dispose();
  });

  it('survives a lost link with its key', async () => {
    new KeyService().serve(world);
    world.wrap = transport => new FaultyChannel(transport);
    const session = await open();
    await runUntil(world.timeline, () => world.guest.terminals.length > 0, 5_000);
    world.terminal.show('before ');
    await runFor(world.timeline, 2_000);
    (world.channels.at(-1) as FaultyChannel).cut();
    world.terminal.show('after');
    await runUntil(world.timeline, () => received === 'before after', 20_000);
    session.dispose();
  });

  it('ends with the reason when we may not have a key', async () => {
    await open();
    await runUntil(world.timeline, () => end !== undefined, 30_000);
    assert.equal(end?.cause, 'failed');
    assert.match(end?.reason ?? '', /KMSEncryption failed on client with status 2 error: .*no such key/);
  });

  it('ends with the reason when the instance may not decrypt it', async () => {
    new KeyService().serve(world);
    world.decryptDataKey = () => Promise.reject(new Error('AccessDeniedException'));
    await open();
    await runUntil(world.timeline, () => end !== undefined, 30_000);
    assert.match(end?.reason ?? '', /Error when decrypting data key AccessDeniedException/);
  });
});
