import assert from 'node:assert/strict';
import { LabError } from '../../../src/core/errors';
import { answerHandshake, type SessionKeySource } from '../../../src/ssm/handshakeAnswers';
import { encodeHandshakeResponse, readHandshakeRequest } from '../../../src/ssm/payloads/handshake';
import { encodeVector, encryptionVectors, fromHex } from '../../support/ssmVectors';

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const requestOf = (name: string) => readHandshakeRequest(fromHex(encodeVector(name).fields!.PayloadHex))!;
const version = '1.2.677.0';

function source(generateDataKey: SessionKeySource['generateDataKey']): SessionKeySource {
  return { sessionId: 'student-0123456789abcdef0', targetId: 'i-0123456789abcdef0', generateDataKey };
}
const denied = source(() => Promise.reject(new Error('access denied')));

describe('answers to a handshake', () => {
  it('take a session type as the official client does', async () => {
    const request = requestOf('handshake-request-sessiontype');
    assert.equal(request.agentVersion, '3.3.987.0');
    const { answers, dataKey } = await answerHandshake(request, denied);
    assert.equal(textOf(encodeHandshakeResponse(version, answers)), encodeVector('handshake-response-ok').payloadText);
    assert.equal(dataKey, undefined);
  });

  it('ask for the key that the agent names, bound to session, target and challenge', async () => {
    const asked: unknown[] = [];
    const plaintext = fromHex(encryptionVectors.dataKeyPlaintextHex);
    const ciphertextBlob = new Uint8Array(Buffer.from(encryptionVectors.kmsCiphertextBlobBase64, 'base64'));
    const outcome = await answerHandshake(
      requestOf('handshake-request-kms'),
      source(async (...call) => {
        asked.push(call);
        return { plaintext, ciphertextBlob };
      }),
    );
    const { KeyId, EncryptionContext } = encryptionVectors.generateDataKeyRequest;
    const context = { ...EncryptionContext, 'aws:ssm:RandomChallenge': 'AAECAwQFBgcICQoLDA0ODw==' };
    assert.deepEqual(asked, [[KeyId, context]]);
    assert.equal(outcome.dataKey, plaintext);
    assert.deepEqual(outcome.answers[1], {
      type: 'KMSEncryption',
      status: 'success',
      result: {
        KMSCipherTextKey: encryptionVectors.kmsCiphertextBlobBase64,
        KMSCipherTextHash: null,
        ChallengeAcknowledgement: true,
      },
      error: '',
    });
  });

  it('bind nothing for an agent that sends no challenge, byte for byte as the official client', async () => {
    const request = requestOf('handshake-request-kms');
    const actions = request.actions.map(action =>
      action.type === 'KMSEncryption' ? { ...action, parameters: { KMSKeyId: 'key' } } : action,
    );
    const ciphertextBlob = new Uint8Array(Buffer.from('fake-kms-ciphertext-blob'));
    const keys = source(async () => ({ plaintext: new Uint8Array(64), ciphertextBlob }));
    const { answers } = await answerHandshake({ ...request, actions }, keys);
    const expected = encodeVector('handshake-response-kms-ok').payloadText;
    assert.equal(textOf(encodeHandshakeResponse(version, answers)), expected);
  });

  it('say why there is no key, as the official client does', async () => {
    const { answers, dataKey } = await answerHandshake(requestOf('handshake-request-kms'), denied);
    const expected = encodeVector('handshake-response-kms-failed').payloadText;
    assert.equal(textOf(encodeHandshakeResponse(version, answers)), expected);
    assert.equal(dataKey, undefined);
  });

  it('take no key of another length', async () => {
    const short = source(async () => ({ plaintext: new Uint8Array(32), ciphertextBlob: new Uint8Array(1) }));
    const { answers, dataKey } = await answerHandshake(requestOf('handshake-request-kms'), short);
    assert.deepEqual([answers[1]?.status, dataKey], ['failed', undefined]);
  });

  it("name AWS's error rather than ours", async () => {
    const error = new LabError('accessDenied', {}, { cloudCode: 'AccessDeniedException' });
    const { answers } = await answerHandshake(
      requestOf('handshake-request-kms'),
      source(() => Promise.reject(error)),
    );
    assert.equal(answers[1]?.error, 'Failed to process action KMSEncryption: AccessDeniedException');
  });

  it('refuse an action that they do not know with status unsupported and an error that names it', async () => {
    const request = { agentVersion: '', actions: [{ type: 'SomethingNew', parameters: null }] };
    const { answers } = await answerHandshake(request, denied);
    const response = JSON.parse(textOf(encodeHandshakeResponse(version, answers)));
    const expected = { ActionType: 'SomethingNew', ActionStatus: 3, ActionResult: null };
    assert.deepEqual(response.ProcessedClientActions, [{ ...expected, Error: 'Unsupported action SomethingNew' }]);
    assert.deepEqual(response.Errors, ['Unsupported action SomethingNew']);
  });
});
