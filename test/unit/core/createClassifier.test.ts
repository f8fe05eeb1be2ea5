import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AddressClass, addressClasses } from '../../../src/core/classification';
import { createClassifier } from '../../../src/core/createClassifier';
import { natGatewayId, networkInterfaceId, peeringConnectionId } from '../../../src/core/ids';
import { formatIpv4, ipv4 } from '../../../src/core/ipv4';
import type { NetworkInterface } from '../../../src/core/network';
import { matchRoute } from '../../../src/core/rules/matchRoute';
import { known, type NetworkSnapshot } from '../../../src/core/snapshot';
import {
  endpointId,
  endpointInterface,
  endpointInterfaceA,
  endpointInterfaceB,
  igw,
  instanceInterfaceId,
  localRoute,
  networkInterface,
  otherVpcId,
  route,
  routeTable,
  s3List,
  s3ListId,
  snapshot,
  unread,
  vpc,
} from '../../support/networkBuilders';

const classOf = (address: string, world: NetworkSnapshot = snapshot()): AddressClass =>
  addressClasses[createClassifier(world, instanceInterfaceId).classify(ipv4(address)).classIndex]!;

const pcx = { kind: 'peeringConnection', id: peeringConnectionId('pcx-00000001') } as const;
const gatewayEndpoint = { kind: 'gatewayEndpoint', id: endpointId } as const;

describe('classifying an address', () => {
  it('knows the places of the first lab', () => {
    assert.equal(classOf('172.31.36.107'), 'endpointInterface');
    assert.equal(classOf('172.31.14.109'), 'endpointInterface');
    assert.equal(classOf('172.31.37.141'), 'ownAddress');
    assert.equal(classOf('172.31.0.2'), 'resolver');
    assert.equal(classOf('169.254.169.253'), 'resolver');
    assert.equal(classOf('169.254.169.254'), 'metadata');
    assert.equal(classOf('169.254.169.123'), 'timeSync');
    assert.equal(classOf('169.254.170.2'), 'linkLocal');
    assert.equal(classOf('172.31.99.99'), 'local');
    assert.equal(classOf('52.95.80.1'), 'internetGateway');
    assert.equal(classOf('224.0.0.1'), 'multicast');
    assert.equal(classOf('255.255.255.255'), 'multicast');
    assert.equal(classOf('240.0.0.1'), 'unknown');
    for (const own of ['0.0.0.0', '127.0.0.1']) assert.equal(classOf(own), 'ownAddress');
  });

  it('counts rows as they are shown, and names what stands behind them', () => {
    const classifier = createClassifier(snapshot(), instanceInterfaceId);
    assert.deepEqual(
      classifier.endpointInterfaces.map(row => row.availabilityZone),
      ['ap-south-1a', 'ap-south-1b'],
    );
    const first = classifier.classify(ipv4('172.31.36.107'));
    assert.deepEqual([first.interfaceRow, first.routeRow], [1, 1]);
    assert.deepEqual([first.place.endpointId, first.place.networkInterfaceId], [endpointId, endpointInterfaceA]);
    assert.equal(classifier.classify(ipv4('172.31.14.109')).place.networkInterfaceId, endpointInterfaceB);
    assert.deepEqual(classifier.classify(ipv4('8.8.8.8')).routeRow, 2);
  });

  it('finds no route for link-local services and multicast, though the default route covers their numbers', () => {
    const classifier = createClassifier(snapshot(), instanceInterfaceId);
    for (const address of ['169.254.169.253', '169.254.169.254', '224.0.0.251', '255.255.255.255', '127.0.0.1']) {
      const { routeRow, place } = classifier.classify(ipv4(address));
      assert.deepEqual([routeRow, place.route], [0, undefined], address);
    }
  });

  it('looks through the VPC of the capturing interface: the same number elsewhere is somebody else', () => {
    const twin = networkInterface({
      id: networkInterfaceId('eni-0000000f'),
      vpcId: otherVpcId,
      privateIpAddress: '172.31.50.50',
    });
    const world = snapshot({ networkInterfaces: known([networkInterface(), twin]) });
    assert.equal(classOf('172.31.50.50', world), 'local');
  });

  it('follows the route table of the subnet', () => {
    const routes = [
      localRoute,
      route('10.0.0.0/16', pcx),
      route('10.1.0.0/16', { kind: 'natGateway', id: natGatewayId('nat-00000001') }),
      route('10.2.0.0/16', pcx, { state: 'blackhole' }),
      route(s3ListId, gatewayEndpoint),
      route('10.3.0.0/16', { kind: 'other', id: 'tgw-1' }),
    ];
    const world = snapshot({ routeTables: known([routeTable({ routes })]) });
    assert.equal(classOf('10.0.1.1', world), 'peering');
    assert.equal(classOf('10.1.1.1', world), 'natGateway');
    assert.equal(classOf('10.2.1.1', world), 'noRoute');
    assert.equal(classOf('10.3.1.1', world), 'otherTarget');
    assert.equal(classOf('10.4.1.1', world), 'noRoute');
    assert.equal(classOf('52.219.56.9', world), 'gatewayEndpoint');
    assert.equal(
      createClassifier(world, instanceInterfaceId).classify(ipv4('52.219.56.9')).place.endpointId,
      endpointId,
    );
  });

  it('treats nothing unread as empty', () => {
    const routeless = snapshot({ routeTables: unread('ec2:DescribeRouteTables') });
    assert.equal(classOf('52.95.80.1', routeless), 'unknown');
    assert.equal(classOf('172.31.36.107', routeless), 'endpointInterface');
    const faceless = snapshot({ networkInterfaces: unread('ec2:DescribeNetworkInterfaces') });
    for (const address of ['52.95.80.1', '172.31.36.107']) assert.equal(classOf(address, faceless), 'unknown');
    const listless = snapshot({
      prefixLists: unread('ec2:DescribeManagedPrefixLists'),
      routeTables: known([
        routeTable({ routes: [localRoute, route('0.0.0.0/0', igw), route(s3ListId, gatewayEndpoint)] }),
      ]),
    });
    assert.equal(classOf('52.95.80.1', listless), 'unknown');
    assert.equal(classOf('172.31.99.99', listless), 'local');
  });

  it('knows an endpoint by the description of its interface when the endpoints were not read', () => {
    const classifier = createClassifier(
      snapshot({ endpoints: unread('ec2:DescribeVpcEndpoints') }),
      instanceInterfaceId,
    );
    assert.equal(classifier.classify(ipv4('172.31.36.107')).place.endpointId, endpointId);
  });

  it('agrees with matching the route for every address that a VPC routes', () => {
    const isRouted = (address: string) =>
      ipv4(address) < ipv4('224.0.0.0') && !/^(169\.254|127)\.|^0\.0\.0\.0$/.test(address);
    const routed = fc.ipV4().filter(isRouted);
    const anyRoute = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 28 })).map(([a, n]) => route(`${a}/${n}`, igw));
    const lists = [s3List()];
    fc.assert(
      fc.property(fc.array(anyRoute, { maxLength: 20 }), fc.array(routed, { maxLength: 20 }), (extra, addresses) => {
        const routes = [localRoute, route(s3ListId, gatewayEndpoint), ...extra];
        const classifier = createClassifier(
          snapshot({ routeTables: known([routeTable({ routes })]) }),
          instanceInterfaceId,
        );
        for (const address of addresses.map(text => ipv4(text))) {
          const winner = matchRoute(routes, formatIpv4(address), lists).winner?.route;
          assert.equal(classifier.classify(address).place.route, winner);
        }
      }),
    );
  });

  it('tells the other interfaces of the VPC apart', () => {
    const at = (seed: string, privateIpAddress: string, changes: Partial<NetworkInterface>) =>
      networkInterface({
        id: networkInterfaceId(`eni-0000000${seed}`),
        privateIpAddress,
        instanceId: undefined,
        ...changes,
      });
    const world = snapshot({
      networkInterfaces: known([
        networkInterface({ furtherAddresses: ['172.31.37.142'] }),
        at('a', '172.31.1.1', { kind: 'networkLoadBalancer' }),
        at('b', '172.31.1.2', { kind: 'other', description: 'ELB app/web/50dc6c495c0c9188' }),
        at('c', '172.31.1.3', { kind: 'natGateway' }),
        at('d', '172.31.1.4', { kind: 'other', description: 'RDSNetworkInterface' }),
        at('e', '172.31.1.5', { kind: 'instance', furtherAddresses: ['172.31.1.6'] }),
      ]),
    });
    const seen = ['172.31.37.142', '172.31.1.1', '172.31.1.2', '172.31.1.3', '172.31.1.4', '172.31.1.5', '172.31.1.6'];
    assert.deepEqual(
      seen.map(address => classOf(address, world)),
      ['ownAddress', 'loadBalancer', 'loadBalancer', 'otherInterface', 'otherInterface', 'instance', 'instance'],
    );
  });

  it('places IPv6 by services, interfaces, ranges and routes as well', () => {
    const world = snapshot({
      vpcs: known([vpc({ ipv6CidrBlocks: ['2001:db8:1:100::/56'] })]),
      networkInterfaces: known([
        networkInterface({ furtherAddresses: ['2001:db8:1:100::1'] }),
        endpointInterface({ furtherAddresses: ['2001:0DB8:1:100:0:0:0:25'] }),
      ]),
      routeTables: known([
        routeTable({
          routes: [
            localRoute,
            route('2001:db8:1:100::/56', { kind: 'local' }),
            route('::/0', { kind: 'other', id: 'eigw-00000001' }),
            route('2001:db8:2::/48', pcx),
            route('2001:db8:3::/48', igw),
          ],
        }),
      ]),
    });
    const classifier = createClassifier(world, instanceInterfaceId);
    const placed = (address: string) => classifier.classifyIpv6(address).place.addressClass;
    const expected: Readonly<Record<string, AddressClass>> = {
      'fd00:ec2::253': 'resolver',
      'fd00:ec2::254': 'metadata',
      'fd00:ec2::123': 'timeSync',
      'fe80::1': 'linkLocal',
      'ff02::1': 'multicast',
      '2001:db8:1:100::1': 'ownAddress',
      '2001:db8:1:100::25': 'endpointInterface',
      '2001:db8:1:1ff::5': 'local',
      '2001:db8:2::5': 'peering',
      '2001:db8:3::5': 'internetGateway',
      '2001:db8:4::5': 'egressOnlyGateway',
      'some.name': 'unknown',
    };
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map(address => [address, placed(address)])), expected);
    const { interfaceRow, routeRow } = classifier.classifyIpv6('2001:db8:1:100::25');
    assert.deepEqual([interfaceRow, routeRow], [1, 2]);
  });

  it('gives no row beyond the 255 that fit into a byte', () => {
    const many = Array.from({ length: 300 }, (_, i) =>
      endpointInterface({
        id: networkInterfaceId(`eni-${(i + 256).toString(16).padStart(8, '0')}`),
        privateIpAddress: formatIpv4(ipv4('172.31.40.0') + i),
      }),
    );
    const classifier = createClassifier(
      snapshot({ networkInterfaces: known([networkInterface(), ...many]) }),
      instanceInterfaceId,
    );
    const rows = many.map(({ privateIpAddress }) => classifier.classify(ipv4(privateIpAddress)).interfaceRow);
    assert.equal(Math.max(...rows), 255);
    assert.equal(rows.filter(row => row === 0).length, 45);
  });
});
