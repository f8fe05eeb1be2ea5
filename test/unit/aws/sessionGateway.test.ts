import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { LabError } from '../../../src/core/errors';
import { instanceId } from '../../../src/core/ids';
import type { SessionTicket } from '../../../src/core/ports/sessionGateway';
import type { ChannelTransport } from '../../../src/core/ports/wire';
import { awsConnection } from '../../support/awsConnection';
import { json, jsonError, wireCloud } from '../../support/wireCloud';

const target = instanceId('i-0123456789abcdef0');
const streamUrl =
  'wss://ssmmessages.ap-south-1.amazonaws.com/v1/data-channel/s-1?role=publish_subscribe&cell-number=A+b/c';
const ticket: SessionTicket = { sessionId: 's-1', streamUrl, token: 'token' };
const answer = json({ SessionId: 's-1', StreamUrl: streamUrl, TokenValue: 'token' });

describe('the session gateway', () => {
  it('starts a command as a list of one string', async () => {
    const cloud = wireCloud({ StartSession: answer });
    const { sessions } = createGateways(awsConnection(cloud.handle));
    const started = await sessions.startSession(target, { name: 'AWS-StartInteractiveCommand', command: "echo 'a'" });
    assert.deepEqual(started, ticket);
    assert.deepEqual(cloud.calls[0]?.parameters, {
      Target: target,
      DocumentName: 'AWS-StartInteractiveCommand',
      Parameters: { command: ["echo 'a'"] },
    });
  });

  it('says which instance is not connected', async () => {
    const cloud = wireCloud({ StartSession: jsonError('TargetNotConnected', `${target} is not connected.`) });
    const { sessions } = createGateways(awsConnection(cloud.handle));
    await assert.rejects(sessions.startSession(target, { name: 'SSM-SessionManagerRunShell' }), error => {
      assert.ok(error instanceof LabError);
      assert.deepEqual([error.code, error.parameters.instanceId], ['targetNotConnected', target]);
      return true;
    });
  });

  it('finds no session to resume when AWS knows none, gives no token, or the practice cloud is gone', async () => {
    const gone = wireCloud({ ResumeSession: jsonError('DoesNotExistException', 'Session does not exist') });
    const over = wireCloud({ ResumeSession: json({ SessionId: 's-1' }) });
    const ended = { handle: () => Promise.reject(new LabError('practiceFailed')) };
    for (const { handle } of [gone, over, ended]) {
      assert.equal(await createGateways(awsConnection(handle)).sessions.resumeSession('s-1'), undefined);
    }
  });

  it('asks AWS KMS for a key of 64 bytes, bound to its context', async () => {
    const key = json({ Plaintext: 'AQI=', CiphertextBlob: 'Aw==', KeyId: 'arn' });
    const cloud = wireCloud({ GenerateDataKey: key });
    const { sessions } = createGateways(awsConnection(cloud.handle));
    const dataKey = await sessions.generateDataKey('alias/sessions', { 'aws:ssm:SessionId': 's-1' });
    assert.deepEqual([[...dataKey.plaintext], [...dataKey.ciphertextBlob]], [[1, 2], [3]]);
    assert.deepEqual(cloud.calls[0]?.parameters, {
      KeyId: 'alias/sessions',
      NumberOfBytes: 64,
      EncryptionContext: { 'aws:ssm:SessionId': 's-1' },
    });
  });

  it('says that a key is missing when there is none in the answer', async () => {
    const cloud = wireCloud({ GenerateDataKey: json({ KeyId: 'arn' }) });
    const { sessions } = createGateways(awsConnection(cloud.handle));
    await assert.rejects(sessions.generateDataKey('key', {}), { code: 'notAnAwsEndpoint' });
  });

  it('dials with a signature by current credentials, and leaves the URL as it came', async () => {
    const dialled: unknown[] = [];
    let keys = 0;
    const connection = awsConnection(wireCloud({}).handle, {
      credentials: async () => ({ accessKeyId: `AKID${++keys}`, secretAccessKey: 's', sessionToken: 'session' }),
      openChannel: async (given, headers) => {
        dialled.push([
          given.streamUrl,
          headers['X-Amz-Security-Token'],
          /Credential=(\w+)/.exec(headers.Authorization ?? '')?.[1],
        ]);
        return {} as ChannelTransport;
      },
    });
    const { sessions } = createGateways(connection);
    await sessions.openChannel(ticket);
    await sessions.openChannel(ticket);
    assert.deepEqual(dialled, [
      [streamUrl, 'session', 'AKID1'],
      [streamUrl, 'session', 'AKID2'],
    ]);
  });

  it('logs no token and no key', async () => {
    const lines: string[] = [];
    const write = (line: string) => lines.push(line);
    const log = { debug: write, info: write, warn: write, error: write };
    const cloud = wireCloud({ StartSession: answer, TerminateSession: jsonError('InternalServerError', 'oops') });
    const { sessions } = createGateways(awsConnection(cloud.handle, { log }));
    await sessions.startSession(target, { name: 'SSM-SessionManagerRunShell' });
    assert.ok(lines.length > 0);
    assert.ok(
      lines.every(line => !/token|secret|AKID/i.test(line)),
      lines.join('\n'),
    );
  });
});
