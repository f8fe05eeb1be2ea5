import assert from 'node:assert/strict';
import { natGatewayId, securityGroupId } from '../../../../src/core/ids';
import type { Route, RouteTarget } from '../../../../src/core/network';
import { decodeFrame } from '../../../../src/packet/headers/frame';
import { fabricOver } from '../../../support/fabricHarness';
import {
  aclEntry,
  aclId,
  anyone,
  endpointGroupId,
  endpointId,
  everythingOut,
  igwId,
  instanceGroupId,
  instanceId,
  instanceInterfaceId,
  local,
  localRoute,
  mainTableId,
  route,
  rule,
} from '../../../support/networkBuilders';
import { addMachine, everythingIn, idsOf } from '../../../support/siteBuilders';
import { change, publicEc2Address, SmallWorld } from '../../../support/smallWorld';

const sameSubnet = '172.31.36.107';
const otherSubnet = '172.31.14.109';

/** How a connection attempt of three seconds ends, and why packets were lost. */
async function attempt(world: SmallWorld, address: string, port = 443) {
  const net = fabricOver(world);
  const outcome = await net.run(
    net.host.connectTcp(address, port, { timeoutMs: 2500 }).then(
      () => 'answered',
      error => String(error.failure),
    ),
  );
  return { outcome, drops: [...new Set(net.drops)], net };
}

function withRoutes(...routes: Route[]): SmallWorld {
  const world = new SmallWorld();
  change(world.state.routeTables, mainTableId, { routes: [localRoute, ...routes] });
  return world;
}

describe('a packet on its way', () => {
  it('reaches an endpoint in its own and in another subnet', async () => {
    for (const address of [sameSubnet, otherSubnet])
      assert.equal((await attempt(new SmallWorld(), address)).outcome, 'answered');
  });

  it('is lost when no egress rule of the sender admits it', async () => {
    const world = new SmallWorld();
    change(world.state.securityGroups, instanceGroupId, { rules: [] });
    const { outcome, drops } = await attempt(world, sameSubnet);
    assert.deepEqual([outcome, drops], ['timedOut', ['securityGroup']]);
  });

  it("is lost when the endpoint's groups lack its port", async () => {
    const world = new SmallWorld();
    change(world.state.securityGroups, endpointGroupId, { rules: [rule({ fromPort: 80, toPort: 80 }), everythingOut] });
    const { outcome, drops } = await attempt(world, sameSubnet);
    assert.deepEqual([outcome, drops], ['timedOut', ['securityGroup']]);
  });

  it('is admitted by a rule that names the group of the sender, and not by one that names another', async () => {
    const world = new SmallWorld();
    const admit = (groupId: string) =>
      change(world.state.securityGroups, endpointGroupId, {
        rules: [rule({ peer: { kind: 'group', groupId: securityGroupId(groupId) } })],
      });
    admit(instanceGroupId);
    assert.equal((await attempt(world, sameSubnet)).outcome, 'answered');
    admit('sg-0123456789abcdef0');
    assert.equal((await attempt(world, sameSubnet)).outcome, 'timedOut');
  });

  it('needs no rule for the answer: groups remember conversations', async () => {
    const world = new SmallWorld();
    change(world.state.securityGroups, endpointGroupId, { rules: [rule()] });
    change(world.state.securityGroups, instanceGroupId, { rules: [everythingOut] });
    assert.equal((await attempt(world, sameSubnet)).outcome, 'answered');
  });

  it('meets silence at an endpoint that is not available, and at its other ports', async () => {
    const world = new SmallWorld();
    change(world.state.securityGroups, endpointGroupId, { rules: [rule({ protocol: -1 })] });
    assert.equal((await attempt(world, sameSubnet, 80)).outcome, 'timedOut');
    for (const state of ['pending', 'deleting', 'failed', 'rejected'] as const) {
      change(world.state.endpoints, endpointId, { state });
      const { outcome, drops } = await attempt(world, sameSubnet);
      assert.deepEqual([outcome, drops], ['timedOut', ['addressUnused']]);
    }
  });

  it('meets silence at an address of another subnet that nobody has', async () => {
    for (const unused of ['172.31.14.200', '172.31.5.5']) {
      const { outcome, drops } = await attempt(new SmallWorld(), unused);
      assert.deepEqual([outcome, drops], ['timedOut', ['addressUnused']]);
    }
  });
});

describe('a route to an interface', () => {
  /** The first instance sends everything foreign to a second one; what that sees. */
  async function throughInstance(sourceDestCheck: boolean | undefined) {
    const world = withRoutes(route('0.0.0.0/0', { kind: 'networkInterface', id: idsOf(300).interfaceId }));
    const { state } = world;
    change(state.securityGroups, instanceGroupId, { rules: [everythingIn, everythingOut] });
    state.instances.set(idsOf(300).instanceId, { ...state.instances.get(instanceId)!, id: idsOf(300).instanceId });
    addMachine(state, 300, { privateIpAddress: '172.31.40.9', ...(sourceDestCheck === false && { sourceDestCheck }) });
    const net = fabricOver(world);
    const seen: string[] = [];
    net.fabric.hostNetwork(world.place, idsOf(300).instanceId).tap('any', ({ bytes }) => {
      const { ipv4 } = decodeFrame(bytes);
      if (ipv4) seen.push(ipv4.destination);
    });
    await assert.rejects(net.run(net.host.connectTcp(publicEc2Address, 443, { timeoutMs: 900 })));
    return { seen, drops: net.drops };
  }

  it('ends at its source/destination check', async () => {
    assert.deepEqual(await throughInstance(undefined), { seen: [], drops: ['destinationNotOwn'] });
  });

  it('ends without it in a kernel that routes nothing, which sees the packet', async () => {
    assert.deepEqual(await throughInstance(false), { seen: [publicEc2Address], drops: [] });
  });
});

describe('network ACLs on the way', () => {
  const ephemeral = { fromPort: 1024, toPort: 65_535, protocol: 6 };
  const withAcl = (...entries: ReturnType<typeof aclEntry>[]) => {
    const world = new SmallWorld();
    change(world.state.networkAcls, aclId, { entries });
    return world;
  };

  it('stand at the border of a subnet only', async () => {
    assert.equal((await attempt(withAcl(), sameSubnet)).outcome, 'answered');
    const { outcome, drops } = await attempt(withAcl(), otherSubnet);
    assert.deepEqual([outcome, drops], ['timedOut', ['networkAcl']]);
  });

  it('remember nothing: without the ephemeral ports no answer comes back', async () => {
    const https = { fromPort: 443, toPort: 443, protocol: 6 };
    const oneWay = [aclEntry(https), aclEntry({ ...https, direction: 'egress' })];
    assert.deepEqual((await attempt(withAcl(...oneWay), otherSubnet)).drops, ['networkAcl']);
    const both = [
      ...oneWay,
      aclEntry({ ...ephemeral, ruleNumber: 110 }),
      aclEntry({ ...ephemeral, ruleNumber: 110, direction: 'egress' }),
    ];
    assert.equal((await attempt(withAcl(...both), otherSubnet)).outcome, 'answered');
  });

  it('are asked for traffic to the internet, by the private address', async () => {
    const deny = aclEntry({ ruleNumber: 90, action: 'deny', cidr: `${publicEc2Address}/32`, direction: 'egress' });
    const world = withAcl(aclEntry(), aclEntry({ direction: 'egress' }), deny);
    assert.deepEqual((await attempt(world, publicEc2Address)).drops, ['networkAcl']);
  });
});

describe('routes on the way', () => {
  const igw: RouteTarget = { kind: 'internetGateway', id: igwId };

  it('lead to the internet through the gateway', async () => {
    assert.equal((await attempt(withRoutes(route('0.0.0.0/0', igw)), publicEc2Address)).outcome, 'answered');
  });

  it('are missing: silence, never an error', async () => {
    const { outcome, drops } = await attempt(withRoutes(), publicEc2Address);
    assert.deepEqual([outcome, drops], ['timedOut', ['noRoute']]);
  });

  it('end in a blackhole: silence, even where a shorter one would do', async () => {
    const hole = route(
      `${publicEc2Address}/32`,
      { kind: 'natGateway', id: natGatewayId('nat-00000001') },
      { state: 'blackhole' },
    );
    const { outcome, drops } = await attempt(withRoutes(route('0.0.0.0/0', igw), hole), publicEc2Address);
    assert.deepEqual([outcome, drops], ['timedOut', ['blackhole']]);
  });

  it('do not help an interface without a public address', async () => {
    const world = new SmallWorld();
    change(world.state.networkInterfaces, instanceInterfaceId, { publicIpAddress: undefined });
    assert.deepEqual((await attempt(world, publicEc2Address)).drops, ['noPublicAddress']);
  });

  it('do not help when the gateway is detached', async () => {
    const world = new SmallWorld();
    change(world.state.internetGateways, igwId, { attachedVpcIds: [] });
    assert.deepEqual((await attempt(world, publicEc2Address)).drops, ['gatewayDetached']);
  });

  it('are those of the subnet that names its table', async () => {
    const world = withRoutes(route('0.0.0.0/0', igw));
    const own = { ...world.state.routeTables.get(mainTableId)!, isMain: false, routes: [localRoute] };
    const id = 'rtb-0123456789abcdef0' as typeof mainTableId;
    world.state.routeTables.set(id, {
      ...own,
      id,
      subnetIds: [world.state.networkInterfaces.get(instanceInterfaceId)!.subnetId],
    });
    assert.deepEqual((await attempt(world, publicEc2Address)).drops, ['noRoute']);
  });

  it('are not needed inside a subnet, and are inside a VPC', async () => {
    const world = new SmallWorld();
    change(world.state.routeTables, mainTableId, { routes: [] });
    assert.equal((await attempt(world, sameSubnet)).outcome, 'answered');
    assert.deepEqual((await attempt(world, otherSubnet)).drops, ['noRoute']);
    change(world.state.routeTables, mainTableId, { routes: [route('172.31.0.0/16', local)] });
    assert.equal((await attempt(world, otherSubnet)).outcome, 'answered');
  });

  it('of a kind that is not simulated lead nowhere', async () => {
    const world = withRoutes(route('0.0.0.0/0', { kind: 'other', id: 'tgw-1' }));
    assert.deepEqual((await attempt(world, publicEc2Address)).drops, ['targetNotSimulated']);
  });
});

describe('the world may change while packets travel', () => {
  it('and a retried SYN gets through once the rule is there', async () => {
    const world = new SmallWorld();
    change(world.state.securityGroups, endpointGroupId, { rules: [everythingOut] });
    const net = fabricOver(world);
    const work = net.host.connectTcp(sameSubnet, 443);
    await net.pass(2000);
    change(world.state.securityGroups, endpointGroupId, { rules: [rule({ peer: anyone })] });
    await net.run(work);
    assert.deepEqual(
      net.tcp().map(line => line.split(' ').slice(0, 2).join(' ')),
      ['out [S]', 'out [S]', 'out [S]', 'in [S.]', 'out [.]'],
    );
  });
});
