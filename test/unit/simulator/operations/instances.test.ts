import assert from 'node:assert/strict';
import {
  AssociateIamInstanceProfileCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DisassociateIamInstanceProfileCommand,
  type EC2Client,
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
import { DescribeInstanceInformationCommand, GetParametersCommand } from '@aws-sdk/client-ssm';
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

async function firstSubnetIn(ec2: EC2Client, zone: string): Promise<string> {
  const Filters = [{ Name: 'availability-zone', Values: [zone] }];
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  return Subnets?.[0]?.SubnetId ?? '';
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

  it('start without a public address when they were launched without one', async () => {
    const { cloud, ec2, pass, run, find } = startRig(60);
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
    const own = { DeviceIndex: 0, SubnetId: Subnets?.[0]?.SubnetId, AssociatePublicIpAddress: false };
    const id = await run({ NetworkInterfaces: [own] });
    pass(minuteMs);
    await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
    pass(minuteMs);
    await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));
    pass(minuteMs);
    assert.equal((await find(id))?.State?.Name, 'running');
    assert.equal((await find(id))?.PublicIpAddress, undefined);
    cloud.cloud.dispose();
  });

  it('go to the zone that is asked for, and tag their interface too', async () => {
    const { ec2, run, find } = startRig();
    const interfaceTags = { ResourceType: 'network-interface' as const, Tags: [{ Key: 'of', Value: 'interface' }] };
    const ownTags = { ResourceType: 'instance' as const, Tags: [{ Key: 'of', Value: 'instance' }] };
    const zone = { AvailabilityZone: 'ap-south-1c' };
    const id = await run({ Placement: zone, TagSpecifications: [interfaceTags, ownTags] });
    const found = await find(id);
    assert.equal(found?.Placement?.AvailabilityZone, 'ap-south-1c');
    assert.deepEqual(found?.Tags, ownTags.Tags);
    const Filters = [{ Name: 'tag:of', Values: ['interface'] }];
    const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
    assert.deepEqual(
      NetworkInterfaces?.map(item => item.Attachment?.InstanceId),
      [id],
    );
    assert.equal(await codeOf(run({ Placement: { AvailabilityZone: 'ap-south-1z' } })), 'InvalidParameterValue');
    const elsewhere = { Placement: zone, SubnetId: await firstSubnetIn(ec2, 'ap-south-1a') };
    assert.equal(await codeOf(run(elsewhere)), 'InvalidParameter');
  });

  it('are as many as the subnet has room for, from the least to the most wanted', async () => {
    const { ec2, run } = startRig();
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/24' }));
    const subnet = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.1.0.0/28' }));
    const SubnetId = subnet.Subnet?.SubnetId;
    assert.equal(await codeOf(run({ SubnetId, MinCount: 12, MaxCount: 20 })), 'InsufficientFreeAddressesInSubnet');
    await run({ SubnetId, MinCount: 2, MaxCount: 20 });
    const Filters = [{ Name: 'subnet-id', Values: [SubnetId ?? ''] }];
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ Filters }));
    assert.equal(Reservations?.[0]?.Instances?.length, 11);
  });

  it('refuse what would make others of them, and the network twice', async () => {
    const { ec2, run } = startRig();
    assert.equal(await codeOf(run({ CpuOptions: { CoreCount: 2 } })), 'UnsupportedOperation');
    assert.equal(await codeOf(run({ LaunchTemplate: { LaunchTemplateName: 'mine' } })), 'UnsupportedOperation');
    await run({ DisableApiTermination: false, Ipv6AddressCount: 0 });
    const own = { DeviceIndex: 0, SubnetId: await firstSubnetIn(ec2, 'ap-south-1a') };
    const twice = run({ NetworkInterfaces: [own], SecurityGroups: ['default'] });
    assert.equal(await codeOf(twice), 'InvalidParameterCombination');
  });

  it('have images by parameters, ten at a time', async () => {
    const { ssm } = startRig();
    const [Name = ''] = imageParameter.split(':').slice(2);
    const { Parameters, InvalidParameters } = await ssm.send(new GetParametersCommand({ Names: [Name, '/other'] }));
    assert.deepEqual([Parameters?.length, InvalidParameters], [1, ['/other']]);
    const Names = Array.from({ length: 11 }, (_, index) => `/other/${index}`);
    assert.equal(await codeOf(ssm.send(new GetParametersCommand({ Names }))), 'ValidationException');
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
