import assert from 'node:assert/strict';
import { orGap } from '../../../src/core/reading';
import { known } from '../../../src/core/snapshot';
import { digAddresses, isDropped, isOpened, isRefused } from '../../../src/labs/packetProofs';
import {
  admitsTcp,
  flows,
  hasDnsAttributes,
  interfacesOf,
  isOnline,
  isPrivateSubnet,
  letsOutTcp,
  roleAllows,
  routeTo,
  trustsEc2,
} from '../../../src/labs/predicates';
import { call, goodRole, labSite } from '../../support/labBuilders';
import {
  endpoint,
  endpointGroupId,
  endpointInterface,
  igw,
  instanceId,
  localRoute,
  networkInterface,
  route,
  routeTable,
  rule,
  securityGroup,
  snapshot,
  subnet,
  unread,
  vpcId,
} from '../../support/networkBuilders';

const nic = networkInterface();

describe('the predicates of the labs', () => {
  it('ask for both DNS attributes', () => {
    for (const [support, hostNames, both] of [
      [true, true, true],
      [true, false, false],
      [false, true, false],
    ] as const) {
      const dnsAttributes = new Map([[vpcId, known({ enableDnsSupport: support, enableDnsHostnames: hostNames })]]);
      assert.equal(hasDnsAttributes(snapshot({ dnsAttributes }), vpcId), both);
    }
  });

  it('find the active route of a subnet, and whether it is private', () => {
    assert.equal(routeTo(snapshot(), subnet(), '8.8.8.8')?.route.target.kind, 'internetGateway');
    assert.equal(isPrivateSubnet(snapshot(), subnet()), false);
    const hole = snapshot({
      routeTables: known([routeTable({ routes: [localRoute, route('0.0.0.0/0', igw, { state: 'blackhole' })] })]),
    });
    assert.equal(routeTo(hole, subnet(), '8.8.8.8'), undefined);
    assert.equal(isPrivateSubnet(hole, subnet()), true);
  });

  it('ask groups in and out', () => {
    const world = snapshot();
    assert.equal(admitsTcp(world, [securityGroup({ rules: [rule()] })], nic, 443), true);
    assert.equal(admitsTcp(world, [securityGroup({ rules: [rule()] })], nic, 80), false);
    assert.equal(letsOutTcp(world, nic, '8.8.8.8', 443), true);
    const shut = snapshot({
      securityGroups: known([securityGroup({ rules: [] }), securityGroup({ id: endpointGroupId })]),
    });
    assert.equal(letsOutTcp(shut, nic, '8.8.8.8', 443), false);
    assert.equal(flows(world, nic, endpointInterface(), 443), true);
    assert.equal(flows(shut, nic, endpointInterface(), 443), false);
  });

  it('end at what was not read', () => {
    const blind = snapshot({ securityGroups: unread('ec2:DescribeSecurityGroups') });
    assert.deepEqual(orGap(() => flows(blind, nic, endpointInterface(), 443)).known, false);
  });

  it('list the interfaces of an endpoint, and who is online', () => {
    assert.deepEqual(
      interfacesOf(snapshot(), endpoint()).map(each => each.privateIpAddress),
      ['172.31.36.107', '172.31.14.109'],
    );
    assert.equal(isOnline(labSite(), instanceId), true);
    assert.equal(isOnline(labSite({}, { sessionManager: known(new Map()) }), instanceId), false);
  });

  it('read trust and rights of a role', () => {
    assert.equal(trustsEc2(goodRole, 'ap-south-1'), true);
    const trust = (Statement: unknown) =>
      trustsEc2({ ...goodRole, trustPolicy: JSON.stringify({ Statement }) }, 'ap-south-1');
    assert.equal(
      trust({
        Effect: 'Allow',
        Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] },
        Action: ['sts:AssumeRole'],
      }),
      true,
    );
    assert.equal(
      trust([{ Effect: 'Deny', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }]),
      false,
    );
    assert.equal(
      trust([{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }]),
      false,
    );
    assert.equal(trustsEc2({ ...goodRole, trustPolicy: 'no JSON' }, 'ap-south-1'), false);
    assert.equal(roleAllows(goodRole, 'ec2:DescribeInstances'), true);
    assert.equal(roleAllows({ ...goodRole, policyArns: [] }, 'ec2:DescribeInstances'), false);
    const own = (Effect: string) => [
      { name: 'own', document: JSON.stringify({ Statement: { Effect, Action: 'ec2:Describe*', Resource: '*' } }) },
    ];
    const bare = { ...goodRole, policyArns: [] };
    assert.equal(roleAllows({ ...bare, inlinePolicies: own('Allow') }, 'ec2:DescribeInstances'), true);
    assert.equal(roleAllows({ ...goodRole, inlinePolicies: own('Deny') }, 'ec2:DescribeInstances'), false);
  });
});

describe('what packets show', () => {
  it('tells open, dropped and refused apart', () => {
    const silent = call({ synCount: 3, packets: 3, sentPackets: 3, isAnswered: false, isContinued: false });
    const reset = call({ packets: 2, isAnswered: false, isContinued: false, resetCount: 1 });
    const oneWay = call({ isAnswered: false });
    const tests = [isOpened, isDropped, isRefused];
    assert.deepEqual(
      tests.map(test => test(call())),
      [true, false, false],
    );
    assert.deepEqual(
      tests.map(test => test(silent)),
      [false, true, false],
    );
    assert.deepEqual(
      tests.map(test => test(reset)),
      [false, false, true],
    );
    assert.deepEqual(
      tests.map(test => test(oneWay)),
      [true, false, false],
    );
    assert.deepEqual(
      tests.map(test => test(call({ synCount: 1, packets: 1, isAnswered: false, isContinued: false }))),
      [false, false, false],
    );
  });

  it('reads the addresses that dig printed', () => {
    assert.deepEqual(digAddresses('alias.example.\r\n172.31.36.107\r\n;; no servers could be reached\n'), [
      '172.31.36.107',
    ]);
  });
});
