import assert from 'node:assert/strict';
import { CreateSecurityGroupCommand, CreateVpcEndpointCommand, DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { AttachRolePolicyCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateDocumentCommand } from '@aws-sdk/client-ssm';
import { runOnInstance } from '../../../src/app/operations/runOnInstance';
import type { InstanceId } from '../../../src/core/ids';
import { openSession } from '../../../src/ssm/session';
import { clientsOf, sdkHandler } from '../../support/practice';
import { PracticeScopes } from '../../support/practiceScopes';

describe('a session that AWS KMS encrypts, with our client, the real SDK and the practice cloud', function () {
  this.timeout(60_000);
  let practice: PracticeScopes;
  let instanceId: InstanceId;

  before(() => PracticeScopes.load());

  beforeEach(async () => {
    practice = new PracticeScopes();
    await practice.pass(120_000);
    const gateways = await practice.consumer.gateways();
    instanceId = (await practice.run(gateways.instances.listInstances()))[0]?.id as InstanceId;
    await encryptSessions();
  });

  afterEach(() => practice.dispose());

  const clockOffset = () => ({ systemClockOffset: practice.timeline.now() - Date.now() });

  async function encryptSessions(): Promise<void> {
    const { ssm } = clientsOf(practice.cloud, 1, clockOffset());
    const { accessKeyId = '', secretAccessKey = '' } = practice.cloud.accounts[1] ?? {};
    const kms = new KMSClient({
      region: 'ap-south-1',
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: sdkHandler(practice.cloud.handle),
      ...clockOffset(),
    });
    const { KeyMetadata } = await practice.run(kms.send(new CreateKeyCommand({})));
    const inputs = { kmsKeyId: KeyMetadata?.Arn };
    const Content = JSON.stringify({ schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs });
    const document = { Name: 'SSM-SessionManagerRunShell', Content, DocumentType: 'Session' } as const;
    await practice.run(ssm.send(new CreateDocumentCommand(document)));
  }

  async function letInstanceDecrypt(): Promise<void> {
    const { iam } = clientsOf(practice.cloud, 1, clockOffset());
    const { Roles = [] } = await practice.run(iam.send(new ListRolesCommand({})));
    for (const { RoleName } of Roles) {
      const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
      await practice.run(iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })));
    }
  }

  it('runs a command whose output nobody between can read', async () => {
    await letInstanceDecrypt();
    const { sessions } = await practice.consumer.gateways();
    const result = await practice.run(runOnInstance(sessions, instanceId, 'echo $((6*7))', { ports: practice.ports }));
    assert.deepEqual([result.exitCode, result.output.trim()], [0, '42']);
  });

  it('ends after 15 s when the instance cannot reach AWS KMS', async () => {
    await letInstanceDecrypt();
    const { ec2 } = clientsOf(practice.cloud, 1, clockOffset());
    const { Instances = [] } = (await practice.run(ec2.send(new DescribeInstancesCommand({})))).Reservations?.[0] ?? {};
    const [{ VpcId, SubnetId = '' } = {}] = Instances;
    const closed = { GroupName: 'closed', Description: 'lets nobody in', VpcId };
    const { GroupId = '' } = await practice.run(ec2.send(new CreateSecurityGroupCommand(closed)));
    const endpoint = {
      VpcEndpointType: 'Interface' as const,
      VpcId,
      ServiceName: 'com.amazonaws.ap-south-1.kms',
      SubnetIds: [SubnetId],
      SecurityGroupIds: [GroupId],
      PrivateDnsEnabled: true,
    };
    await practice.run(ec2.send(new CreateVpcEndpointCommand(endpoint)));
    await practice.pass(300_000);
    const { sessions } = await practice.consumer.gateways();
    const shell = { name: 'SSM-SessionManagerRunShell' } as const;
    const session = await practice.run(openSession(sessions, instanceId, shell, { ports: practice.ports }));
    assert.match((await practice.run(session.closed)).reason, /Handshake timed out/);
  });

  it('ends with the reason when the instance may not use the key', async () => {
    const { sessions } = await practice.consumer.gateways();
    const shell = { name: 'SSM-SessionManagerRunShell' } as const;
    const session = await practice.run(openSession(sessions, instanceId, shell, { ports: practice.ports }));
    const { cause, reason } = await practice.run(session.closed);
    assert.equal(cause, 'failed');
    assert.match(reason, /Fetching data key failed: .*AccessDeniedException: .*kms:Decrypt/s);
  });
});
