import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  natGatewayId,
  networkAclId,
  networkInterfaceId,
  routeTableId,
  subnetId,
  vpcEndpointId,
} from '../../../../src/core/ids';
import type { NetworkAclEntry, Route, RouteTarget, SecurityGroupRule } from '../../../../src/core/network';
import { predictPath } from '../../../../src/core/prediction/predictPath';
import { known, type NetworkSnapshot } from '../../../../src/core/snapshot';
import { type DnsMessage, DnsType, decodeDns, encodeDns } from '../../../../src/packet/headers/dns';
import { fabricOver } from '../../../support/fabricHarness';
import {
  aclEntry,
  anyone,
  ec2Name,
  endpoint,
  endpointGroupId,
  endpointInterface,
  endpointInterfaceB,
  everythingOut,
  igw,
  instanceGroupId,
  instanceInterfaceId,
  localRoute,
  natGateway,
  networkAcl,
  networkInterface,
  otherVpcId,
  route,
  routeTable,
  rule,
  s3List,
  s3ListId,
  securityGroup,
  snapshot,
  subnet,
  subnetA,
  subnetB,
  vpcId,
} from '../../../support/networkBuilders';
import { publicEc2Address, SmallWorld } from '../../../support/smallWorld';

const https = { protocol: 6, fromPort: 443, toPort: 443 };
const deny = { action: 'deny', ruleNumber: 90 } as const;

const someRules = (direction: 'ingress' | 'egress') =>
  fc.subarray<SecurityGroupRule>([
    rule({ direction, ...https }),
    rule({ direction, ...https, peer: anyone }),
    rule({ direction, ...https, peer: { kind: 'cidr', cidr: '172.31.36.0/24' } }),
    rule({ direction, ...https, peer: { kind: 'cidr', cidr: '52.95.0.0/16' } }),
    rule({ direction, ...https, peer: { kind: 'group', groupId: instanceGroupId } }),
    rule({ direction, ...https, peer: { kind: 'group', groupId: endpointGroupId } }),
    rule({ direction, protocol: 6, fromPort: 80, toPort: 442 }),
    rule({ direction, ...https, peer: { kind: 'prefixList', prefixListId: s3ListId } }),
  ]);
const often = <T>(value: T, otherwise: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, otherwise);

const natId = natGatewayId('nat-00000000000000001');
const nat: RouteTarget = { kind: 'natGateway', id: natId };
const gatewayId = vpcEndpointId('vpce-00000000000000002');
const toGateway = route(s3ListId, { kind: 'gatewayEndpoint', id: gatewayId });
const someRoutes = fc.subarray<Route>([
  route('0.0.0.0/0', igw),
  route('52.95.80.0/24', igw, { state: 'blackhole' }),
  route('52.0.0.0/8', igw),
  route('52.95.0.0/16', nat),
  toGateway,
]);
const manyRoutes = fc.oneof(
  fc.constant([route('0.0.0.0/0', igw)]),
  fc.constant([route('0.0.0.0/0', nat)]),
  fc.constant([route('0.0.0.0/0', nat), toGateway]),
  someRoutes,
);

const open = [aclEntry(), aclEntry({ direction: 'egress' })];
const someEntries = often<NetworkAclEntry[]>(
  [],
  fc.subarray<NetworkAclEntry>([
    aclEntry({ ...deny, direction: 'egress', protocol: 6, fromPort: 443, toPort: 443 }),
    aclEntry({ ...deny, protocol: 6, fromPort: 443, toPort: 443, cidr: '172.31.32.0/20' }),
    aclEntry({ ...deny, protocol: 6, fromPort: 1024, toPort: 65_535 }),
    aclEntry({ ...deny, direction: 'egress', protocol: 6, fromPort: 32_000, toPort: 65_535, cidr: '172.31.0.0/16' }),
    aclEntry({ ...deny, cidr: '52.0.0.0/8' }),
  ]),
).map(entries => [...entries.map((entry, i) => ({ ...entry, ruleNumber: 10 + i })), ...open]);

const subnetC = subnetId('subnet-0000000c');
const natInterfaceId = networkInterfaceId('eni-0000000c');
const { subnets } = snapshot();
const baseSubnets = subnets.known ? subnets.value : [];

const worlds: fc.Arbitrary<Partial<NetworkSnapshot>> = fc
  .record({
    privateDnsEnabled: fc.boolean(),
    state: often('available' as const, fc.constantFrom('pending' as const, 'failed' as const)),
    isElsewhere: fc.integer({ min: 0, max: 5 }).map(n => n === 0),
    enableDnsSupport: fc.integer({ min: 0, max: 5 }).map(n => n > 0),
    enableDnsHostnames: fc.integer({ min: 0, max: 3 }).map(n => n > 0),
    endpointRules: often([rule()], someRules('ingress')),
    instanceRules: often([everythingOut], someRules('egress')),
    routes: manyRoutes,
    natState: often('available' as const, fc.constantFrom('pending' as const, 'failed' as const)),
    natRoutes: often(
      [route('0.0.0.0/0', igw)],
      someRoutes.map(routes => routes.filter(({ target }) => target.kind === 'internetGateway')),
    ),
    aclC: someEntries,
    aclA: someEntries,
    aclB: someEntries,
    isPublic: fc.boolean(),
    hasSecondInterface: fc.boolean(),
  })
  .map(world => {
    const interfaces = [
      networkInterface(world.isPublic ? {} : { publicIpAddress: undefined }),
      endpointInterface(),
      ...(world.hasSecondInterface
        ? [endpointInterface({ id: endpointInterfaceB, subnetId: subnetB, privateIpAddress: '172.31.14.109' })]
        : []),
    ];
    const networkInterfaceIds = interfaces.slice(1).map(({ id }) => id);
    const natInterface = networkInterface({
      id: natInterfaceId,
      kind: 'natGateway',
      subnetId: subnetC,
      privateIpAddress: '172.31.16.9',
      publicIpAddress: '13.233.10.20',
      securityGroupIds: [],
      instanceId: undefined,
    });
    const { privateDnsEnabled, state, enableDnsHostnames, enableDnsSupport } = world;
    return {
      dnsAttributes: new Map([[vpcId, known({ enableDnsSupport, enableDnsHostnames })]]),
      endpoints: known([
        endpoint({
          privateDnsEnabled,
          state,
          networkInterfaceIds,
          ...(world.isElsewhere ? { vpcId: otherVpcId } : {}),
        }),
        endpoint({ id: gatewayId, kind: 'gateway', networkInterfaceIds: [], dnsEntries: [] }),
      ]),
      subnets: known([...baseSubnets, subnet({ id: subnetC, cidrBlock: '172.31.16.0/20' })]),
      prefixLists: known([s3List(['52.95.80.0/23'])]),
      natGateways: known([natGateway(natInterface, { id: natId, state: world.natState })]),
      networkInterfaces: known([...interfaces, natInterface]),
      routeTables: known([
        routeTable({ routes: [localRoute, ...world.routes] }),
        routeTable({
          id: routeTableId('rtb-0000000c'),
          isMain: false,
          subnetIds: [subnetC],
          routes: [localRoute, ...world.natRoutes],
        }),
      ]),
      securityGroups: known([
        securityGroup({ rules: world.instanceRules }),
        securityGroup({ id: endpointGroupId, rules: world.endpointRules }),
      ]),
      networkAcls: known([
        networkAcl({ subnetIds: [subnetA], entries: world.aclA }),
        networkAcl({ id: networkAclId('acl-0000000b'), subnetIds: [subnetB], entries: world.aclB }),
        networkAcl({ id: networkAclId('acl-0000000c'), subnetIds: [subnetC], entries: world.aclC }),
      ]),
    };
  });

/** What packets show: the addresses that DNS gives, and which of them can be connected to. */
async function observe(world: Partial<NetworkSnapshot>) {
  const bench = fabricOver(new SmallWorld(world));
  const addresses = await bench.run(ask(bench.host));
  const connected: string[] = [];
  for (const address of addresses ?? []) {
    const attempt = bench.host.connectTcp(address, 443, { timeoutMs: 2500 }).then(
      connection => {
        connection.close();
        return true;
      },
      () => false,
    );
    if (await bench.run(attempt)) connected.push(address);
  }
  return { addresses: addresses && [...addresses].sort(), connected: connected.sort() };
}

async function ask(host: ReturnType<typeof fabricOver>['host']): Promise<readonly string[] | undefined> {
  const socket = host.openUdp();
  const question: DnsMessage = {
    id: 7,
    isResponse: false,
    opcode: 0,
    isAuthoritative: false,
    isTruncated: false,
    recursionDesired: true,
    recursionAvailable: false,
    authenticData: false,
    checkingDisabled: false,
    responseCode: 0,
    questions: [{ name: ec2Name, type: DnsType.a, class: 1 }],
    answers: [],
    authorities: [],
    additionals: [],
  };
  socket.send('172.31.0.2', 53, encodeDns(question));
  const datagram = await socket.receive(2000);
  socket.dispose();
  const answer = datagram && decodeDns(datagram.payload);
  return answer?.answers.flatMap(({ data }) => (data.kind === 'address' ? [data.address] : []));
}

/** The same in the words of a prediction. */
function expected(world: Partial<NetworkSnapshot>) {
  const question = {
    networkInterfaceId: instanceInterfaceId,
    name: ec2Name,
    port: 443,
    publicAddresses: [publicEc2Address],
  };
  const { answer, outcome } = predictPath(snapshot(world), question);
  const addresses = answer?.outcome === 'addresses' ? [...answer.addresses].sort() : undefined;
  switch (outcome.kind) {
    case 'reachesEndpoint':
    case 'leaves':
      return { addresses, connected: addresses };
    case 'dropped':
      return { addresses, connected: [] };
    case 'partly':
      return { addresses, connected: addresses?.filter(address => !outcome.failingAddresses.includes(address)) };
    case 'reachesInterface':
    case 'unknown':
      throw new Error(`${outcome.kind} in a world that is fully known`);
  }
}

describe('prediction and packets', () => {
  it('agree on random worlds, although they compose the rules apart', async () => {
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(worlds, async world => {
        const seen = await observe(world);
        reached.add(`${seen.addresses?.includes(publicEc2Address)} ${seen.connected.length}`);
        assert.deepEqual(seen, expected(world));
      }),
      { numRuns: 300 },
    );
    assert.ok(reached.size >= 5, [...reached].join('; '));
  }).timeout(60_000);
});
