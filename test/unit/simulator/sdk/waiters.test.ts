import assert from 'node:assert/strict';
import {
  AcceptVpcPeeringConnectionCommand,
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateKeyPairCommand,
  CreateNatGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNatGatewayCommand,
  DeleteVolumeCommand,
  DeleteVpcPeeringConnectionCommand,
  DescribeVolumesCommand,
  type EC2Client,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
  waitUntilImageAvailable,
  waitUntilImageExists,
  waitUntilInstanceExists,
  waitUntilInstanceRunning,
  waitUntilInstanceStatusOk,
  waitUntilInstanceStopped,
  waitUntilInstanceTerminated,
  waitUntilInternetGatewayExists,
  waitUntilKeyPairExists,
  waitUntilNatGatewayAvailable,
  waitUntilNatGatewayDeleted,
  waitUntilNetworkInterfaceAvailable,
  waitUntilSecurityGroupExists,
  waitUntilSubnetAvailable,
  waitUntilSystemStatusOk,
  waitUntilVolumeDeleted,
  waitUntilVolumeInUse,
  waitUntilVpcAvailable,
  waitUntilVpcExists,
  waitUntilVpcPeeringConnectionDeleted,
  waitUntilVpcPeeringConnectionExists,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DeregisterTargetsCommand,
  RegisterTargetsCommand,
  waitUntilLoadBalancerAvailable,
  waitUntilLoadBalancerExists,
  waitUntilLoadBalancersDeleted,
  waitUntilTargetDeregistered,
  waitUntilTargetInService,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  waitUntilInstanceProfileExists,
  waitUntilPolicyExists,
  waitUntilRoleExists,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  waitUntilBucketExists,
  waitUntilBucketNotExists,
  waitUntilObjectExists,
  waitUntilObjectNotExists,
} from '@aws-sdk/client-s3';
import { DescribeInstanceInformationCommand, SendCommandCommand, waitUntilCommandExecuted } from '@aws-sdk/client-ssm';
import { startWaitingCloud, type WaitingCloud, waiting } from '../../../support/waitingCloud';

const imageId = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

async function newVpc(ec2: EC2Client, CidrBlock: string): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
  return Vpc?.VpcId ?? '';
}

async function newSubnet(ec2: EC2Client, CidrBlock = '10.9.0.0/16') {
  const VpcId = await newVpc(ec2, CidrBlock);
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: CidrBlock.replace('/16', '/24') }));
  return { VpcId, SubnetId: Subnet?.SubnetId ?? '' };
}

async function launch(ec2: EC2Client, SubnetId: string) {
  const counts = { MinCount: 1, MaxCount: 1 };
  const run = new RunInstancesCommand({ ImageId: imageId, InstanceType: 't3.micro', SubnetId, ...counts });
  const [instance] = (await ec2.send(run)).Instances ?? [];
  return { InstanceId: instance?.InstanceId ?? '', ImageId: instance?.ImageId ?? '', instance };
}

describe("the SDK's waiters", function () {
  this.timeout(30_000);
  let cloud: WaitingCloud;
  beforeEach(() => {
    cloud = startWaitingCloud();
  });
  afterEach(() => cloud.stop());

  /** Starts the wait before the thing is there. */
  const early = async <T>(wait: Promise<T>, make: () => Promise<unknown>): Promise<T> => {
    await make();
    return wait;
  };

  it('wait for VPCs, subnets, groups, gateways and keys', async () => {
    const { ec2 } = cloud.consumer;
    const { VpcId, SubnetId } = await newSubnet(ec2);
    await waitUntilVpcExists(waiting(ec2), { VpcIds: [VpcId] });
    await waitUntilVpcAvailable(waiting(ec2), { VpcIds: [VpcId] });
    await waitUntilSubnetAvailable(waiting(ec2), { SubnetIds: [SubnetId] });
    const group = new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'web', VpcId });
    const { GroupId = '' } = await ec2.send(group);
    await waitUntilSecurityGroupExists(waiting(ec2), { GroupIds: [GroupId] });
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    await waitUntilInternetGatewayExists(waiting(ec2), {
      InternetGatewayIds: [InternetGateway?.InternetGatewayId ?? ''],
    });
    await early(waitUntilKeyPairExists(waiting(ec2), { KeyNames: ['mine'] }), () =>
      ec2.send(new CreateKeyPairCommand({ KeyName: 'mine', KeyType: 'ed25519' })),
    );
  });

  it('go on asking for a security group and a VPC that are not there, until time is up', async () => {
    const { ec2 } = cloud.consumer;
    const brief = { ...waiting(ec2), maxWaitTime: 0.05 };
    const group = waitUntilSecurityGroupExists(brief, { GroupIds: ['sg-0123456789abcdef0'] });
    await assert.rejects(group, { name: 'TimeoutError' });
    await assert.rejects(waitUntilVpcExists(brief, { VpcIds: ['vpc-0123456789abcdef0'] }), { name: 'TimeoutError' });
  });

  it('wait for an instance through its life, and for its volume', async () => {
    const { ec2 } = cloud.consumer;
    const { SubnetId } = await newSubnet(ec2);
    const { InstanceId, ImageId } = await launch(ec2, SubnetId);
    const InstanceIds = [InstanceId];
    await waitUntilImageExists(waiting(ec2), { ImageIds: [ImageId] });
    await waitUntilImageAvailable(waiting(ec2), { ImageIds: [ImageId] });
    await waitUntilInstanceExists(waiting(ec2), { InstanceIds });
    await waitUntilInstanceRunning(waiting(ec2), { InstanceIds });
    await waitUntilInstanceStatusOk(waiting(ec2), { InstanceIds });
    await waitUntilSystemStatusOk(waiting(ec2), { InstanceIds });
    const attached = { Filters: [{ Name: 'attachment.instance-id', Values: InstanceIds }] };
    const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand(attached));
    const VolumeIds = Volumes.map(({ VolumeId = '' }) => VolumeId);
    assert.equal(VolumeIds.length, 1);
    await waitUntilVolumeInUse(waiting(ec2), { VolumeIds });
    await ec2.send(new StopInstancesCommand({ InstanceIds }));
    await waitUntilInstanceStopped(waiting(ec2), { InstanceIds });
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    await waitUntilInstanceTerminated(waiting(ec2), { InstanceIds });
    await waitUntilVolumeDeleted(waiting(ec2), { VolumeIds });
    await assert.rejects(ec2.send(new DeleteVolumeCommand({ VolumeId: VolumeIds[0] })), {
      name: 'InvalidVolume.NotFound',
    });
    await assert.rejects(waitUntilInstanceRunning(waiting(ec2), { InstanceIds }), /FAILURE/);
  });

  it('wait for NAT gateways and network interfaces', async () => {
    const { ec2 } = cloud.consumer;
    const { VpcId, SubnetId } = await newSubnet(ec2);
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    const InternetGatewayId = InternetGateway?.InternetGatewayId;
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({}));
    const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
    const NatGatewayIds = [NatGateway?.NatGatewayId ?? ''];
    await waitUntilNatGatewayAvailable(waiting(ec2), { NatGatewayIds });
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NatGatewayIds[0] }));
    await waitUntilNatGatewayDeleted(waiting(ec2), { NatGatewayIds });
    const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
    const NetworkInterfaceIds = [NetworkInterface?.NetworkInterfaceId ?? ''];
    await waitUntilNetworkInterfaceAvailable(waiting(ec2), { NetworkInterfaceIds });
    const unknown = { NetworkInterfaceIds: ['eni-0123456789abcdef0'] };
    await assert.rejects(waitUntilNetworkInterfaceAvailable(waiting(ec2), unknown), /FAILURE|NotFound/);
  });

  it('wait for peering connections of two accounts', async () => {
    const { ec2 } = cloud.consumer;
    const mine = await newVpc(ec2, '10.9.0.0/16');
    const theirs = await newVpc(cloud.provider.ec2, '10.10.0.0/16');
    const PeerOwnerId = cloud.cloud.accounts[0]?.accountId;
    const wish = new CreateVpcPeeringConnectionCommand({ VpcId: mine, PeerVpcId: theirs, PeerOwnerId });
    const { VpcPeeringConnection } = await ec2.send(wish);
    const VpcPeeringConnectionId = VpcPeeringConnection?.VpcPeeringConnectionId ?? '';
    const VpcPeeringConnectionIds = [VpcPeeringConnectionId];
    await waitUntilVpcPeeringConnectionExists(waiting(ec2), { VpcPeeringConnectionIds });
    await waitUntilVpcPeeringConnectionExists(waiting(cloud.provider.ec2), { VpcPeeringConnectionIds });
    await cloud.provider.ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    await ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    await waitUntilVpcPeeringConnectionDeleted(waiting(ec2), { VpcPeeringConnectionIds });
  });

  it('wait for load balancers and their targets', async () => {
    const { ec2, elbv2 } = cloud.consumer;
    const { VpcId, SubnetId } = await newSubnet(ec2);
    const { InstanceId, instance } = await launch(ec2, SubnetId);
    const GroupId = instance?.SecurityGroups?.[0]?.GroupId;
    const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, ...ssh }));
    const naming = { Name: 'web', Type: 'network', Scheme: 'internal' } as const;
    const { LoadBalancers } = await elbv2.send(new CreateLoadBalancerCommand({ ...naming, Subnets: [SubnetId] }));
    const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
    const LoadBalancerArns = [LoadBalancerArn];
    await waitUntilLoadBalancerExists(waiting(elbv2), { LoadBalancerArns });
    await waitUntilLoadBalancerAvailable(waiting(elbv2), { LoadBalancerArns });
    const group = { Name: 'machines', Protocol: 'TCP', Port: 22, VpcId, TargetType: 'instance' } as const;
    const { TargetGroups } = await elbv2.send(new CreateTargetGroupCommand(group));
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
    await elbv2.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'TCP', Port: 22, DefaultActions }));
    await waitUntilInstanceRunning(waiting(ec2), { InstanceIds: [InstanceId] });
    const Targets = [{ Id: InstanceId }];
    await elbv2.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
    await waitUntilTargetInService(waiting(elbv2), { TargetGroupArn });
    await elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    await waitUntilTargetDeregistered(waiting(elbv2), { TargetGroupArn, Targets });
    await elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await waitUntilLoadBalancersDeleted(waiting(elbv2), { LoadBalancerArns });
  });

  it('wait for roles, profiles and policies', async () => {
    const { iam } = cloud.consumer;
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    await early(waitUntilRoleExists(waiting(iam), { RoleName: 'mine' }), () =>
      iam.send(new CreateRoleCommand({ RoleName: 'mine', AssumeRolePolicyDocument })),
    );
    await early(waitUntilInstanceProfileExists(waiting(iam), { InstanceProfileName: 'mine' }), () =>
      iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'mine' })),
    );
    const allowed = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } };
    const policy = new CreatePolicyCommand({ PolicyName: 'mine', PolicyDocument: JSON.stringify(allowed) });
    await waitUntilPolicyExists(waiting(iam), { PolicyArn: (await iam.send(policy)).Policy?.Arn });
  });

  it('wait for buckets and objects to come and to go', async () => {
    const { s3 } = cloud.consumer;
    const Bucket = 'a-bucket-that-is-waited-for';
    const LocationConstraint = 'ap-south-1' as const;
    await early(waitUntilBucketExists(waiting(s3), { Bucket }), () =>
      s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } })),
    );
    const object = { Bucket, Key: 'readme.txt' };
    await early(waitUntilObjectExists(waiting(s3), object), () =>
      s3.send(new PutObjectCommand({ ...object, Body: 'hello' })),
    );
    await early(waitUntilObjectNotExists(waiting(s3), object), () => s3.send(new DeleteObjectCommand(object)));
    await early(waitUntilBucketNotExists(waiting(s3), { Bucket }), () => s3.send(new DeleteBucketCommand({ Bucket })));
  });

  it('wait for a command to be done, and give up at once when it fails', async () => {
    const { ssm } = cloud.consumer;
    let InstanceId: string | undefined;
    while (!InstanceId) {
      const { InstanceInformationList } = await ssm.send(new DescribeInstanceInformationCommand({}));
      InstanceId = InstanceInformationList?.[0]?.InstanceId;
    }
    const run = async (...commands: string[]) => {
      const InstanceIds = [InstanceId as string];
      const sent = new SendCommandCommand({
        DocumentName: 'AWS-RunShellScript',
        InstanceIds,
        Parameters: { commands },
      });
      return { InstanceId, CommandId: (await ssm.send(sent)).Command?.CommandId };
    };
    const { state } = await waitUntilCommandExecuted(waiting(ssm), await run('echo done'));
    assert.equal(state, 'SUCCESS');
    await assert.rejects(waitUntilCommandExecuted(waiting(ssm), await run('exit 3')), /FAILURE/);
  });
});
