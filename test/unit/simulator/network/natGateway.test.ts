import assert from 'node:assert/strict';
import { natGatewayId } from '../../../../src/core/ids';
import type { NatGateway } from '../../../../src/core/natGateway';
import type { RouteTarget } from '../../../../src/core/network';
import { decodeFrame } from '../../../../src/packet/headers/frame';
import { fabricOver } from '../../../support/fabricHarness';
import {
  aclEntry,
  igw,
  igwId,
  localRoute,
  mainTableId,
  natGateway,
  networkAcl,
  route,
  routeTable,
  subnetA,
  subnetB,
  vpcId,
} from '../../../support/networkBuilders';
import { addMachine, addPeering, addSite, idsOf } from '../../../support/siteBuilders';
import { change, publicEc2Address, SmallWorld } from '../../../support/smallWorld';

const natId = natGatewayId('nat-00000000000000001');
const nat: RouteTarget = { kind: 'natGateway', id: natId };
const elastic = '13.233.10.20';
const inside = '172.31.0.77';

/** The instance's subnet leads to a NAT gateway in the other subnet, which leads to the internet. */
function natWorld(changes: Partial<NatGateway> = {}): SmallWorld {
  const world = new SmallWorld();
  const { state } = world;
  const machine = addMachine(state, 300, {
    kind: 'natGateway',
    subnetId: subnetB,
    privateIpAddress: inside,
    publicIpAddress: changes.connectivity === 'private' ? undefined : elastic,
    securityGroupIds: [],
  });
  state.natGateways.set(natId, natGateway(machine, { id: natId, ...changes }));
  change(state.networkInterfaces, idsOf(1).interfaceId, { publicIpAddress: undefined });
  change(state.routeTables, mainTableId, { routes: [localRoute, route('0.0.0.0/0', nat)] });
  const { tableId } = idsOf(301);
  state.routeTables.set(
    tableId,
    routeTable({ id: tableId, isMain: false, subnetIds: [subnetB], routes: [localRoute, route('0.0.0.0/0', igw)] }),
  );
  return world;
}

async function connect(world: SmallWorld, address: string, port = 443) {
  const net = fabricOver(world);
  const outcome = await net.run(
    net.host.connectTcp(address, port, { timeoutMs: 2500 }).then(
      () => 'answered',
      error => String(error.failure),
    ),
  );
  return { outcome, drops: [...new Set(net.drops)], net };
}

describe('a NAT gateway', () => {
  it('gives private instances a way out under its Elastic IP address', async () => {
    const net = fabricOver(natWorld());
    const peers: string[] = [];
    net.fabric.internetHost('203.0.113.9').listenTcp(80, connection => peers.push(connection.remoteAddress));
    await net.run(net.host.connectTcp('203.0.113.9', 80, { timeoutMs: 2500 }));
    await net.pass(50);
    assert.deepEqual(peers, [elastic]);
    assert.equal((await connect(natWorld(), publicEc2Address)).outcome, 'answered');
  });

  it('translates echoes as well, each client its own way back', async () => {
    const world = natWorld();
    const net = fabricOver(world);
    net.fabric.internetHost('203.0.113.9');
    const echo = { id: 7, sequence: 1, payloadLength: 56 };
    assert.ok(await net.run(net.host.ping('203.0.113.9', echo, 1000)));
  });

  it('keeps conversations apart that come from one port of two instances', async () => {
    const net = fabricOver(natWorld());
    const student = net.fabric.internetHost('203.0.113.9');
    const ports: number[] = [];
    student.listenTcp(80, connection => ports.push(connection.remotePort));
    for (let count = 0; count < 20; count++) await net.run(net.host.connectTcp('203.0.113.9', 80));
    await net.pass(50);
    assert.equal(new Set(ports).size, 20);
    assert.ok(ports.every(port => port >= 1024));
  });

  it('lets nobody in from outside', async () => {
    const net = fabricOver(natWorld());
    const attempt = net.fabric.internetHost('203.0.113.9').connectTcp(elastic, 80, { timeoutMs: 1500 });
    await assert.rejects(net.run(attempt), { failure: 'timedOut' });
    assert.deepEqual([...new Set(net.drops)], ['noTranslation']);
  });

  it('needs the internet gateway, and a state in which it works', async () => {
    const world = natWorld();
    change(world.state.internetGateways, igwId, { attachedVpcIds: [] });
    assert.deepEqual((await connect(world, publicEc2Address)).drops, ['gatewayDetached']);
    assert.deepEqual((await connect(natWorld({ state: 'pending' }), publicEc2Address)).drops, ['addressUnused']);
  });

  it('leads to no public address when it is a private one', async () => {
    assert.deepEqual((await connect(natWorld({ connectivity: 'private' }), publicEc2Address)).drops, [
      'noPublicAddress',
    ]);
  });

  it('stands behind the ACL of its own subnet', async () => {
    const world = natWorld();
    const acl = networkAcl({
      id: idsOf(302).aclId,
      subnetIds: [subnetB],
      isDefault: false,
      entries: [aclEntry({ direction: 'egress' })],
    });
    change(world.state.networkAcls, networkAcl().id, { subnetIds: [subnetA] });
    world.state.networkAcls.set(acl.id, acl);
    assert.deepEqual((await connect(world, publicEc2Address)).drops, ['networkAcl']);
  });

  it('has forgotten a connection after 350 idle seconds, and resets it ("NAT gateways: Troubleshoot")', async () => {
    const net = fabricOver(natWorld());
    net.fabric.internetHost('203.0.113.9').listenTcp(80, () => {});
    const connection = await net.run(net.host.connectTcp('203.0.113.9', 80));
    await net.pass(340_000);
    connection.write(new Uint8Array(1));
    await net.pass(1000);
    await net.pass(352_000);
    connection.write(new Uint8Array(1));
    await assert.rejects(net.run(connection.read()), { failure: 'reset' });
  });

  it('is of no use to a peered VPC, nor does it lead into one', async () => {
    const world = natWorld();
    const site = addSite(world, 100, {});
    const pcx = addPeering(world, 200, [{ vpcId, place: world.place }, site]);
    const through: RouteTarget = { kind: 'peeringConnection', id: pcx.id };
    change(world.state.routeTables, idsOf(301).tableId, { routes: [localRoute, route('10.0.0.0/16', through)] });
    assert.deepEqual((await connect(world, site.address)).drops, ['edgeToEdge']);
  });

  it('shows the instance its peer unchanged', async () => {
    const { net } = await connect(natWorld(), publicEc2Address);
    const addresses = net.frames.flatMap(({ bytes }) => decodeFrame(bytes).ipv4?.source ?? []);
    assert.deepEqual([...new Set(addresses)].sort(), ['172.31.37.141', publicEc2Address]);
  });
});
