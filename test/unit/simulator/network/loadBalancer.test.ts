import assert from 'node:assert/strict';
import { decodeFrame } from '../../../../src/packet/headers/frame';
import type { ProbeResult } from '../../../../src/simulator/world/targetHealth';
import { answerHttp } from '../../../support/answerHttp';
import { fabricOver } from '../../../support/fabricHarness';
import { addLoadBalancer, type BalancerOptions, target } from '../../../support/loadBalancerBuilders';
import {
  anyone,
  everythingOut,
  igw,
  igwId,
  localRoute,
  mainTableId,
  route,
  rule,
  securityGroup,
  subnet,
  vpcId,
} from '../../../support/networkBuilders';
import { addMachine, addPeering, addSite, idsOf, type Site } from '../../../support/siteBuilders';
import { change, SmallWorld } from '../../../support/smallWorld';

const client = '172.31.37.141';

/** The small world's instance, peered with a site that holds a load balancer before an instance. */
function balancedWorld(options: BalancerOptions | ((site: Site) => BalancerOptions) = {}) {
  const world = new SmallWorld();
  const site = addSite(world, 100);
  const pcx = addPeering(world, 200, [{ vpcId, place: world.place }, site]);
  const target = { kind: 'peeringConnection', id: pcx.id } as const;
  change(world.state.routeTables, mainTableId, {
    routes: [localRoute, route('0.0.0.0/0', igw), route('10.0.0.0/16', target)],
  });
  const [own] = site.state.routeTables.get(site.tableId)!.routes;
  change(site.state.routeTables, site.tableId, { routes: [own!, route('172.31.0.0/16', target)] });
  const built = addLoadBalancer(site, 400, typeof options === 'function' ? options(site) : options);
  return { world, site, ...built };
}

/** Connects to the load balancer's node; who came to the target, and why packets were lost. */
async function connect(world: SmallWorld, site: Site, { port = 80, address = '10.0.0.77', listens = 80 } = {}) {
  const net = fabricOver(world);
  const callers: string[] = [];
  const machine = net.fabric.hostNetwork(site.place, site.instanceId);
  machine.listenTcp(listens, connection => callers.push(connection.remoteAddress));
  const outcome = await net.run(
    net.host.connectTcp(address, port, { timeoutMs: 2500 }).then(
      () => 'answered',
      error => String(error.failure),
    ),
  );
  await net.pass(50);
  return { outcome, callers, drops: [...new Set(net.drops)], net };
}

describe("a network load balancer's node", () => {
  it("shows instances the client's own address, and answers under its own", async () => {
    const { world, site } = balancedWorld();
    assert.deepEqual(await connect(world, site).then(({ outcome, callers }) => [outcome, callers]), [
      'answered',
      [client],
    ]);
  });

  it('shows its own address when it is told to, and to targets by address ("Client IP preservation")', async () => {
    const off = balancedWorld({ group: { attributes: { 'preserve_client_ip.enabled': 'false' } } });
    assert.deepEqual((await connect(off.world, off.site)).callers, ['10.0.0.77']);
    const byAddress = balancedWorld({ group: { targetType: 'ip', targets: [target('10.0.0.5')] } });
    assert.deepEqual((await connect(byAddress.world, byAddress.site)).callers, ['10.0.0.77']);
  });

  it('sends to the port of the target, not of the listener', async () => {
    const { world, site } = balancedWorld(({ instanceId }) => ({
      group: { targets: [target(instanceId, { port: 8080 })] },
    }));
    assert.equal((await connect(world, site, { listens: 8080 })).outcome, 'answered');
  });

  it('refuses a port without a listener, and a listener without targets', async () => {
    const { world, site } = balancedWorld();
    assert.equal((await connect(world, site, { port: 81 })).outcome, 'refused');
    const empty = balancedWorld({ group: { targets: [] } });
    assert.equal((await connect(empty.world, empty.site)).outcome, 'refused');
  });

  it('is silent where its zone has no target, unless it balances across zones', async () => {
    const elsewhere = (attributes: Record<string, string>) =>
      balancedWorld(site => {
        const subnetId = idsOf(150).subnetId;
        const zone = { availabilityZone: 'ap-south-1b', availabilityZoneId: 'aps1-az3' };
        site.state.subnets.set(
          subnetId,
          subnet({ id: subnetId, vpcId: site.vpcId, cidrBlock: '10.0.9.0/24', ...zone }),
        );
        return { attributes, nodes: [{ subnetId, address: '10.0.9.77' }] };
      });
    const alone = elsewhere({});
    const lost = await connect(alone.world, alone.site, { address: '10.0.9.77' });
    assert.deepEqual([lost.outcome, lost.drops], ['timedOut', ['noTarget']]);
    const across = elsewhere({ 'load_balancing.cross_zone.enabled': 'true' });
    assert.equal((await connect(across.world, across.site, { address: '10.0.9.77' })).outcome, 'answered');
  });

  it('lets the groups that it was made with judge clients, and targets name those groups', async () => {
    const group = idsOf(101).groupId;
    const make = (port: number) =>
      balancedWorld(site => {
        site.state.securityGroups.set(
          group,
          securityGroup({
            id: group,
            vpcId: site.vpcId,
            rules: [rule({ fromPort: port, toPort: port, peer: anyone }), everythingOut],
          }),
        );
        change(site.state.securityGroups, site.groupId, {
          rules: [rule({ fromPort: 80, toPort: 80, peer: { kind: 'group', groupId: group } }), everythingOut],
        });
        return { securityGroupIds: [group] };
      });
    const admitted = make(80);
    assert.equal((await connect(admitted.world, admitted.site)).outcome, 'answered');
    const refused = make(443);
    assert.deepEqual((await connect(refused.world, refused.site)).drops, ['securityGroup']);
  });

  it("leaves the client's packet to the target's groups, which see who it is from", async () => {
    const { world, site } = balancedWorld();
    const onlyFrom = (cidr: string) =>
      change(site.state.securityGroups, site.groupId, {
        rules: [rule({ fromPort: 80, toPort: 80, peer: { kind: 'cidr', cidr } }), everythingOut],
      });
    onlyFrom('10.0.0.0/16');
    assert.deepEqual((await connect(world, site)).drops, ['securityGroup']);
    onlyFrom('172.31.0.0/16');
    assert.equal((await connect(world, site)).outcome, 'answered');
  });

  it('keeps a conversation with its target, and spreads conversations over all', async () => {
    const { world, site } = balancedWorld(({ state, vpcId: at, subnetId, groupId, instanceId }) => {
      addMachine(state, 102, { vpcId: at, subnetId, privateIpAddress: '10.0.0.6', securityGroupIds: [groupId] });
      const ids = idsOf(102);
      state.instances.set(ids.instanceId, { ...state.instances.get(instanceId)!, id: ids.instanceId });
      return { group: { targets: [target(instanceId), target(ids.instanceId)] } };
    });
    const net = fabricOver(world);
    const counts = [0, 0];
    [site.instanceId, idsOf(102).instanceId].forEach((id, index) => {
      net.fabric.hostNetwork(site.place, id).listenTcp(80, () => {
        counts[index]!++;
      });
    });
    for (let count = 0; count < 30; count++) await net.run(net.host.connectTcp('10.0.0.77', 80, { timeoutMs: 2500 }));
    await net.pass(50);
    assert.equal(counts[0]! + counts[1]!, 30);
    assert.ok(
      counts.every(count => count >= 5),
      counts.join(),
    );
  });

  it('does not lead an instance to itself under its own address', async () => {
    const { world, site } = balancedWorld();
    const net = fabricOver(world);
    const machine = net.fabric.hostNetwork(site.place, site.instanceId);
    machine.listenTcp(80, () => {});
    await assert.rejects(net.run(machine.connectTcp('10.0.0.77', 80, { timeoutMs: 1500 })), { failure: 'timedOut' });
    assert.deepEqual([...new Set(net.drops)], ['hairpin']);
  });

  it('answers the internet at public addresses when it faces it', async () => {
    const { world, site } = balancedWorld(({ subnetId }) => ({
      scheme: 'internet-facing',
      nodes: [{ subnetId, address: '10.0.0.77', publicAddress: '13.232.9.9' }],
    }));
    change(world.state.internetGateways, igwId, { attachedVpcIds: [site.vpcId] });
    const [own] = site.state.routeTables.get(site.tableId)!.routes;
    change(site.state.routeTables, site.tableId, { routes: [own!, route('0.0.0.0/0', igw)] });
    const net = fabricOver(world);
    const callers: string[] = [];
    net.fabric
      .hostNetwork(site.place, site.instanceId)
      .listenTcp(80, ({ remoteAddress }) => callers.push(remoteAddress));
    await net.run(net.fabric.internetHost('203.0.113.9').connectTcp('13.232.9.9', 80, { timeoutMs: 2500 }));
    await net.pass(50);
    assert.deepEqual(callers, ['203.0.113.9']);
  });

  it('has forgotten a connection after 350 idle seconds, and resets it', async () => {
    const { world, site } = balancedWorld();
    const net = fabricOver(world);
    net.fabric.hostNetwork(site.place, site.instanceId).listenTcp(80, () => {});
    const connection = await net.run(net.host.connectTcp('10.0.0.77', 80));
    await net.pass(352_000);
    connection.write(new Uint8Array(1));
    await assert.rejects(net.run(connection.read()), { failure: 'reset' });
  });

  it('carries datagrams for a UDP listener', async () => {
    const { world, site } = balancedWorld(({ instanceId }) => ({
      listener: { protocol: 'UDP', port: 53 },
      group: { protocol: 'UDP', targets: [target(instanceId, { port: 53 })] },
    }));
    const net = fabricOver(world);
    const machine = net.fabric.hostNetwork(site.place, site.instanceId);
    const seen: string[] = [];
    machine.tap('any', ({ direction, bytes }) => {
      if (decodeFrame(bytes).ipv4) seen.push(direction);
    });
    const socket = net.host.openUdp();
    socket.send('10.0.0.77', 53, Uint8Array.of(1));
    await net.pass(100);
    // Nobody listens there, so its kernel says so; the load balancer carries that as well.
    assert.deepEqual(seen, ['in', 'out']);
  });

  it('is not there before it is active', async () => {
    const { world, site, balancer } = balancedWorld();
    change(site.state.loadBalancers, balancer.arn, { state: 'provisioning' });
    assert.deepEqual((await connect(world, site)).drops, ['addressUnused']);
  });
});

describe('health checks', () => {
  /** What the checks of a minute find. */
  async function probe(options: BalancerOptions, prepare: (net: ReturnType<typeof fabricOver>, site: Site) => void) {
    const { world, site } = balancedWorld(options);
    const found: ProbeResult[] = [];
    const net = fabricOver(world, undefined, { onProbe: (_, result) => found.push(result) });
    prepare(net, site);
    await net.pass(60_000);
    return { found, site, net };
  }

  it('come from every node at the interval of the group, and pass where somebody listens', async () => {
    const callers: string[] = [];
    const { found, site } = await probe({}, (net, { place, instanceId }) =>
      net.fabric.hostNetwork(place, instanceId).listenTcp(80, ({ remoteAddress }) => callers.push(remoteAddress)),
    );
    assert.ok(found.length >= 5 && found.length <= 7, String(found.length));
    assert.ok(found.every(({ hasPassed, targetId }) => hasPassed && targetId === site.instanceId));
    assert.deepEqual([...new Set(callers)], ['10.0.0.77']);
  });

  it('fail where nobody listens, and where groups do not admit the node', async () => {
    const nobody = await probe({}, (net, { place, instanceId }) => {
      net.fabric.hostNetwork(place, instanceId);
    });
    assert.ok(nobody.found.length > 0 && nobody.found.every(({ hasPassed }) => !hasPassed));
    const closed = await probe({}, (net, { place, instanceId, state, groupId }) => {
      change(state.securityGroups, groupId, { rules: [everythingOut] });
      net.fabric.hostNetwork(place, instanceId).listenTcp(80, () => {});
    });
    assert.ok(closed.found.length > 0 && closed.found.every(({ hasPassed }) => !hasPassed));
    assert.ok(closed.net.drops.includes('securityGroup'));
  });

  it('ask for a page and look at its status for HTTP', async () => {
    for (const [status, hasPassed] of [
      [200, true],
      [503, false],
    ] as const) {
      const { found } = await probe(
        { healthCheck: { protocol: 'HTTP', path: '/', matcher: '200-399' } },
        (net, { place, instanceId }) =>
          net.fabric.hostNetwork(place, instanceId).listenTcp(80, connection => answerHttp(connection, status)),
      );
      assert.ok(found.length > 0 && found.every(result => result.hasPassed === hasPassed), `${status}`);
    }
  });

  it('stop with the target', async () => {
    const { world, site, group } = balancedWorld();
    const found: ProbeResult[] = [];
    const net = fabricOver(world, undefined, { onProbe: (_, result) => found.push(result) });
    net.fabric.hostNetwork(site.place, site.instanceId);
    await net.pass(15_000);
    const before = found.length;
    change(site.state.targetGroups, group.arn, { targets: [] });
    world.settled.fire();
    await net.pass(60_000);
    assert.equal(found.length, before);
  });
});
