import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { LabError } from '../../../src/core/errors';
import { type VpcId, vpcId } from '../../../src/core/ids';
import type { Gap, Reading } from '../../../src/core/snapshot';
import { awsConnection } from '../../support/awsConnection';
import { callerIdentity, ec2, ec2Error, query, queryError, wireCloud } from '../../support/wireCloud';

const vpc: VpcId = vpcId('vpc-0123456789abcdef0');
const vpcs = ec2(
  'DescribeVpcs',
  `<vpcSet><item><vpcId>${vpc}</vpcId><ownerId>111122223333</ownerId><cidrBlock>172.31.0.0/16</cidrBlock>
   <dhcpOptionsId>default</dhcpOptionsId><isDefault>true</isDefault><cidrBlockAssociationSet>
   <item><cidrBlock>172.31.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>
   <item><cidrBlock>100.64.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>
   <item><cidrBlock>100.65.0.0/16</cidrBlock><cidrBlockState><state>disassociated</state></cidrBlockState></item>
   </cidrBlockAssociationSet></item></vpcSet>`,
);

function known<T>(reading: Reading<T> | undefined): T {
  assert.ok(reading?.known);
  return reading.value;
}

function gapOf(reading: Reading<unknown> | undefined): Gap {
  assert.ok(reading && !reading.known);
  return reading.gap;
}

describe('reading a snapshot', () => {
  it('reads what was asked for and leaves the rest as a gap', async () => {
    const cloud = wireCloud({ GetCallerIdentity: callerIdentity, DescribeVpcs: vpcs });
    const { network } = createGateways(awsConnection(cloud.handle));
    const snapshot = await network.readSnapshot(['vpcs']);
    assert.deepEqual(snapshot.place, { accountId: '111122223333', region: 'ap-south-1' });
    assert.deepEqual(known(snapshot.vpcs), [
      {
        id: vpc,
        ownerId: '111122223333',
        cidrBlocks: ['172.31.0.0/16', '100.64.0.0/16'],
        isDefault: true,
        dhcpOptionsId: undefined,
        tags: {},
      },
    ]);
    assert.equal(gapOf(snapshot.routeTables).code, 'notRead');
    assert.deepEqual(cloud.calls.map(({ action }) => action).sort(), ['DescribeVpcs', 'GetCallerIdentity']);
  });

  it('asks for both DNS attributes of every VPC', async () => {
    const cloud = wireCloud({
      GetCallerIdentity: callerIdentity,
      DescribeVpcs: vpcs,
      DescribeVpcAttribute: ({ parameters }) => {
        const name = String(parameters.Attribute);
        return ec2(
          'DescribeVpcAttribute',
          `<vpcId>${vpc}</vpcId><${name}><value>${name === 'enableDnsSupport'}</value></${name}>`,
        );
      },
    });
    const snapshot = await createGateways(awsConnection(cloud.handle)).network.readSnapshot(['dnsAttributes']);
    assert.deepEqual(known(snapshot.dnsAttributes.get(vpc)), { enableDnsSupport: true, enableDnsHostnames: false });
    assert.equal(cloud.callsOf('DescribeVpcAttribute').length, 2);
  });

  it('makes a gap of a part that may not be read, and still reads the others', async () => {
    const cloud = wireCloud({
      GetCallerIdentity: callerIdentity,
      DescribeVpcs: vpcs,
      DescribeRouteTables: ec2Error('UnauthorizedOperation', 'You are not authorized', 403),
      DescribeNetworkAcls: ec2Error('InternalError', 'oops', 400),
    });
    const { network } = createGateways(awsConnection(cloud.handle));
    const snapshot = await network.readSnapshot(['vpcs', 'routeTables', 'networkAcls', 'dhcpOptions']);
    assert.equal(known(snapshot.vpcs).length, 1);
    assert.deepEqual(gapOf(snapshot.routeTables), {
      code: 'accessDenied',
      reading: 'ec2:DescribeRouteTables',
      detail: 'You are not authorized',
    });
    assert.equal(gapOf(snapshot.networkAcls).code, 'failed');
    assert.equal(gapOf(snapshot.dhcpOptions).code, 'notSupported');
  });

  it('rejects when signing in fails', async () => {
    const cloud = wireCloud({
      GetCallerIdentity: queryError(
        'InvalidClientTokenId',
        'The security token included in the request is invalid.',
        403,
      ),
      DescribeVpcs: vpcs,
    });
    const { network } = createGateways(awsConnection(cloud.handle));
    await assert.rejects(
      network.readSnapshot(['vpcs']),
      error => error instanceof LabError && error.code === 'credentialsRefused',
    );
  });

  it('rejects when the practice cloud is gone, rather than calling each part unread', async () => {
    let isGone = false;
    const cloud = wireCloud({ GetCallerIdentity: callerIdentity, DescribeVpcs: vpcs });
    const connection = awsConnection(async request => {
      if (isGone) throw new LabError('practiceFailed');
      return cloud.handle(request);
    });
    const { network } = createGateways(connection);
    assert.equal((await network.readSnapshot(['vpcs'])).vpcs.known, true);
    isGone = true;
    await assert.rejects(network.readSnapshot(['vpcs']), { code: 'practiceFailed' });
  });

  it('asks for pages within the limits of each list', async () => {
    const cloud = wireCloud({
      GetCallerIdentity: query('GetCallerIdentity', '<Arn>a</Arn><Account>111122223333</Account>'),
    });
    await createGateways(awsConnection(cloud.handle)).network.readSnapshot([
      'routeTables',
      'prefixLists',
      'networkInterfaces',
      'instances',
    ]);
    for (const { action, parameters } of cloud.calls) {
      if (action !== 'GetCallerIdentity') assert.equal(parameters.MaxResults, '100', action);
    }
  });

  it('tells the targets of routes apart, whichever field they come in', async () => {
    const route = (fields: string) => `<item><destinationCidrBlock>10.0.0.0/8</destinationCidrBlock>${fields}</item>`;
    const routes = [
      route('<gatewayId>local</gatewayId><state>active</state><origin>CreateRouteTable</origin>'),
      route('<gatewayId>igw-0123456789abcdef0</gatewayId><state>active</state><origin>CreateRoute</origin>'),
      `<item><destinationPrefixListId>pl-78a54011</destinationPrefixListId><gatewayId>vpce-0123456789abcdef0</gatewayId><state>active</state><origin>CreateRoute</origin></item>`,
      route('<natGatewayId>nat-0123456789abcdef0</natGatewayId><state>blackhole</state><origin>CreateRoute</origin>'),
      route('<vpcPeeringConnectionId>pcx-0123456789abcdef0</vpcPeeringConnectionId><state>active</state>'),
      route(
        '<instanceId>i-0123456789abcdef0</instanceId><networkInterfaceId>eni-0123456789abcdef0</networkInterfaceId><state>active</state>',
      ),
      route(
        '<transitGatewayId>tgw-0123456789abcdef0</transitGatewayId><state>active</state><origin>EnableVgwRoutePropagation</origin>',
      ),
    ];
    const table = `<item><routeTableId>rtb-0123456789abcdef0</routeTableId><vpcId>${vpc}</vpcId><routeSet>${routes.join('')}</routeSet>
      <associationSet><item><main>true</main></item><item><main>false</main><subnetId>subnet-0123456789abcdef0</subnetId></item></associationSet></item>`;
    const cloud = wireCloud({
      GetCallerIdentity: callerIdentity,
      DescribeRouteTables: ec2('DescribeRouteTables', `<routeTableSet>${table}</routeTableSet>`),
    });
    const snapshot = await createGateways(awsConnection(cloud.handle)).network.readSnapshot(['routeTables']);
    const [read] = known(snapshot.routeTables);
    assert.deepEqual(
      read?.routes.map(({ target, state, origin }) => [target.kind, state, origin]),
      [
        ['local', 'active', 'createRouteTable'],
        ['internetGateway', 'active', 'createRoute'],
        ['gatewayEndpoint', 'active', 'createRoute'],
        ['natGateway', 'blackhole', 'createRoute'],
        ['peeringConnection', 'active', 'createRoute'],
        ['networkInterface', 'active', 'createRoute'],
        ['other', 'active', 'propagated'],
      ],
    );
    assert.deepEqual(read?.routes[2]?.destination, { kind: 'prefixList', prefixListId: 'pl-78a54011' });
    assert.deepEqual([read?.isMain, read?.subnetIds], [true, ['subnet-0123456789abcdef0']]);
  });

  it('joins security groups with their rules', async () => {
    const group = `<item><groupId>sg-0123456789abcdef0</groupId><groupName>g</groupName><groupDescription>d</groupDescription><vpcId>${vpc}</vpcId></item>`;
    const rule = (fields: string) =>
      `<item><securityGroupRuleId>sgr-0123456789abcdef0</securityGroupRuleId><groupId>sg-0123456789abcdef0</groupId>${fields}</item>`;
    const rules = [
      rule(
        '<isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort><cidrIpv4>172.31.0.0/16</cidrIpv4>',
      ),
      rule(
        '<isEgress>true</isEgress><ipProtocol>-1</ipProtocol><fromPort>-1</fromPort><toPort>-1</toPort><cidrIpv4>0.0.0.0/0</cidrIpv4>',
      ),
      rule(
        '<isEgress>false</isEgress><ipProtocol>icmp</ipProtocol><fromPort>8</fromPort><toPort>-1</toPort><referencedGroupInfo><groupId>sg-0000000000000000a</groupId></referencedGroupInfo>',
      ),
      rule(
        '<isEgress>false</isEgress><ipProtocol>50</ipProtocol><fromPort>-1</fromPort><toPort>-1</toPort><prefixListId>pl-78a54011</prefixListId>',
      ),
    ];
    const cloud = wireCloud({
      GetCallerIdentity: callerIdentity,
      DescribeSecurityGroups: ec2('DescribeSecurityGroups', `<securityGroupInfo>${group}</securityGroupInfo>`),
      DescribeSecurityGroupRules: ec2(
        'DescribeSecurityGroupRules',
        `<securityGroupRuleSet>${rules.join('')}</securityGroupRuleSet>`,
      ),
    });
    const snapshot = await createGateways(awsConnection(cloud.handle)).network.readSnapshot(['securityGroups']);
    assert.deepEqual(
      known(snapshot.securityGroups)[0]?.rules.map(({ direction, protocol, fromPort, toPort, peer }) => [
        direction,
        protocol,
        fromPort,
        toPort,
        Object.values(peer),
      ]),
      [
        ['ingress', 6, 443, 443, ['cidr', '172.31.0.0/16']],
        ['egress', -1, undefined, undefined, ['cidr', '0.0.0.0/0']],
        ['ingress', 1, 8, -1, ['group', 'sg-0000000000000000a']],
        ['ingress', 50, undefined, undefined, ['prefixList', 'pl-78a54011']],
      ],
    );
  });

  it("adds a customer's prefix lists, entries and all", async () => {
    const cloud = wireCloud({
      GetCallerIdentity: callerIdentity,
      DescribePrefixLists: ec2(
        'DescribePrefixLists',
        '<prefixListSet><item><prefixListId>pl-78a54011</prefixListId><prefixListName>com.amazonaws.ap-south-1.s3</prefixListName><cidrSet><item>52.219.0.0/16</item></cidrSet></item></prefixListSet>',
      ),
      DescribeManagedPrefixLists: ec2(
        'DescribeManagedPrefixLists',
        '<prefixListSet><item><prefixListId>pl-78a54011</prefixListId><ownerId>AWS</ownerId></item><item><prefixListId>pl-0123456789abcdef0</prefixListId><prefixListName>office</prefixListName><ownerId>111122223333</ownerId></item></prefixListSet>',
      ),
      GetManagedPrefixListEntries: ec2(
        'GetManagedPrefixListEntries',
        '<entrySet><item><cidr>203.0.113.0/24</cidr></item></entrySet>',
      ),
    });
    const snapshot = await createGateways(awsConnection(cloud.handle)).network.readSnapshot(['prefixLists']);
    assert.deepEqual(known(snapshot.prefixLists), [
      { id: 'pl-78a54011', name: 'com.amazonaws.ap-south-1.s3', cidrs: ['52.219.0.0/16'] },
      { id: 'pl-0123456789abcdef0', name: 'office', cidrs: ['203.0.113.0/24'] },
    ]);
  });
});
