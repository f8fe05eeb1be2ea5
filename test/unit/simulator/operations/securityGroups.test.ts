import assert from 'node:assert/strict';
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type UserIdGroupPair,
} from '@aws-sdk/client-ec2';
import { startTestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const https: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
  IpRanges: [{ CidrIp: '172.31.0.0/16', Description: 'the VPC' }],
};

async function newGroup(): Promise<{ ec2: EC2Client; GroupId: string }> {
  const { ec2 } = startTestCloud('default-vpc').clients();
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'mine', Description: 'test' }));
  return { ec2, GroupId };
}

async function find(ec2: EC2Client, GroupId: string) {
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
  return SecurityGroups?.[0];
}

describe('security groups', () => {
  it('admit nothing and let everything out at first', async () => {
    const { ec2, GroupId } = await newGroup();
    const group = await find(ec2, GroupId);
    assert.deepEqual(group?.IpPermissions, []);
    assert.deepEqual(
      group?.IpPermissionsEgress?.map(({ IpProtocol, IpRanges }) => [IpProtocol, IpRanges]),
      [['-1', [{ CidrIp: '0.0.0.0/0' }]]],
    );
  });

  it('take rules, list them by ports and one by one, and give them up', async () => {
    const { ec2, GroupId } = await newGroup();
    const { SecurityGroupRules } = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [https] }),
    );
    const [rule] = SecurityGroupRules ?? [];
    assert.match(rule?.SecurityGroupRuleId ?? '', /^sgr-[0-9a-f]{17}$/);
    assert.equal(rule?.CidrIpv4, '172.31.0.0/16');
    const second = { ...https, IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [second] }));
    const group = await find(ec2, GroupId);
    assert.equal(group?.IpPermissions?.length, 1);
    assert.equal(group?.IpPermissions?.[0]?.IpRanges?.length, 2);
    const listed = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
    );
    assert.equal(listed.SecurityGroupRules?.length, 3);
    await ec2.send(
      new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [rule?.SecurityGroupRuleId ?? ''] }),
    );
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [second] }));
    assert.deepEqual((await find(ec2, GroupId))?.IpPermissions, []);
  });

  it('take the short form with one rule in the request', async () => {
    const { ec2, GroupId } = await newGroup();
    const rule = { GroupId, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
    assert.equal((await find(ec2, GroupId))?.IpPermissions?.[0]?.FromPort, 22);
  });

  it('refuse a rule twice, and to revoke one that is not there', async () => {
    const { ec2, GroupId } = await newGroup();
    const rule = { GroupId, IpPermissions: [https] };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
    const again = await refusalOf(ec2.send(new AuthorizeSecurityGroupIngressCommand(rule)));
    assert.equal(again.code, 'InvalidPermission.Duplicate');
    assert.match(again.message, /172\.31\.0\.0\/16, TCP, from port: 443, to port: 443, ALLOW/);
    assert.equal(await codeOf(ec2.send(new RevokeSecurityGroupEgressCommand(rule))), 'InvalidPermission.NotFound');
    await ec2.send(new AuthorizeSecurityGroupEgressCommand(rule));
    await ec2.send(new RevokeSecurityGroupEgressCommand(rule));
  });

  it('refuse ports, protocols and ranges that make no sense', async () => {
    const { ec2, GroupId } = await newGroup();
    const authorize = (change: Partial<IpPermission>) =>
      codeOf(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [{ ...https, ...change }] })));
    assert.equal(await authorize({ FromPort: 500 }), 'InvalidParameterValue');
    assert.equal(await authorize({ ToPort: 70_000 }), 'InvalidParameterValue');
    assert.equal(await authorize({ FromPort: undefined }), 'InvalidParameterValue');
    assert.equal(await authorize({ FromPort: 0.5 }), 'InvalidParameterValue');
    assert.equal(await authorize({ IpProtocol: 'icmp', FromPort: 256, ToPort: -1 }), 'InvalidParameterValue');
    assert.equal(await authorize({ IpProtocol: 'icmp', FromPort: 8, ToPort: -2 }), 'InvalidParameterValue');
    assert.equal(await authorize({ IpProtocol: 'tpc' }), 'InvalidParameterValue');
    assert.equal(await authorize({ IpRanges: [{ CidrIp: '10.0.0.0' }] }), 'InvalidParameterValue');
    const stranger = { IpRanges: [], UserIdGroupPairs: [{ GroupId: 'sg-0123456789abcdef0' }] };
    assert.equal(await authorize(stranger), 'InvalidGroup.NotFound');
  });

  it('name groups of their own VPC only', async () => {
    const { ec2, GroupId } = await newGroup();
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
    const naming = { GroupName: 'theirs', Description: 'elsewhere', VpcId: Vpc?.VpcId };
    const other = await ec2.send(new CreateSecurityGroupCommand(naming));
    const authorize = (pair: UserIdGroupPair) => {
      const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [pair] }];
      return ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    };
    assert.equal(await codeOf(authorize({ GroupId: other.GroupId })), 'InvalidGroup.NotFound');
    assert.equal(await codeOf(authorize({ GroupName: 'theirs' })), 'InvalidGroup.NotFound');
    await authorize({ GroupName: 'mine' });
  });

  it('are given up once, however often they are named', async () => {
    const { ec2, GroupId } = await newGroup();
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [https] }));
    const twice = new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [https, https] });
    assert.equal((await ec2.send(twice)).RevokedSecurityGroupRules?.length, 1);
  });

  it('are no more than five to an interface', async () => {
    const { ec2 } = await newGroup();
    const SecurityGroupIds: string[] = [];
    for (let count = 0; count < 6; count++) {
      const naming = { GroupName: `group ${count}`, Description: 'one of six' };
      SecurityGroupIds.push((await ec2.send(new CreateSecurityGroupCommand(naming))).GroupId ?? '');
    }
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
    const VpcId = Vpcs?.[0]?.VpcId;
    const ServiceName = 'com.amazonaws.ap-south-1.ec2';
    const create = new CreateVpcEndpointCommand({ VpcId, ServiceName, VpcEndpointType: 'Interface', SecurityGroupIds });
    assert.equal(await codeOf(ec2.send(create)), 'SecurityGroupsPerInterfaceLimitExceeded');
  });

  it('refuse a taken name, and to go while others name them or as the default', async () => {
    const { ec2, GroupId } = await newGroup();
    const twin = await refusalOf(ec2.send(new CreateSecurityGroupCommand({ GroupName: 'mine', Description: 'twin' })));
    assert.equal(twin.code, 'InvalidGroup.Duplicate');
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupNames: ['default'] }));
    const standard = SecurityGroups?.[0]?.GroupId ?? '';
    assert.equal(await codeOf(ec2.send(new DeleteSecurityGroupCommand({ GroupId: standard }))), 'CannotDelete');
    const pair = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: standard, IpPermissions: [pair] }));
    assert.equal(await codeOf(ec2.send(new DeleteSecurityGroupCommand({ GroupId }))), 'DependencyViolation');
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: standard, IpPermissions: [pair] }));
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    assert.equal(await codeOf(find(ec2, GroupId)), 'InvalidGroup.NotFound');
  });
});
