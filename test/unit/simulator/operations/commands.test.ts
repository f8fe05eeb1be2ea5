import assert from 'node:assert/strict';
import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import {
  CancelCommandCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
} from '@aws-sdk/client-ssm';
import { CloudGuest } from '../../../support/cloudGuest';
import { startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

function setUp() {
  const test = startTestCloud();
  const { ssm, ec2 } = test.clients();
  const region = [...test.cloud.world.regions].find(({ place }) => place.accountId === '444455556666');
  const [instance] = [...(region?.instances.values() ?? [])];
  assert.ok(region && instance);
  const guest = new CloudGuest(test);
  const send = async (commands: string[], more: Partial<SendCommandCommandInput> = {}) => {
    const { Command } = await ssm.send(
      new SendCommandCommand({
        DocumentName: 'AWS-RunShellScript',
        ...(more.Targets ? {} : { InstanceIds: [instance.id] }),
        ...more,
        Parameters: { commands, ...more.Parameters },
      }),
    );
    return Command;
  };
  const result = (CommandId: string | undefined) =>
    ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId: instance.id }));
  const pause = (durationMs: number) => guest.pause(durationMs);
  return { test, ssm, ec2, instance, send, result, pause };
}

describe('a command', () => {
  it('runs as root, and its output is there afterwards', async () => {
    const { ssm, instance, send, result, pause } = setUp();
    const command = await send(['whoami', 'echo to the other >&2', 'pwd']);
    assert.deepEqual([command?.Status, command?.TargetCount, command?.CompletedCount], ['Pending', 1, 0]);
    assert.equal(await codeOf(result(command?.CommandId)), 'InvocationDoesNotExist');
    await pause(3000);
    const done = await result(command?.CommandId);
    assert.deepEqual([done.Status, done.ResponseCode], ['Success', 0]);
    assert.equal(done.StandardOutputContent, 'root\n/usr/bin\n');
    assert.equal(done.StandardErrorContent, 'to the other\n');
    assert.match(done.ExecutionElapsedTime ?? '', /^PT[\d.]+S$/);
    const { Commands } = await ssm.send(new ListCommandsCommand({ InstanceId: instance.id }));
    assert.deepEqual([Commands?.[0]?.Status, Commands?.[0]?.CompletedCount], ['Success', 1]);
    const { CommandInvocations } = await ssm.send(new ListCommandInvocationsCommand({ Details: true }));
    assert.equal(
      CommandInvocations?.[0]?.CommandPlugins?.[0]?.Output,
      'root\n/usr/bin\n\n----------ERROR-------\nto the other\n',
    );
  });

  it('that fails tells its exit status', async () => {
    const { send, result, pause } = setUp();
    const command = await send(['echo before', 'exit 3']);
    await pause(3000);
    const { Status, StatusDetails, ResponseCode, StandardErrorContent } = await result(command?.CommandId);
    assert.deepEqual([Status, StatusDetails, ResponseCode], ['Failed', 'Failed', 3]);
    assert.equal(StandardErrorContent, 'failed to run commands: exit status 3');
  });

  it('begins in the directory that it was given', async () => {
    const { send, result, pause } = setUp();
    const command = await send(['pwd'], { Parameters: { workingDirectory: ['/tmp'] } });
    await pause(3000);
    assert.equal((await result(command?.CommandId)).StandardOutputContent, '/tmp\n');
  });

  it('keeps 24 000 characters of its output', async () => {
    const { send, result, pause } = setUp();
    const command = await send(['seq 1 9000']);
    await pause(5000);
    const { StandardOutputContent = '' } = await result(command?.CommandId);
    assert.equal(StandardOutputContent.length, 24_000 + '\n---Output truncated---'.length);
  });

  it('can be cancelled, and does not run longer than it may', async () => {
    const { ssm, send, result, pause } = setUp();
    const cancelled = await send(['sleep 600']);
    const limited = await send(['sleep 600'], { Parameters: { executionTimeout: ['5'] } });
    await pause(2000);
    assert.equal((await result(cancelled?.CommandId)).Status, 'InProgress');
    await ssm.send(new CancelCommandCommand({ CommandId: cancelled?.CommandId }));
    assert.equal((await result(cancelled?.CommandId)).Status, 'Cancelled');
    await pause(6000);
    const { Status, StatusDetails } = await result(limited?.CommandId);
    assert.deepEqual([Status, StatusDetails], ['TimedOut', 'ExecutionTimedOut']);
  });

  it('finds its instances by their tags', async () => {
    const { ec2, instance, send, result, pause } = setUp();
    await ec2.send(new CreateTagsCommand({ Resources: [instance.id], Tags: [{ Key: 'lab', Value: 'one' }] }));
    const found = await send(['true'], { Targets: [{ Key: 'tag:lab', Values: ['one'] }] });
    assert.equal(found?.TargetCount, 1);
    const none = await send(['true'], { Targets: [{ Key: 'tag:lab', Values: ['two'] }] });
    assert.deepEqual([none?.TargetCount, none?.StatusDetails], [0, 'NoInstancesInTag']);
    await pause(3000);
    assert.equal((await result(found?.CommandId)).Status, 'Success');
  });

  it('is refused for who is no managed instance, and for other documents', async () => {
    const { send } = setUp();
    const InstanceIds = ['i-00000000000000001'];
    const { code, message } = await refusalOf(send(['true'], { InstanceIds }));
    assert.equal(code, 'InvalidInstanceId');
    assert.equal(message, 'Instances [[i-00000000000000001]] not in a valid state for account 444455556666');
    assert.equal(await codeOf(send(['true'], { DocumentName: 'nothing' })), 'InvalidDocument');
    assert.equal(await codeOf(send([])), 'InvalidParameters');
    const { message: text } = await refusalOf(send(['true'], { DocumentName: 'AWS-RunPatchBaseline' }));
    assert.equal(text, 'The practice cloud does not run the document AWS-RunPatchBaseline.');
  });
});
