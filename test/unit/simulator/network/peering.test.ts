import assert from 'node:assert/strict';
import { peeringConnectionId, region } from '../../../../src/core/ids';
import type { RouteTarget } from '../../../../src/core/network';
import type { PeeringConnection } from '../../../../src/core/peering';
import { decodeFrame } from '../../../../src/packet/headers/frame';
import { fabricOver } from '../../../support/fabricHarness';
import {
  everythingOut,
  igw,
  instanceGroupId,
  localRoute,
  mainTableId,
  route,
  rule,
  vpcId,
} from '../../../support/networkBuilders';
import { addPeering, addSite, type Site } from '../../../support/siteBuilders';
import { change, publicEc2Address, SmallWorld } from '../../../support/smallWorld';

const through = ({ id }: PeeringConnection): RouteTarget => ({ kind: 'peeringConnection', id });
const own = '172.31.0.0/16';

/** Two VPCs with an active connection and routes both ways. */
function peered(options: Parameters<typeof addSite>[2] = {}) {
  const world = new SmallWorld();
  const site = addSite(world, 100, options);
  const connection = addPeering(world, 200, [{ vpcId, place: world.place }, site]);
  setRoutes(world, route('10.0.0.0/16', through(connection)));
  routeAtPeer(site, route(own, through(connection)));
  return { world, site, connection };
}

function setRoutes(world: SmallWorld, ...routes: ReturnType<typeof route>[]): void {
  change(world.state.routeTables, mainTableId, { routes: [localRoute, route('0.0.0.0/0', igw), ...routes] });
}

function routeAtPeer({ state, tableId }: Site, ...routes: ReturnType<typeof route>[]): void {
  const [local] = state.routeTables.get(tableId)!.routes;
  change(state.routeTables, tableId, { routes: [local!, ...routes] });
}

/** Pings the peer's instance once; what came of it, and what its interface saw. */
async function ping(world: SmallWorld, site: Site, address = site.address) {
  const net = fabricOver(world);
  const seen: string[] = [];
  net.fabric.hostNetwork(site.place, site.instanceId).tap('any', ({ direction, bytes }) => {
    const { ipv4, icmp } = decodeFrame(bytes);
    if (icmp && ipv4) seen.push(`${direction} ${icmp.type} ${ipv4.source}`);
  });
  const echo = { id: 7, sequence: 1, payloadLength: 56 };
  const answer = await net.run(net.host.ping(address, echo, 1000));
  const roundTripMs = typeof answer === 'object' ? answer.roundTripMs : 0;
  return { isAnswered: typeof answer === 'object', roundTripMs, drops: net.drops, seen };
}

describe('a peering connection', () => {
  it('carries both ways when it is active and both sides route', async () => {
    const { world, site } = peered();
    const { isAnswered, seen } = await ping(world, site);
    assert.ok(isAnswered);
    assert.deepEqual(seen, ['in 8 172.31.37.141', `out 0 ${site.address}`]);
  });

  it('lets requests arrive and loses replies without the route back (labs.md 4.5)', async () => {
    const { world, site } = peered();
    routeAtPeer(site);
    const { isAnswered, seen, drops } = await ping(world, site);
    assert.deepEqual([isAnswered, seen.length, drops], [false, 2, ['noRoute']]);
  });

  it('carries nothing while it is not active', async () => {
    const { world, site, connection } = peered();
    world.peeringConnections.set(connection.id, { ...connection, state: 'deleted' });
    assert.deepEqual((await ping(world, site)).drops, ['targetNotAvailable']);
  });

  it('stops at a blackhole', async () => {
    const { world, site, connection } = peered();
    setRoutes(world, route('10.0.0.0/16', through(connection), { state: 'blackhole' }));
    assert.deepEqual((await ping(world, site)).drops, ['blackhole']);
  });

  it("needs the groups' consent on both sides, and may be referred to by group in one region", async () => {
    const { world, site } = peered();
    const icmp = { protocol: 1, fromPort: -1, toPort: -1 };
    const admit = (groupId: typeof instanceGroupId) =>
      change(site.state.securityGroups, site.groupId, {
        rules: [rule({ ...icmp, peer: { kind: 'group', groupId } }), everythingOut],
      });
    admit(site.groupId);
    assert.deepEqual((await ping(world, site)).drops, ['securityGroup']);
    admit(instanceGroupId);
    assert.ok((await ping(world, site)).isAnswered);
  });

  it('takes longer between regions, where group references mean nothing', async () => {
    const place = { accountId: new SmallWorld().place.accountId, region: region('us-east-1') };
    const { world, site } = peered({ place });
    const { isAnswered, roundTripMs } = await ping(world, site);
    assert.ok(isAnswered && roundTripMs > 50, `${roundTripMs} ms`);
    change(site.state.securityGroups, site.groupId, {
      rules: [
        rule({
          protocol: -1,
          fromPort: undefined,
          toPort: undefined,
          peer: { kind: 'group', groupId: instanceGroupId },
        }),
      ],
    });
    assert.deepEqual((await ping(world, site)).drops, ['securityGroup']);
  });

  it('carries much data between regions too, in small segments', async () => {
    const place = { accountId: new SmallWorld().place.accountId, region: region('us-east-1') };
    const { world, site } = peered({ place });
    const net = fabricOver(world);
    net.fabric.hostNetwork(site.place, site.instanceId).listenTcp(80, connection => {
      connection.write(new Uint8Array(50_000));
      connection.close();
    });
    const connection = await net.run(net.host.connectTcp(site.address, 80));
    let received = 0;
    for (let bytes = await net.run(connection.read()); bytes; bytes = await net.run(connection.read()))
      received += bytes.length;
    assert.equal(received, 50_000);
    assert.deepEqual(net.drops, []);
    assert.ok(net.frames.every(({ bytes }) => bytes.length <= 1514));
  });

  it('is not transitive: a third VPC is out of reach ("Amazon VPC Peering Guide: Limitations")', async () => {
    const { world, site, connection } = peered();
    const third = addSite(world, 101, { network: '10.9.0.0/16' });
    const onward = addPeering(world, 201, [site, third]);
    routeAtPeer(site, route(own, through(connection)), route('10.9.0.0/16', through(onward)));
    routeAtPeer(third, route(own, through(onward)));
    setRoutes(world, route('10.0.0.0/8', through(connection)));
    assert.deepEqual((await ping(world, third)).drops, ['edgeToEdge']);
  });

  it("gives no way through the peer's edge, and none to its resolver", async () => {
    const { world, site, connection } = peered();
    change(world.state.routeTables, mainTableId, { routes: [localRoute, route('0.0.0.0/0', through(connection))] });
    assert.deepEqual((await ping(world, site, publicEc2Address)).drops, ['edgeToEdge']);
    assert.deepEqual((await ping(world, site, '10.0.0.2')).drops, ['addressUnused']);
  });

  it('belongs to its two VPCs only', async () => {
    const { world, site } = peered();
    const foreign: RouteTarget = { kind: 'peeringConnection', id: peeringConnectionId('pcx-00000000000000999') };
    setRoutes(world, route('10.0.0.0/16', foreign));
    assert.deepEqual((await ping(world, site)).drops, ['targetNotAvailable']);
  });
});
