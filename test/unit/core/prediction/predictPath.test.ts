import assert from 'node:assert/strict';
import { dhcpOptionsId, natGatewayId, networkAclId, securityGroupId } from '../../../../src/core/ids';
import type { PathOutcome } from '../../../../src/core/prediction/prediction';
import { predictPath } from '../../../../src/core/prediction/predictPath';
import { known, type NetworkSnapshot } from '../../../../src/core/snapshot';
import {
  aclEntry,
  ec2Name,
  endpoint,
  endpointGroupId,
  endpointId,
  endpointInterface,
  endpointInterfaceA,
  endpointInterfaceB,
  everythingOut,
  igw,
  igwId,
  instanceGroupId,
  instanceInterfaceId,
  localRoute,
  mainTableId,
  networkAcl,
  networkInterface,
  otherVpcId,
  route,
  routeTable,
  rule,
  s3ListId,
  securityGroup,
  snapshot,
  subnetA,
  subnetB,
  unread,
  vpc,
  vpcId,
} from '../../../support/networkBuilders';

function predict(
  changes: Partial<NetworkSnapshot> = {},
  name = ec2Name,
  publicAddresses: readonly string[] = [],
): PathOutcome {
  const question = { networkInterfaceId: instanceInterfaceId, name, port: 443, publicAddresses };
  return predictPath(snapshot(changes), question).outcome;
}

const groups = (endpointRules = [rule()], instanceRules = [everythingOut]) =>
  known([securityGroup({ rules: instanceRules }), securityGroup({ id: endpointGroupId, rules: endpointRules })]);

const noPrivateDns = { endpoints: known([endpoint({ privateDnsEnabled: false })]) };
const attributes = (enableDnsSupport: boolean, enableDnsHostnames: boolean) => ({
  dnsAttributes: new Map([[vpcId, known({ enableDnsSupport, enableDnsHostnames })]]),
});

describe('predicting the path to a service', () => {
  it('reaches the endpoint in the lab done right, at every interface', () => {
    assert.deepEqual(predict(), {
      kind: 'reachesEndpoint',
      endpointId,
      networkInterfaceIds: [endpointInterfaceA, endpointInterfaceB],
      addresses: ['172.31.36.107', '172.31.14.109'],
    });
  });

  it('leaves through the internet gateway without a private name, and says why', () => {
    const cases: readonly (readonly [Partial<NetworkSnapshot>, string, boolean])[] = [
      [noPrivateDns, 'privateDnsOff', true],
      [{ endpoints: known([endpoint({ state: 'pending' })]) }, 'endpointNotAvailable', true],
      [attributes(true, false), 'dnsAttributesOff', true],
      [{ endpoints: known([]) }, 'noEndpoint', false],
      [{ endpoints: known([endpoint({ vpcId: otherVpcId })]) }, 'endpointInOtherVpc', true],
    ];
    for (const [changes, cause, namesEndpoint] of cases) {
      const through = { kind: 'internetGateway', id: igwId };
      assert.deepEqual(predict(changes), {
        kind: 'leaves',
        through,
        cause,
        endpointId: namesEndpoint ? endpointId : undefined,
      });
    }
  });

  it('is dropped where a group does not let it pass', () => {
    assert.deepEqual(predict({ securityGroups: groups([]) }), {
      kind: 'dropped',
      cause: 'securityGroupLacksPort',
      subject: endpointGroupId,
      nameCause: undefined,
    });
    assert.deepEqual(predict({ securityGroups: groups([rule()], []) }), {
      kind: 'dropped',
      cause: 'securityGroupBlocksEgress',
      subject: instanceGroupId,
      nameCause: undefined,
    });
    const fromInstances = rule({ peer: { kind: 'group', groupId: instanceGroupId } });
    assert.equal(predict({ securityGroups: groups([fromInstances]) }).kind, 'reachesEndpoint');
  });

  it('is dropped without DNS, route or public address', () => {
    assert.deepEqual(predict(attributes(false, true)), {
      kind: 'dropped',
      cause: 'dnsSupportOff',
      subject: undefined,
      nameCause: undefined,
    });
    const local = { ...noPrivateDns, routeTables: known([routeTable({ routes: [localRoute] })]) };
    assert.deepEqual(predict(local), {
      kind: 'dropped',
      cause: 'noRoute',
      subject: mainTableId,
      nameCause: 'privateDnsOff',
    });
    const hole = {
      ...noPrivateDns,
      routeTables: known([routeTable({ routes: [localRoute, route('0.0.0.0/0', igw, { state: 'blackhole' })] })]),
    };
    assert.equal((predict(hole) as { cause: string }).cause, 'blackhole');
    const shy = {
      ...noPrivateDns,
      networkInterfaces: known([networkInterface({ publicIpAddress: undefined }), endpointInterface()]),
    };
    assert.equal((predict(shy) as { cause: string }).cause, 'noPublicAddress');
  });

  it('asks the ACLs of both subnets, both ways, and none inside one subnet', () => {
    const closed = networkAcl({ id: networkAclId('acl-0000000b'), subnetIds: [subnetB], entries: [] });
    const outcome = predict({ networkAcls: known([networkAcl({ subnetIds: [subnetA] }), closed]) });
    assert.deepEqual(outcome, {
      kind: 'partly',
      failingAddresses: ['172.31.14.109'],
      cause: 'networkAclDenies',
      subject: closed.id,
    });
    const noReplies = networkAcl({
      entries: [aclEntry({ direction: 'egress' }), aclEntry({ protocol: 6, fromPort: 443, toPort: 443 })],
    });
    const onlyA = { endpoints: known([endpoint({ networkInterfaceIds: [endpointInterfaceA] })]) };
    assert.equal(predict({ ...onlyA, networkAcls: known([noReplies]) }).kind, 'reachesEndpoint');
    const onlyB = { endpoints: known([endpoint({ networkInterfaceIds: [endpointInterfaceB] })]) };
    assert.deepEqual(predict({ ...onlyB, networkAcls: known([noReplies]) }), {
      kind: 'dropped',
      cause: 'networkAclDenies',
      subject: noReplies.id,
      nameCause: undefined,
    });
    const halfReplies = networkAcl({
      entries: [...noReplies.entries, aclEntry({ ruleNumber: 110, protocol: 6, fromPort: 50_000, toPort: 65_535 })],
    });
    assert.equal(predict({ ...onlyB, networkAcls: known([halfReplies]) }).kind, 'partly');
  });

  it('says unknown for what hangs on a part that was not read', () => {
    const parts: readonly Partial<NetworkSnapshot>[] = [
      { vpcs: unread('v') },
      { dnsAttributes: new Map([[vpcId, unread('a')]]) },
      { dnsAttributes: new Map() },
      { endpoints: unread('e') },
      { networkInterfaces: unread('i') },
      { securityGroups: unread('g') },
      { subnets: unread('s') },
      { routeTables: unread('r') },
      { networkAcls: unread('n') },
      { dhcpOptions: unread('d'), vpcs: known([vpc({ dhcpOptionsId: dhcpOptionsId('dopt-00000001') })]) },
    ];
    for (const part of parts) assert.equal(predict(part).kind, 'unknown', Object.keys(part)[0]);
  });

  it('needs no part that the decision does not hang on', () => {
    assert.equal(
      predict({ prefixLists: unread('p'), instances: unread('i'), internetGateways: unread('g') }).kind,
      'reachesEndpoint',
    );
    assert.equal(
      predict({ securityGroups: groups([]), networkAcls: unread('n'), prefixLists: unread('p') }).kind,
      'dropped',
    );
  });

  it('does not guess which public address a name has', () => {
    const split = known([
      routeTable({
        routes: [
          localRoute,
          route('52.0.0.0/8', { kind: 'natGateway', id: natGatewayId('nat-00000001') }),
          route('0.0.0.0/0', igw),
        ],
      }),
    ]);
    assert.equal(predict({ ...noPrivateDns, routeTables: split }).kind, 'unknown');
    assert.equal(predict({ ...noPrivateDns, routeTables: split }, ec2Name, ['52.95.80.1']).kind, 'leaves');
    const narrow = groups([rule()], [rule({ direction: 'egress', peer: { kind: 'cidr', cidr: '52.0.0.0/8' } })]);
    assert.equal(predict({ ...noPrivateDns, securityGroups: narrow }).kind, 'unknown');
  });

  it('knows that the list of another service does not concern the name', () => {
    const viaGateway = { kind: 'gatewayEndpoint', id: endpointId } as const;
    const routeTables = known([
      routeTable({ routes: [localRoute, route('0.0.0.0/0', igw), route(s3ListId, viaGateway)] }),
    ]);
    assert.equal(predict({ ...noPrivateDns, routeTables }).kind, 'leaves');
    assert.deepEqual(predict({ ...noPrivateDns, routeTables }, 's3.ap-south-1.amazonaws.com', ['52.219.56.1']), {
      kind: 'reachesEndpoint',
      endpointId,
      networkInterfaceIds: [],
      addresses: [],
    });
  });

  it('cannot see through a foreign name server, a peering or a missing group', () => {
    const options = { id: dhcpOptionsId('dopt-00000001'), domainName: undefined, domainNameServers: ['10.0.0.53'] };
    assert.equal(
      predict({ dhcpOptions: known([options]), vpcs: known([vpc({ dhcpOptionsId: options.id })]) }).kind,
      'unknown',
    );
    const stranger = networkInterface({ securityGroupIds: [securityGroupId('sg-0000000f')] });
    assert.equal(predict({ networkInterfaces: known([stranger, endpointInterface()]) }).kind, 'unknown');
  });
});
