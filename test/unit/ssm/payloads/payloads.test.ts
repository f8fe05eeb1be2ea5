import assert from 'node:assert/strict';
import { answerHandshake } from '../../../../src/ssm/handshakeAnswers';
import { encodeAcknowledgement, readAcknowledgedNumber } from '../../../../src/ssm/payloads/acknowledge';
import { encodeChannelClosed, readClosingOutput } from '../../../../src/ssm/payloads/channelClosed';
import { readExitCode } from '../../../../src/ssm/payloads/exitCode';
import {
  encodeHandshakeResponse,
  readCustomerMessage,
  readHandshakeRequest,
} from '../../../../src/ssm/payloads/handshake';
import { encodeTerminalSize, readTerminalSize } from '../../../../src/ssm/payloads/terminalSize';
import { encodeVector, fromHex } from '../../../support/ssmVectors';

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

  it('answers a session type as the official client does', () => {
    const request = readHandshakeRequest(payloadOf('handshake-request-sessiontype'));
    assert.ok(request);
    assert.equal(request.agentVersion, '3.3.987.0');
    const response = encodeHandshakeResponse('1.2.677.0', answerHandshake(request));
    assert.equal(textOf(response), encodeVector('handshake-response-ok').payloadText);
  });

  it('answers an action it does not know with status unsupported and an error that names it', () => {
    const request = readHandshakeRequest(payloadOf('handshake-request-kms'));
    assert.ok(request);
    const response = JSON.parse(textOf(encodeHandshakeResponse('1.2.764.0', answerHandshake(request))));
    assert.deepEqual(response.ProcessedClientActions[1], {
      ActionType: 'KMSEncryption',
      ActionStatus: 3,
      ActionResult: null,
      Error: 'Unsupported action KMSEncryption',
    });
    assert.deepEqual(response.Errors, ['Unsupported action KMSEncryption']);
  });

  it('reads what the agent tells the customer at the end of a handshake', () => {
    assert.equal(readCustomerMessage(payloadOf('handshake-complete')), '');
    assert.equal(readCustomerMessage(payloadOf('handshake-complete-kms')), 'This session is encrypted using AWS KMS.');
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
