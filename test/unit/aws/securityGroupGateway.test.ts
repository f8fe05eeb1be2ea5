import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { securityGroupId } from '../../../src/core/ids';
import type { NewSecurityGroupRule } from '../../../src/core/ports/securityGroupGateway';
import { awsConnection } from '../../support/awsConnection';
import { ec2, ec2Error, wireCloud } from '../../support/wireCloud';

const groupId = securityGroupId('sg-0123456789abcdef0');
const rule: NewSecurityGroupRule = {
  direction: 'ingress',
  protocol: 6,
  fromPort: 443,
  toPort: 443,
  peer: { kind: 'cidr', cidr: '10.0.0.0/16' },
  description: 'for the endpoint',
};
const ruleSet =
  '<securityGroupRuleSet><item><securityGroupRuleId>sgr-1</securityGroupRuleId></item></securityGroupRuleSet>';

async function permission(changes: Partial<NewSecurityGroupRule>): Promise<Readonly<Record<string, unknown>>> {
  const cloud = wireCloud({
    AuthorizeSecurityGroupIngress: ec2('AuthorizeSecurityGroupIngress', ruleSet),
    AuthorizeSecurityGroupEgress: ec2('AuthorizeSecurityGroupEgress', ruleSet),
  });
  const { securityGroups } = createGateways(awsConnection(cloud.handle));
  assert.equal(await securityGroups.addRule(groupId, { ...rule, ...changes }), 'sgr-1');
  const { Action, Version: _version, GroupId: _group, ...rest } = cloud.calls[0]?.parameters ?? {};
  const members = Object.entries(rest).map(([name, value]) => [name.replace('IpPermissions.1.', ''), value]);
  return { Action, ...Object.fromEntries(members) };
}

describe('the security group gateway', () => {
  it('sends ports with TCP, and the description beside the source', async () => {
    assert.deepEqual(await permission({}), {
      Action: 'AuthorizeSecurityGroupIngress',
      IpProtocol: 'tcp',
      FromPort: '443',
      ToPort: '443',
      'IpRanges.1.CidrIp': '10.0.0.0/16',
      'IpRanges.1.Description': 'for the endpoint',
    });
  });

  it('sends no ports with all traffic, any type and code with ICMP, and a number for a protocol without a name', async () => {
    const open = { fromPort: undefined, toPort: undefined, description: undefined };
    assert.equal((await permission({ ...open, protocol: -1 })).FromPort, undefined);
    const icmp = await permission({ ...open, protocol: 1 });
    assert.deepEqual([icmp.IpProtocol, icmp.FromPort, icmp.ToPort], ['icmp', '-1', '-1']);
    const other = await permission({ ...open, protocol: 50 });
    assert.deepEqual([other.IpProtocol, other.FromPort], ['50', undefined]);
  });

  it('goes out by the other call, and names groups and IPv6 ranges in their own lists', async () => {
    const egress = await permission({ direction: 'egress', peer: { kind: 'group', groupId } });
    assert.equal(egress.Action, 'AuthorizeSecurityGroupEgress');
    assert.equal(egress['Groups.1.GroupId'], groupId);
    const ipv6 = await permission({ peer: { kind: 'cidr', cidr: '::/0' } });
    assert.equal(ipv6['Ipv6Ranges.1.CidrIpv6'], '::/0');
  });

  it('takes a rule away by its id, at the call of its direction', async () => {
    const cloud = wireCloud({
      RevokeSecurityGroupEgress: ec2('RevokeSecurityGroupEgress', '<return>true</return>'),
    });
    await createGateways(awsConnection(cloud.handle)).securityGroups.removeRule(groupId, {
      id: 'sgr-1',
      direction: 'egress',
    });
    assert.equal(cloud.calls[0]?.parameters['SecurityGroupRuleId.1'], 'sgr-1');
  });

  it('says that a rule is there already, or gone already', async () => {
    const cloud = wireCloud({
      AuthorizeSecurityGroupIngress: ec2Error('InvalidPermission.Duplicate', 'the specified rule already exists'),
      RevokeSecurityGroupIngress: ec2Error(
        'InvalidSecurityGroupRuleId.NotFound',
        "The security group rule ID 'sgr-1' does not exist",
      ),
    });
    const { securityGroups } = createGateways(awsConnection(cloud.handle));
    await assert.rejects(securityGroups.addRule(groupId, rule), { cloudCode: 'InvalidPermission.Duplicate' });
    await assert.rejects(securityGroups.removeRule(groupId, { id: 'sgr-1', direction: 'ingress' }), {
      code: 'resourceNotFound',
    });
  });
});
