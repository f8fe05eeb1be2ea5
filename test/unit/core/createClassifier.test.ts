import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AddressClass, addressClasses } from '../../../src/core/classification';
import { createClassifier } from '../../../src/core/createClassifier';
import { natGatewayId, networkInterfaceId, peeringConnectionId } from '../../../src/core/ids';
import { formatIpv4, ipv4 } from '../../../src/core/ipv4';
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
} from '../../support/networkBuilders';

const classOf = (address: string, world: NetworkSnapshot = snapshot()): AddressClass =>
  addressClasses[createClassifier(world, instanceInterfaceId).classify(ipv4(address)).classIndex]!;

const pcx = { kind: 'peeringConnection', id: peeringConnectionId('pcx-00000001') } as const;
const gatewayEndpoint = { kind: 'gatewayEndpoint', id: endpointId } as const;

describe('classifying an address', () => {
  it('knows the places of the first lab', () => {
    assert.equal(classOf('172.31.36.107'), 'endpointInterface');
    assert.equal(classOf('172.31.14.109'), 'endpointInterface');
    assert.equal(classOf('172.31.37.141'), 'instance');
    assert.equal(classOf('172.31.0.2'), 'resolver');
    assert.equal(classOf('169.254.169.253'), 'resolver');
    assert.equal(classOf('169.254.169.254'), 'linkLocal');
    assert.equal(classOf('172.31.99.99'), 'local');
    assert.equal(classOf('52.95.80.1'), 'internetGateway');
    assert.equal(classOf('224.0.0.1'), 'unknown');
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
    for (const address of ['169.254.169.253', '169.254.169.254', '224.0.0.251', '255.255.255.255']) {
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
    assert.equal(classOf('10.3.1.1', world), 'unknown');
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
    const isRouted = (address: string) => ipv4(address) < ipv4('224.0.0.0') && !address.startsWith('169.254.');
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
