import assert from 'node:assert/strict';
import {
  AssociateIamInstanceProfileCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  DisassociateIamInstanceProfileCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DetachRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { DescribeInstanceInformationCommand } from '@aws-sdk/client-ssm';
import { startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const minuteMs = 60_000;
const imageParameter = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
const corePolicy = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

/** A pace keeps a simulated hour within the 15 minutes for which a signature is good. */
function startRig(pace = 1) {
  const cloud = startTestCloud('default-vpc', pace);
  const { ec2, iam, ssm } = cloud.clients();
  const pass = (durationMs: number) => cloud.timeline.advanceTo(cloud.timeline.now() + durationMs / pace);
  const run = async (change: Partial<RunInstancesCommandInput> = {}) => {
    const input = { ImageId: imageParameter, InstanceType: 't3.micro' as const, MinCount: 1, MaxCount: 1, ...change };
    const { Instances } = await ec2.send(new RunInstancesCommand(input));
    return Instances?.[0]?.InstanceId ?? '';
  };
  const find = async (InstanceId: string) => {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }));
    return Reservations?.[0]?.Instances?.[0];
  };
  const makeRole = async (name: string, service = 'ec2.amazonaws.com') => {
    await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust(service) }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: corePolicy }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
  };
  const pings = async () => {
    const { InstanceInformationList } = await ssm.send(new DescribeInstanceInformationCommand({}));
    return InstanceInformationList?.map(({ InstanceId, PingStatus }) => [InstanceId, PingStatus]);
  };
  return { cloud, ec2, iam, ssm, pass, run, find, makeRole, pings };
}

describe('instances', () => {
  it('go from pending over running to status checks that pass', async () => {
    const { ec2, pass, run, find } = startRig();
    const id = await run();
    assert.equal((await find(id))?.State?.Name, 'pending');
    pass(30_000);
    const running = await find(id);
    assert.equal(running?.State?.Name, 'running');
    assert.equal(running?.State?.Code, 16);
    const status = async () => {
      const { InstanceStatuses } = await ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [id] }));
      return InstanceStatuses?.[0]?.InstanceStatus?.Status;
    };
    assert.equal(await status(), 'initializing');
    pass(4 * minuteMs);
    assert.equal(await status(), 'ok');
  });

  it('get an address of their subnet, a public one, and names for both', async () => {
    const { run, find, ec2 } = startRig();
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    const subnet = Subnets?.[1];
    const instance = await find(await run({ SubnetId: subnet?.SubnetId }));
    const [third = ''] = subnet?.CidrBlock?.split('.').slice(2) ?? [];
    assert.match(instance?.PrivateIpAddress ?? '', /^172\.31\./);
    assert.ok(Number(instance?.PrivateIpAddress?.split('.')[2]) - Number(third) < 16);
    assert.equal(
      instance?.PrivateDnsName,
      `ip-${instance?.PrivateIpAddress?.replaceAll('.', '-')}.ap-south-1.compute.internal`,
    );
    assert.equal(
      instance?.PublicDnsName,
      `ec2-${instance?.PublicIpAddress?.replaceAll('.', '-')}.ap-south-1.compute.amazonaws.com`,
    );
    const after = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnet?.SubnetId ?? ''] }));
    assert.equal(after.Subnets?.[0]?.AvailableIpAddressCount, (subnet?.AvailableIpAddressCount ?? 0) - 1);
  });

  it('stop and start with a new public address, and stay in the lists an hour after termination', async () => {
    const { ec2, pass, run, find } = startRig(60);
    const id = await run();
    const InstanceIds = [id];
    assert.equal(await codeOf(ec2.send(new StopInstancesCommand({ InstanceIds }))), 'IncorrectInstanceState');
    pass(minuteMs);
    const before = (await find(id))?.PublicIpAddress;
    const { StoppingInstances } = await ec2.send(new StopInstancesCommand({ InstanceIds }));
    assert.deepEqual(
      [StoppingInstances?.[0]?.PreviousState?.Name, StoppingInstances?.[0]?.CurrentState?.Name],
      ['running', 'stopping'],
    );
    pass(minuteMs);
    assert.deepEqual([(await find(id))?.State?.Name, (await find(id))?.PublicIpAddress], ['stopped', undefined]);
    await ec2.send(new StartInstancesCommand({ InstanceIds }));
    pass(minuteMs);
    assert.notEqual((await find(id))?.PublicIpAddress, before);
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    assert.equal((await find(id))?.State?.Name, 'shutting-down');
    pass(minuteMs);
    assert.equal((await find(id))?.State?.Name, 'terminated');
    pass(61 * minuteMs);
    assert.equal(await codeOf(find(id)), 'InvalidInstanceID.NotFound');
  });

  it('refuse unknown images, types, keys and profiles', async () => {
    const { run } = startRig();
    assert.equal(await codeOf(run({ ImageId: 'ami-0123456789abcdef0' })), 'InvalidAMIID.NotFound');
    assert.equal(await codeOf(run({ ImageId: 'resolve:ssm:/nothing/here' })), 'InvalidParameterValue');
    assert.equal(await codeOf(run({ InstanceType: 'huge' as never })), 'InvalidParameterValue');
    assert.equal(await codeOf(run({ InstanceType: 't4g.micro' })), 'InvalidParameterValue');
    assert.equal(await codeOf(run({ KeyName: 'mine' })), 'InvalidKeyPair.NotFound');
    assert.equal(await codeOf(run({ SecurityGroupIds: ['sg-0123456789abcdef0'] })), 'InvalidGroup.NotFound');
    assert.equal(await codeOf(run({ IamInstanceProfile: { Name: 'nobody' } })), 'InvalidParameterValue');
    const both = { SubnetId: 'subnet-0123456789abcdef0', NetworkInterfaces: [{ DeviceIndex: 0 }] };
    assert.equal(await codeOf(run(both)), 'InvalidParameterCombination');
  });

  it('are launched once for one client token', async () => {
    const { run, ec2 } = startRig();
    const id = await run({ ClientToken: 'once' });
    assert.equal(await run({ ClientToken: 'once' }), id);
    assert.equal(await codeOf(run({ ClientToken: 'once', MaxCount: 2 })), 'IdempotentParameterMismatch');
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
    assert.equal(Reservations?.length, 1);
  });

  it('do not take a profile that IAM made seconds ago', async () => {
    const { run, pass, makeRole } = startRig();
    await makeRole('fresh');
    const { code, message } = await refusalOf(run({ IamInstanceProfile: { Name: 'fresh' } }));
    assert.equal(code, 'InvalidParameterValue');
    assert.equal(
      message,
      'Value (fresh) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
    );
    pass(15_000);
    assert.ok(await run({ IamInstanceProfile: { Name: 'fresh' } }));
  });

  it('come online in Session Manager with the right role, and are lost without it', async () => {
    const { iam, run, pass, makeRole, pings } = startRig();
    await makeRole('managed');
    pass(15_000);
    const id = await run({ IamInstanceProfile: { Name: 'managed' } });
    assert.deepEqual(await pings(), []);
    pass(2 * minuteMs);
    assert.deepEqual(await pings(), [[id, 'Online']]);
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'managed', PolicyArn: corePolicy }));
    pass(5 * minuteMs);
    assert.deepEqual(await pings(), [[id, 'ConnectionLost']]);
  });

  it('never come online with a role that trusts somebody else, or without a public address', async () => {
    const { run, pass, makeRole, pings } = startRig();
    await makeRole('wrong', 'lambda.amazonaws.com');
    await makeRole('right');
    pass(15_000);
    await run({ IamInstanceProfile: { Name: 'wrong' } });
    const NetworkInterfaces = [{ DeviceIndex: 0, AssociatePublicIpAddress: false }];
    await run({ IamInstanceProfile: { Name: 'right' }, NetworkInterfaces });
    pass(10 * minuteMs);
    assert.deepEqual(await pings(), []);
  });

  it('take a profile later, and give it back', async () => {
    const { ec2, run, pass, makeRole, find, pings } = startRig();
    await makeRole('later');
    const InstanceId = await run();
    pass(minuteMs);
    const associate = () =>
      ec2.send(new AssociateIamInstanceProfileCommand({ InstanceId, IamInstanceProfile: { Name: 'later' } }));
    await associate();
    assert.equal(await codeOf(associate()), 'IncorrectState');
    assert.match((await find(InstanceId))?.IamInstanceProfile?.Arn ?? '', /instance-profile\/later$/);
    pass(2 * minuteMs);
    assert.deepEqual(await pings(), [[InstanceId, 'Online']]);
    const { IamInstanceProfileAssociations } = await ec2.send(new DescribeIamInstanceProfileAssociationsCommand({}));
    const AssociationId = IamInstanceProfileAssociations?.[0]?.AssociationId;
    await ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId }));
    assert.equal((await find(InstanceId))?.IamInstanceProfile, undefined);
  });
});
