import assert from 'node:assert/strict';
import {
  DescribeInstanceAttributeCommand,
  DescribeInstanceCreditSpecificationsCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeVolumesCommand,
  GetConsoleOutputCommand,
  type InstanceAttributeName,
  ModifyInstanceAttributeCommand,
  type ModifyInstanceAttributeCommandInput,
  ModifyInstanceMetadataOptionsCommand,
  RebootInstancesCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { type PracticeNetwork, startPracticeNetwork } from '../../../support/practiceNetwork';
import { codeOf, refusalOf } from '../../../support/refusal';

const imageId = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

async function launch(network: PracticeNetwork, change: Partial<RunInstancesCommandInput> = {}): Promise<string> {
  const { ec2, SubnetId } = network;
  const counts = { MinCount: 1, MaxCount: 1 };
  const wish = { ImageId: imageId, InstanceType: 't3.micro', SubnetId, ...counts, ...change } as const;
  const { Instances } = await ec2.send(new RunInstancesCommand(wish));
  network.pass(60_000);
  return Instances?.[0]?.InstanceId ?? '';
}

const modify = ({ ec2 }: PracticeNetwork, InstanceId: string, change: Partial<ModifyInstanceAttributeCommandInput>) =>
  ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, ...change }));

const ask = ({ ec2 }: PracticeNetwork, InstanceId: string, Attribute: InstanceAttributeName) =>
  ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute }));

describe('attributes of instances', () => {
  it('protect from termination and from stopping', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    const id = await launch(network, { DisableApiTermination: true, DisableApiStop: true });
    const terminate = () => ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    const refused = await refusalOf(terminate());
    assert.deepEqual(
      [refused.code, refused.message],
      [
        'OperationNotPermitted',
        `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      ],
    );
    assert.equal(await codeOf(ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))), 'OperationNotPermitted');
    assert.equal((await ask(network, id, 'disableApiTermination')).DisableApiTermination?.Value, true);
    await modify(network, id, { DisableApiTermination: { Value: false } });
    await modify(network, id, { Attribute: 'disableApiStop', Value: 'false' });
    assert.equal((await ask(network, id, 'disableApiStop')).DisableApiStop?.Value, false);
    await terminate();
  });

  it('hold user data and type, which change while it is stopped', async () => {
    const network = await startPracticeNetwork();
    const UserData = Buffer.from('#!/bin/bash\ntouch /here\n').toString('base64');
    const id = await launch(network, { UserData });
    assert.equal((await ask(network, id, 'userData')).UserData?.Value, UserData);
    const change = { UserData: { Value: Buffer.from('other') } };
    assert.equal(await codeOf(modify(network, id, change)), 'IncorrectInstanceState');
    await network.ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
    network.pass(60_000);
    await modify(network, id, change);
    assert.equal((await ask(network, id, 'userData')).UserData?.Value, Buffer.from('other').toString('base64'));
    await modify(network, id, { InstanceType: { Value: 't3.small' } });
    assert.equal((await ask(network, id, 'instanceType')).InstanceType?.Value, 't3.small');
    assert.equal(await codeOf(modify(network, id, { InstanceType: { Value: 't4g.small' } })), 'InvalidParameterValue');
    assert.equal(await codeOf(launch(network, { UserData: '*' })), 'InvalidUserData.Malformed');
    const long = Buffer.alloc(16_385, 'x').toString('base64');
    assert.equal(await codeOf(launch(network, { UserData: long })), 'InvalidParameterValue');
  });

  it('set how metadata is reached', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    const id = await launch(network, { MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 } });
    const shown = async () =>
      (await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))).Reservations?.[0]?.Instances?.[0]
        ?.MetadataOptions;
    assert.deepEqual([(await shown())?.HttpTokens, (await shown())?.HttpPutResponseHopLimit], ['optional', 1]);
    const wish = { InstanceId: id, HttpTokens: 'required', InstanceMetadataTags: 'enabled' } as const;
    await ec2.send(new ModifyInstanceMetadataOptionsCommand(wish));
    assert.deepEqual(
      [(await shown())?.HttpTokens, (await shown())?.InstanceMetadataTags, (await shown())?.HttpPutResponseHopLimit],
      ['required', 'enabled', 1],
    );
    const far = { InstanceId: id, HttpPutResponseHopLimit: 65 };
    assert.equal(await codeOf(ec2.send(new ModifyInstanceMetadataOptionsCommand(far))), 'InvalidParameterValue');
  });

  it('bring a root volume that goes with it, or stays', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    const tags = [{ ResourceType: 'volume', Tags: [{ Key: 'Name', Value: 'root' }] }] as const;
    const Ebs = { VolumeSize: 20, VolumeType: 'gp3', DeleteOnTermination: false } as const;
    const id = await launch(network, {
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs }],
      TagSpecifications: [...tags.map(tag => ({ ...tag, Tags: [...tag.Tags] }))],
    });
    const Filters = [{ Name: 'tag:Name', Values: ['root'] }];
    const volumes = async () => (await ec2.send(new DescribeVolumesCommand({ Filters }))).Volumes ?? [];
    const [volume] = await volumes();
    assert.deepEqual(
      [volume?.Size, volume?.VolumeType, volume?.State, volume?.Attachments?.[0]?.InstanceId],
      [20, 'gp3', 'in-use', id],
    );
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    network.pass(120_000);
    assert.equal((await volumes())[0]?.State, 'available');
    assert.equal((await ec2.send(new DescribeVolumesCommand({}))).Volumes?.length, 1);
    const small = { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 4 } }] };
    assert.equal(await codeOf(launch(network, small)), 'InvalidBlockDeviceMapping');
  });

  it('survive a reboot, and the console tells of it', async () => {
    const network = await startPracticeNetwork();
    const { ec2 } = network;
    const id = await launch(network);
    network.pass(60_000);
    const output = async () => (await ec2.send(new GetConsoleOutputCommand({ InstanceId: id }))).Output;
    assert.match(Buffer.from((await output()) ?? '', 'base64').toString(), /login: /);
    await ec2.send(new RebootInstancesCommand({ InstanceIds: [id] }));
    assert.equal(await output(), undefined);
    network.pass(120_000);
    assert.ok(await output());
  });
});

describe('instance types', () => {
  it('are described with what limits an instance', async () => {
    const { ec2 } = await startPracticeNetwork();
    const { InstanceTypes } = await ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['t3.micro'] }));
    const [micro] = InstanceTypes ?? [];
    assert.deepEqual(
      [micro?.VCpuInfo?.DefaultVCpus, micro?.MemoryInfo?.SizeInMiB, micro?.NetworkInfo?.MaximumNetworkInterfaces],
      [2, 1024, 2],
    );
    const unknown = ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes: ['t3.mega' as never] }));
    assert.equal(await codeOf(unknown), 'InvalidInstanceType');
    const large = ec2.send(new DescribeInstanceTypesCommand({ MaxResults: 101 }));
    assert.equal(await codeOf(large), 'InvalidParameterValue');
    const Filters = [{ Name: 'instance-type', Values: ['t4g.*'] }];
    const offered = await ec2.send(
      new DescribeInstanceTypeOfferingsCommand({ LocationType: 'availability-zone', Filters }),
    );
    assert.equal(offered.InstanceTypeOfferings?.length, 21);
  });

  it('that burst have credits', async () => {
    const network = await startPracticeNetwork();
    const id = await launch(network);
    const found = await network.ec2.send(new DescribeInstanceCreditSpecificationsCommand({ InstanceIds: [id] }));
    assert.deepEqual(found.InstanceCreditSpecifications, [{ InstanceId: id, CpuCredits: 'unlimited' }]);
  });
});
