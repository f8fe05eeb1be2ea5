import {
  AuthorizeSecurityGroupIngressCommand,
  CreateDhcpOptionsCommand,
  CreateInternetGatewayCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkAclCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcEndpointServiceConfigurationCommand,
  CreateVpcPeeringConnectionCommand,
  ModifyVpcEndpointServicePermissionsCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { CreateDocumentCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { type PracticeClients, startTestCloud } from './practice';

/** Clients of an account that has more of almost everything than fits on a small page, and the ids that some lists want to be told. */
export interface FullCloud extends PracticeClients {
  readonly VpcId: string;
  readonly PrefixListId: string;
  readonly LoadBalancerArn: string;
  readonly ListenerArn: string;
  readonly ServiceId: string;
  readonly RoleName: string;
  readonly PolicyArn: string;
  readonly UserName: string;
  readonly userArn: string;
  readonly KeyId: string;
  readonly Bucket: string;
  readonly UploadId: string;
}

/** What a load balancer takes to become active, and less than what a signature may be late. */
const balancerMs = 200_000;
const several = [0, 1, 2, 3, 4, 5, 6];
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } },
});
const policyOf = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } });

export async function fullCloud(): Promise<FullCloud> {
  const { clients, timeline } = startTestCloud('default');
  const mine = clients();
  const network = await fillNetwork(mine, () => timeline.advanceTo(timeline.now() + balancerMs));
  const filled = { ...network, ...(await fillIdentities(mine)), ...(await fillStores(mine)) };
  return { ...mine, ...filled };
}

async function fillNetwork({ ec2, elbv2 }: PracticeClients, letBalancerStart: () => void) {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.200.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const subnets: string[] = [];
  for (const index of several) {
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: `10.200.${index}.0/24` }));
    subnets.push(Subnet?.SubnetId ?? '');
    await ec2.send(new CreateRouteTableCommand({ VpcId }));
    await ec2.send(new CreateNetworkAclCommand({ VpcId }));
    const group = new CreateSecurityGroupCommand({ VpcId, GroupName: `group ${index}`, Description: 'one of many' });
    const { GroupId } = await ec2.send(group);
    const rule = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, ...rule }));
    const DhcpConfigurations = [{ Key: 'domain-name', Values: [`${index}.example.com`] }];
    await ec2.send(new CreateDhcpOptionsCommand({ DhcpConfigurations }));
    const ServiceName = `com.amazonaws.ap-south-1.${['ec2', 'ssm', 'sts', 'kms', 'logs', 'sqs', 'sns'][index]}`;
    await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId,
        ServiceName,
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: false,
        SubnetIds: subnets.slice(0, 1),
      }),
    );
  }
  await addGateway(ec2);
  await addPeering(ec2, VpcId);
  await launchSeveral(ec2, subnets[0] ?? '');
  const PrefixListId = await addPrefixList(ec2);
  const balancing = await fillBalancing(elbv2, VpcId, subnets[0] ?? '');
  letBalancerStart();
  return { VpcId, PrefixListId, ...balancing, ServiceId: await addService(ec2, balancing.LoadBalancerArn) };
}

async function addGateway(ec2: PracticeClients['ec2']): Promise<void> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const Tags = several.map(index => ({ Key: `key ${index}`, Value: 'x' }));
  await ec2.send(new CreateTagsCommand({ Resources: [InternetGateway?.InternetGatewayId ?? ''], Tags }));
}

async function addPeering(ec2: PracticeClients['ec2'], VpcId: string): Promise<void> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.201.0.0/16' }));
  await ec2.send(new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId: Vpc?.VpcId }));
}

async function launchSeveral(ec2: PracticeClients['ec2'], SubnetId: string): Promise<void> {
  const ImageId = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
  const wish = { ImageId, InstanceType: 't3.micro', SubnetId, MinCount: 1, MaxCount: 1 } as const;
  for (const _ of several) await ec2.send(new RunInstancesCommand(wish));
}

async function addPrefixList(ec2: PracticeClients['ec2']): Promise<string> {
  const Entries = several.map(index => ({ Cidr: `192.0.${index}.0/24` }));
  const naming = { PrefixListName: 'offices', AddressFamily: 'IPv4', MaxEntries: 10 };
  const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand({ ...naming, Entries }));
  return PrefixList?.PrefixListId ?? '';
}

async function fillBalancing(elbv2: PracticeClients['elbv2'], VpcId: string, SubnetId: string) {
  const naming = { Name: 'web', Type: 'network', Scheme: 'internal' } as const;
  const { LoadBalancers } = await elbv2.send(new CreateLoadBalancerCommand({ ...naming, Subnets: [SubnetId] }));
  const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  let ListenerArn = '';
  for (const index of several) {
    const group = { Name: `group-${index}`, Protocol: 'TCP', Port: 80 + index, VpcId, TargetType: 'ip' } as const;
    const { TargetGroups } = await elbv2.send(new CreateTargetGroupCommand(group));
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: TargetGroups?.[0]?.TargetGroupArn }];
    const listener = { LoadBalancerArn, Protocol: 'TCP', Port: 80 + index, DefaultActions } as const;
    const { Listeners } = await elbv2.send(new CreateListenerCommand({ ...listener, DefaultActions }));
    ListenerArn = Listeners?.[0]?.ListenerArn ?? '';
  }
  return { LoadBalancerArn, ListenerArn };
}

async function addService(ec2: PracticeClients['ec2'], LoadBalancerArn: string): Promise<string> {
  const service = new CreateVpcEndpointServiceConfigurationCommand({ NetworkLoadBalancerArns: [LoadBalancerArn] });
  const ServiceId = (await ec2.send(service)).ServiceConfiguration?.ServiceId ?? '';
  const AddAllowedPrincipals = several.map(index => `arn:aws:iam::11112222333${index}:root`);
  await ec2.send(new ModifyVpcEndpointServicePermissionsCommand({ ServiceId, AddAllowedPrincipals }));
  return ServiceId;
}

async function fillIdentities({ iam }: PracticeClients) {
  let PolicyArn = '';
  for (const index of several) {
    const RoleName = `role-${index}`;
    const Tags = several.map(tag => ({ Key: `key ${tag}`, Value: 'x' }));
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Tags }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: RoleName, Tags }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: RoleName, RoleName }));
    const made = await iam.send(
      new CreatePolicyCommand({ PolicyName: `policy-${index}`, PolicyDocument: policyOf('s3:*'), Tags }),
    );
    PolicyArn = made.Policy?.Arn ?? '';
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'role-0', PolicyArn }));
    const inline = { RoleName: 'role-0', PolicyName: `inline-${index}`, PolicyDocument: policyOf('ec2:*') };
    await iam.send(new PutRolePolicyCommand(inline));
  }
  for (const action of ['a', 'b', 'c', 'd'])
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policyOf(`ec2:${action}`) }));
  const [user] = (await iam.send(new ListUsersCommand({}))).Users ?? [];
  return { RoleName: 'role-0', PolicyArn, UserName: user?.UserName ?? '', userArn: user?.Arn ?? '' };
}

async function fillStores({ kms, s3, ssm }: PracticeClients) {
  let KeyId = '';
  const Bucket = 'a-bucket-of-many-0';
  for (const index of several) {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Tags: [{ TagKey: 'Name', TagValue: 'mine' }] }));
    KeyId = KeyMetadata?.KeyId ?? '';
    await kms.send(new CreateAliasCommand({ AliasName: `alias/key-${index}`, TargetKeyId: KeyId }));
    const CreateBucketConfiguration = { LocationConstraint: 'ap-south-1' as const };
    await s3.send(new CreateBucketCommand({ Bucket: `a-bucket-of-many-${index}`, CreateBucketConfiguration }));
    await s3.send(new PutObjectCommand({ Bucket, Key: `object-${index}`, Body: 'x' }));
    const content = { schemaVersion: '1.0', description: 'x', sessionType: 'Standard_Stream', inputs: {} };
    const document = { Name: `document-${index}`, DocumentType: 'Session', Content: JSON.stringify(content) } as const;
    await ssm.send(new CreateDocumentCommand(document));
    await ssm.send(new PutParameterCommand({ Name: `/lab/parameter-${index}`, Value: 'x', Type: 'String' }));
    const again = { Name: '/lab/parameter-0', Value: `${index}`, Overwrite: true };
    await ssm.send(new PutParameterCommand(again));
  }
  const { UploadId = '' } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
  for (const index of several)
    await s3.send(new UploadPartCommand({ Bucket, Key: 'parts', UploadId, PartNumber: index + 1, Body: 'x' }));
  return { KeyId, Bucket, UploadId };
}
