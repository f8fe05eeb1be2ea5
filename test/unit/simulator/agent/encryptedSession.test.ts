import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readSessionDocument } from '../../../../src/simulator/agent/sessionDocument';
import type { DataKeyRequest } from '../../../../src/simulator/agent/sessionService';
import type { OfficialClientOptions } from '../../../support/officialClient';
import { OfficialSession } from '../../../support/officialSession';

const keyId = 'arn:aws:kms:ap-south-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const preferences = readSessionDocument(
  JSON.stringify({ schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs: { kmsKeyId: keyId } }),
);
const plaintext = createHash('sha512').update('a data key').digest();
const ciphertextBlob = Buffer.from('the same key, as KMS encrypted it');
const clientWithKey: Partial<OfficialClientOptions> = { generateDataKey: () => ({ plaintext, ciphertextBlob }) };

describe('a session that the account encrypts', () => {
  let session: OfficialSession;
  let asked: DataKeyRequest[];

  beforeEach(() => {
    session = new OfficialSession();
    asked = [];
    session.world.documents.set('SSM-SessionManagerRunShell', preferences);
    session.world.decryptDataKey = async request => {
      asked.push(request);
      if (!ciphertextBlob.equals(request.ciphertextBlob)) throw new Error('InvalidCiphertextException: ');
      return plaintext;
    };
  });

  it('shakes hands first, in a shell session too, and nothing of it goes in clear', async () => {
    session.start(undefined, {}, clientWithKey);
    await session.until(() => /\$ $/.test(session.client.textOf(1)));
    session.client.write('echo $((6*7))\r');
    await session.until(() => session.client.textOf(1).includes('42\r\n'));
    const { client } = session;
    assert.equal(client.handshakeComplete?.CustomerMessage, 'This session is encrypted using AWS KMS.');
    const output = client.received.filter(({ payloadType }) => payloadType === 1);
    assert.ok(
      output.length > 0 && output.every(({ payload }) => !/\$|42/.test(payload.toString('latin1').slice(12, 13))),
    );
    assert.equal(
      client.textOf(1).length,
      output.reduce((sum, { payload }) => sum + payload.length - 28, 0),
    );
  });

  it('asks for the key of the preferences, and decrypts the data key for session and target', async () => {
    session.start('AWS-StartInteractiveCommand', { command: 'true' }, clientWithKey);
    await session.end();
    const request = session.client.handshakeRequest as {
      readonly RequestedClientActions: readonly { ActionParameters: { KMSKeyId?: string; Challenge?: string } }[];
    };
    const parameters = request.RequestedClientActions[1]?.ActionParameters;
    assert.equal(parameters?.KMSKeyId, keyId);
    assert.equal(Buffer.from(parameters?.Challenge ?? '', 'base64').length, 16);
    assert.deepEqual(
      asked.map(({ keyId: key, encryptionContext }) => [key, encryptionContext]),
      [[keyId, { 'aws:ssm:SessionId': session.sessionId, 'aws:ssm:TargetId': 'i-0123456789abcdef0' }]],
    );
  });

  it('encrypts both streams and the exit code of a command', async () => {
    const parameters = { command: `sh -c 'echo out; echo err >&2; exit 3'`, separateOutputStream: 'true' };
    session.start('AWS-StartNonInteractiveCommand', parameters, clientWithKey);
    await session.end();
    assert.deepEqual(
      [1, 11, 12].map(type => session.client.textOf(type)),
      ['out\n', 'err\n', 'EXIT_CODE: 3'],
    );
    assert.ok(session.client.received.every(({ payload }) => !payload.includes('EXIT_CODE')));
  });

  it('ends with the reason when the client cannot get a key', async () => {
    session.start(undefined);
    await session.end();
    assert.equal(
      session.client.closingOutput,
      '\n----------ERROR-------\nEncountered error while initiating handshake. ' +
        'KMSEncryption failed on client with status 2 error: Failed to process action KMSEncryption: access denied',
    );
  });

  it('ends with the reason when the instance may not decrypt it', async () => {
    session.world.decryptDataKey = () => Promise.reject(new Error('AccessDeniedException: not authorized'));
    session.start(undefined, {}, clientWithKey);
    await session.end();
    assert.match(
      session.client.closingOutput ?? '',
      /Fetching data key failed: .* AccessDeniedException: not authorized$/,
    );
  });

  it('ends after 15 s when the instance cannot reach AWS KMS', async () => {
    session.world.decryptDataKey = () => new Promise(() => {});
    session.start(undefined, {}, clientWithKey);
    await session.wait(15_000);
    assert.equal(session.client.isClosed, false);
    await session.end();
    assert.match(session.client.closingOutput ?? '', /Handshake timed out\. /);
  });

  it('ends with the reason when the data key has another length', async () => {
    session.world.decryptDataKey = async () => new Uint8Array(32);
    session.start(undefined, {}, clientWithKey);
    await session.end();
    assert.match(session.client.closingOutput ?? '', /Fetching data key failed: a data key of 32 bytes$/);
  });

  it('ends after 15 s when the client has another key than the agent', async () => {
    session.start(undefined, {}, { generateDataKey: () => ({ plaintext: Buffer.alloc(64, 1), ciphertextBlob }) });
    await session.wait(15_000);
    assert.equal(session.client.isClosed, false);
    await session.end();
    assert.match(session.client.closingOutput ?? '', /Timed out waiting for encryption challenge\.$/);
  });

  it('drops input that was not encrypted, without acknowledging it', async () => {
    session.start(undefined, {}, clientWithKey);
    await session.until(() => /\$ $/.test(session.client.textOf(1)));
    session.client.sendInput(1, Buffer.from('echo never\r'));
    await session.wait(3_000);
    assert.doesNotMatch(session.client.textOf(1), /never/);
  });
});
