import assert from 'node:assert/strict';
import { encodeAcknowledgement, readAcknowledgedNumber } from '../../../../src/ssm/payloads/acknowledge';
import { encodeChannelClosed, readClosingOutput } from '../../../../src/ssm/payloads/channelClosed';
import { encodeEncryptionChallenge, readEncryptionChallenge } from '../../../../src/ssm/payloads/encryptionChallenge';
import { readExitCode } from '../../../../src/ssm/payloads/exitCode';
import {
  encodeHandshakeComplete,
  encodeHandshakeRequest,
  readCustomerMessage,
  readHandshakeRequest,
  readHandshakeResponse,
} from '../../../../src/ssm/payloads/handshake';
import { encodePortFlag, PortFlag, readPortFlag } from '../../../../src/ssm/payloads/portFlag';
import { readSessionKeyResult, sessionKeyContext, sessionKeyResult } from '../../../../src/ssm/payloads/sessionKey';
import { encodeTerminalSize, readTerminalSize } from '../../../../src/ssm/payloads/terminalSize';
import { encodeVector, encryptionVectors, fromHex } from '../../../support/ssmVectors';

const payloadOf = (name: string) => fromHex(encodeVector(name).fields!.PayloadHex);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('payloads of the data channel', () => {
  it('writes the acknowledgement of output as the official client does', () => {
    const payload = encodeAcknowledgement({
      messageType: 'output_stream_data',
      messageId: '01234567-89ab-4def-9edc-ba9876543210',
      sequenceNumber: 7n,
    });
    assert.equal(textOf(payload), encodeVector('ack-of-output').payloadText);
  });

  it('reads acknowledged numbers, over 2^53 as well', () => {
    assert.equal(readAcknowledgedNumber(payloadOf('ack-of-input')), 42n);
    const large = encodeAcknowledgement({ messageType: 'x', messageId: 'y', sequenceNumber: 9007199254740993n });
    assert.equal(readAcknowledgedNumber(large), 9007199254740993n);
    assert.equal(readAcknowledgedNumber(bytesOf('{"IsSequentialMessage":true}')), undefined);
  });

  it('reads what the agent tells the customer at the end of a handshake', () => {
    assert.equal(readCustomerMessage(payloadOf('handshake-complete')), '');
    assert.equal(readCustomerMessage(payloadOf('handshake-complete-kms')), 'This session is encrypted using AWS KMS.');
  });

  it('asks for the session type, and for a key, as the official agent does', () => {
    const agentVersion = '3.3.987.0';
    const plain = { agentVersion, sessionType: 'NonInteractiveCommands', properties: null, encryption: undefined };
    assert.equal(textOf(encodeHandshakeRequest(plain)), encodeVector('handshake-request-sessiontype').payloadText);
    const encryption = {
      keyId: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      challenge: 'AAECAwQFBgcICQoLDA0ODw==',
    };
    const encrypted = { ...plain, sessionType: 'InteractiveCommands', encryption };
    assert.equal(textOf(encodeHandshakeRequest(encrypted)), encodeVector('handshake-request-kms').payloadText);
  });

  it('reads what the official client answers, failures and its slip with unknown actions too', () => {
    const read = (name: string) => readHandshakeResponse(payloadOf(name));
    assert.deepEqual(read('handshake-response-ok'), {
      clientVersion: '1.2.677.0',
      actions: [{ type: 'SessionType', status: 1, result: null, error: '' }],
    });
    assert.equal(read('handshake-response-kms-failed')?.actions[1]?.status, 2);
    assert.deepEqual(read('handshake-response-unknown-action')?.actions[0], {
      type: 'SomethingNew',
      status: 0,
      result: 3,
      error: 'Unsupported action SomethingNew',
    });
    assert.deepEqual(readHandshakeResponse(bytesOf('{}')), { clientVersion: '', actions: [] });
    assert.equal(readHandshakeResponse(bytesOf('[]')), undefined);
  });

  it('ends a handshake as the official agent does', () => {
    const text = (name: string) => encodeVector(name).payloadText;
    assert.equal(textOf(encodeHandshakeComplete(246.993163, '')), text('handshake-complete'));
    const encrypted = encodeHandshakeComplete(246.993163, 'This session is encrypted using AWS KMS.');
    assert.equal(textOf(encrypted), text('handshake-complete-kms'));
  });

  it('writes and reads challenges as both official ends do', () => {
    const challenge = readEncryptionChallenge(payloadOf('enc-challenge-request'));
    assert.equal(challenge?.length, 92);
    assert.equal(textOf(encodeEncryptionChallenge(challenge!)), encodeVector('enc-challenge-response').payloadText);
    for (const text of ['{}', '{"Challenge":7}', '{"Challenge":"?"}']) {
      assert.equal(readEncryptionChallenge(bytesOf(text)), undefined);
    }
  });

  it('reads the key of the official client, and writes it in its field order', () => {
    const result = readHandshakeResponse(payloadOf('handshake-response-kms-ok'))?.actions[1]?.result;
    const answer = readSessionKeyResult(result);
    assert.ok(answer);
    assert.equal(textOf(answer.ciphertextBlob), 'fake-kms-ciphertext-blob');
    assert.equal(answer.isChallengeBound, false);
    assert.equal(JSON.stringify(sessionKeyResult(answer)), JSON.stringify(result));
    assert.equal(readSessionKeyResult(sessionKeyResult({ ...answer, isChallengeBound: true }))?.isChallengeBound, true);
    assert.equal(readSessionKeyResult({ KMSCipherTextKey: '?' }), undefined);
  });

  it('binds a data key to the session and its target, and to the challenge where there is one', () => {
    const session = { sessionId: 'student-0123456789abcdef0', targetId: 'i-0123456789abcdef0' };
    assert.deepEqual(sessionKeyContext(session), encryptionVectors.generateDataKeyRequest.EncryptionContext);
    assert.equal(sessionKeyContext({ ...session, challenge: 'AA==' })['aws:ssm:RandomChallenge'], 'AA==');
  });

  it('writes and reads the flags of port sessions as the official client does', () => {
    assert.deepEqual(encodePortFlag(PortFlag.disconnectToPort), payloadOf('input-flag-disconnect'));
    assert.equal(readPortFlag(payloadOf('input-flag-terminate')), PortFlag.terminateSession);
    assert.equal(readPortFlag(Uint8Array.of(0, 0, 1)), undefined);
  });

  it('takes a handshake request that is no such thing for none', () => {
    for (const text of ['', 'null', '[]', '{"RequestedClientActions":{}}', '{']) {
      assert.equal(readHandshakeRequest(bytesOf(text)), undefined);
    }
  });

  it('writes and reads a terminal size', () => {
    assert.equal(textOf(encodeTerminalSize({ columns: 120, rows: 40 })), encodeVector('input-size').payloadText);
    assert.deepEqual(readTerminalSize(payloadOf('input-size')), { columns: 120, rows: 40 });
    for (const text of ['{"cols":-1,"rows":2}', '{"cols":1.5,"rows":2}', '{"cols":"1","rows":2}', '7', 'x']) {
      assert.equal(readTerminalSize(bytesOf(text)), undefined);
    }
  });

  it('writes channel_closed as the service does, and reads its reason', () => {
    const { payloadText } = encodeVector('channel-closed-timeout');
    const payload = encodeChannelClosed({
      messageId: 'e61ab986-c9c4-4b9c-a557-0c7fe13ee4c5',
      createdMs: Date.parse('2026-11-21T09:24:34.917Z'),
      destinationId: '9eb2aa6d-936c-44a9-80aa-2c163fd558d8',
      sessionId: 'student-0123456789abcdef0',
      output: 'Your session timed out due to inactivity and has been terminated.',
    });
    assert.equal(textOf(payload), payloadText);
    assert.match(readClosingOutput(payload), /timed out due to inactivity/);
    assert.equal(readClosingOutput(payloadOf('channel-closed')), '');
    assert.equal(readClosingOutput(bytesOf('not json')), '');
  });

  it('reads an exit code', () => {
    assert.equal(readExitCode(payloadOf('output-exitcode')), 1);
    assert.equal(readExitCode(bytesOf('EXIT_CODE: -1\n')), -1);
    assert.equal(readExitCode(bytesOf('exit 1')), undefined);
  });
});
