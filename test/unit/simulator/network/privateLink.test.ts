import assert from 'node:assert/strict';
import { accountId } from '../../../../src/core/ids';
import { decodeFrame } from '../../../../src/packet/headers/frame';
import { fabricOver } from '../../../support/fabricHarness';
import { addLoadBalancer, addService, type BalancerOptions } from '../../../support/loadBalancerBuilders';
import {
  endpointGroupId,
  endpointId,
  everythingOut,
  instanceGroupId,
  rule,
  securityGroup,
  subnet,
} from '../../../support/networkBuilders';
import { addSite, idsOf, type Site } from '../../../support/siteBuilders';
import { change, SmallWorld } from '../../../support/smallWorld';

const provider = { accountId: accountId('444455556666'), region: new SmallWorld().place.region };
const entrance = '172.31.36.107';
const client = '172.31.37.141';
const nodeAddress = '172.31.0.77';

/** The small world's endpoint leads to a service in another account, whose VPC has the very same addresses. */
function linkedWorld(options: BalancerOptions | ((site: Site) => BalancerOptions) = {}) {
  const world = new SmallWorld();
  change(world.state.securityGroups, endpointGroupId, { rules: [rule({ fromPort: 80, toPort: 80 })] });
  const site = addSite(world, 100, { place: provider, network: '172.31.0.0/16' });
  const built = addLoadBalancer(site, 400, typeof options === 'function' ? options(site) : options);
  const service = addService(site.state, built.balancer);
  change(world.state.endpoints, endpointId, { serviceName: service.serviceName, privateDnsEnabled: false });
  return { world, site, service, ...built };
}

async function connect(world: SmallWorld, site: Site, port = 80, address = entrance) {
  const net = fabricOver(world);
  const callers: string[] = [];
  const server = net.fabric.hostNetwork(site.place, site.instanceId);
  server.listenTcp(80, connection => callers.push(connection.remoteAddress));
  const outcome = await net.run(
    net.host.connectTcp(address, port, { timeoutMs: 2500 }).then(
      () => 'answered',
      error => String(error.failure),
    ),
  );
  await net.pass(50);
  return { outcome, callers, drops: [...new Set(net.drops)], net, server };
}

describe("an endpoint for somebody's own service", () => {
  it('leads to a target that sees the load balancer, although addresses overlap and instances keep clients', async () => {
    const { world, site } = linkedWorld();
    const { outcome, callers } = await connect(world, site);
    assert.deepEqual([outcome, callers], ['answered', [nodeAddress]]);
  });

  it("shows the consumer its interface's address only, and small segments", async () => {
    const { world, site } = linkedWorld();
    const { net } = await connect(world, site);
    const incoming = net.frames.filter(({ direction }) => direction === 'in').map(({ bytes }) => decodeFrame(bytes));
    assert.deepEqual([...new Set(incoming.flatMap(({ ipv4 }) => ipv4?.source ?? []))], [entrance]);
    const option = incoming[0]?.tcp?.options[0];
    assert.deepEqual(option, { kind: 'maximumSegmentSize', bytes: 8460 });
  });

  it("carries the consumer's bytes and the answers", async () => {
    const { world, site } = linkedWorld();
    const net = fabricOver(world);
    net.fabric.hostNetwork(site.place, site.instanceId).listenTcp(80, connection => {
      connection.read().then(bytes => connection.write(bytes!), assert.fail);
    });
    const connection = await net.run(net.host.connectTcp(entrance, 80));
    connection.write(new TextEncoder().encode('hello'));
    assert.equal(new TextDecoder().decode(await net.run(connection.read())), 'hello');
  });

  it('is silent until it is accepted, and once it is rejected (labs.md 6.17)', async () => {
    for (const state of ['pendingAcceptance', 'rejected', 'pending'] as const) {
      const { world, site } = linkedWorld();
      change(world.state.endpoints, endpointId, { state });
      assert.deepEqual((await connect(world, site)).drops, ['addressUnused'], state);
    }
  });

  it("needs the service's port in its groups, which are asked for nothing else (labs.md 6.14)", async () => {
    const { world, site } = linkedWorld();
    change(world.state.securityGroups, endpointGroupId, { rules: [rule(), everythingOut] });
    const { outcome, drops } = await connect(world, site);
    assert.deepEqual([outcome, drops], ['timedOut', ['securityGroup']]);
  });

  it('refuses a port without a listener', async () => {
    const { world, site } = linkedWorld();
    change(world.state.securityGroups, endpointGroupId, { rules: [rule({ fromPort: 0, toPort: 65_535 })] });
    assert.equal((await connect(world, site, 443)).outcome, 'refused');
  });

  it('ends in the load balancer node of its own zone, by id: a zone without a target is silent (labs.md 6.7)', async () => {
    const other = (attributes: Record<string, string>) =>
      linkedWorld(site => {
        const ids = idsOf(150);
        // The account calls the other zone by the name that the consumer has for this one.
        const zone = { availabilityZone: 'ap-south-1c', availabilityZoneId: 'aps1-az3' };
        site.state.subnets.set(
          ids.subnetId,
          subnet({ ...zone, id: ids.subnetId, vpcId: site.vpcId, cidrBlock: '172.31.9.0/24' }),
        );
        return {
          attributes,
          nodes: [
            { subnetId: site.subnetId, address: nodeAddress },
            { subnetId: ids.subnetId, address: '172.31.9.77' },
          ],
        };
      });
    const alone = other({});
    assert.equal((await connect(alone.world, alone.site)).outcome, 'answered');
    const lost = await connect(alone.world, alone.site, 80, '172.31.14.109');
    assert.deepEqual([lost.outcome, lost.drops], ['timedOut', ['noTarget']]);
    const across = other({ 'load_balancing.cross_zone.enabled': 'true' });
    const found = await connect(across.world, across.site, 80, '172.31.14.109');
    assert.deepEqual([found.outcome, found.callers], ['answered', ['172.31.9.77']]);
  });

  it("lets the load balancer's groups judge the consumer's address, unless they are told not to", async () => {
    const make = (cidr: string, enforcesGroupsOnPrivateLink: boolean) =>
      linkedWorld(site => {
        const id = idsOf(101).groupId;
        const rules = [rule({ fromPort: 80, toPort: 80, peer: { kind: 'cidr', cidr } }), everythingOut];
        site.state.securityGroups.set(id, securityGroup({ id, vpcId: site.vpcId, rules }));
        return { securityGroupIds: [id], enforcesGroupsOnPrivateLink };
      });
    const admitted = make(`${client}/32`, true);
    assert.equal((await connect(admitted.world, admitted.site)).outcome, 'answered');
    const refused = make('172.31.0.77/32', true);
    assert.deepEqual((await connect(refused.world, refused.site)).drops, ['securityGroup']);
    const unasked = make('172.31.0.77/32', false);
    assert.equal((await connect(unasked.world, unasked.site)).outcome, 'answered');
  });

  it("needs the target's groups to admit the load balancer, not the consumer (labs.md 6.20)", async () => {
    const { world, site } = linkedWorld();
    const admit = (cidr: string) =>
      change(site.state.securityGroups, site.groupId, {
        rules: [rule({ fromPort: 80, toPort: 80, peer: { kind: 'cidr', cidr } }), everythingOut],
      });
    admit(`${nodeAddress}/32`);
    assert.equal((await connect(world, site)).outcome, 'answered');
    admit(`${client}/32`);
    assert.deepEqual((await connect(world, site)).drops, ['securityGroup']);
  });

  it('is one way: the provider opens nothing towards consumers', async () => {
    const { world, site } = linkedWorld();
    change(world.state.securityGroups, instanceGroupId, { rules: [rule({ protocol: -1 }), everythingOut] });
    const { server, net } = await connect(world, site);
    net.host.listenTcp(5000, () => {});
    await assert.rejects(net.run(server.connectTcp(client, 5000, { timeoutMs: 1500 })), { failure: 'timedOut' });
  });

  it('resets what comes after 350 idle seconds', async () => {
    const { world, site } = linkedWorld();
    const net = fabricOver(world);
    net.fabric.hostNetwork(site.place, site.instanceId).listenTcp(80, () => {});
    const connection = await net.run(net.host.connectTcp(entrance, 80));
    await net.pass(352_000);
    connection.write(new Uint8Array(1));
    await assert.rejects(net.run(connection.read()), { failure: 'reset' });
  });

  it('leads nowhere once the service is gone', async () => {
    const { world, site, service } = linkedWorld();
    site.state.endpointServices.delete(service.id);
    assert.deepEqual((await connect(world, site)).drops, ['noTarget']);
  });
});
