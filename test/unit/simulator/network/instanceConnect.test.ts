import assert from 'node:assert/strict';
import { instanceConnectEndpointId } from '../../../../src/core/ids';
import type { InstanceConnectEndpoint } from '../../../../src/core/instanceConnectEndpoint';
import { resolveName } from '../../../../src/core/rules/resolveName';
import { WorldLookup } from '../../../../src/simulator/network/forwarding/worldLookup';
import { publicKnowledge } from '../../../../src/simulator/network/services/resolverKnowledge';
import { fabricOver } from '../../../support/fabricHarness';
import {
  anyone,
  everythingOut,
  instanceGroupId,
  instanceInterfaceId,
  rule,
  securityGroup,
  subnetB,
  vpcId,
} from '../../../support/networkBuilders';
import { addMachine, addSite, idsOf } from '../../../support/siteBuilders';
import { change, publicEc2Address, SmallWorld } from '../../../support/smallWorld';

const id = instanceConnectEndpointId('eice-00000000000000001');
const instanceAddress = '172.31.37.141';
const endpointAddress = '172.31.0.88';
const clientAddress = '203.0.113.9';
const { groupId } = idsOf(500);

const ssh = (direction: 'ingress' | 'egress', cidr: string) =>
  rule({ direction, fromPort: 22, toPort: 22, peer: { kind: 'cidr', cidr } });

function connectWorld(changes: Partial<InstanceConnectEndpoint> = {}) {
  const world = new SmallWorld();
  const { state } = world;
  const machine = addMachine(state, 500, {
    kind: 'instanceConnectEndpoint',
    vpcId,
    subnetId: subnetB,
    privateIpAddress: endpointAddress,
    securityGroupIds: [groupId],
  });
  state.securityGroups.set(groupId, securityGroup({ id: groupId, rules: [ssh('egress', '172.31.0.0/16')] }));
  change(state.securityGroups, instanceGroupId, {
    rules: [rule({ fromPort: 22, toPort: 22, peer: { kind: 'group', groupId } }), everythingOut],
  });
  change(state.networkInterfaces, instanceInterfaceId, { publicIpAddress: undefined });
  state.instanceConnectEndpoints.set(id, {
    id,
    vpcId,
    subnetId: subnetB,
    networkInterfaceIds: [machine.id],
    securityGroupIds: [groupId],
    preservesClientIp: false,
    state: 'createComplete',
    stateMessage: '',
    dnsName: `${id}.00000001.ec2-instance-connect-endpoint.ap-south-1.amazonaws.com`,
    createdAtMs: 0,
    tags: {},
    ...changes,
  });
  return world;
}

/** Opens a tunnel to the instance, which greets; what came back and whom the instance saw. */
async function tunnel(world: SmallWorld, { port = 22, address = instanceAddress } = {}) {
  const net = fabricOver(world);
  const callers: string[] = [];
  net.host.listenTcp(22, connection => {
    callers.push(connection.remoteAddress);
    connection.write(new TextEncoder().encode('SSH-2.0-'));
  });
  const text = await net.run(
    net.fabric
      .openTunnel(world.place, id, { address, port, clientAddress })
      .then(connection => connection.read())
      .then(
        bytes => new TextDecoder().decode(bytes),
        error => String(error.failure ?? error.message),
      ),
    20_000,
  );
  return { text, callers, drops: [...new Set(net.drops)] };
}

describe('an EC2 Instance Connect Endpoint', () => {
  it("connects to a private instance, which sees the endpoint's address", async () => {
    assert.deepEqual(await tunnel(connectWorld()), { text: 'SSH-2.0-', callers: [endpointAddress], drops: [] });
  });

  it("shows the client's address when it preserves it, and finds the way back", async () => {
    const world = connectWorld({ preservesClientIp: true });
    assert.equal((await tunnel(world)).text, 'timedOut');
    change(world.state.securityGroups, instanceGroupId, { rules: [ssh('ingress', `${clientAddress}/32`)] });
    assert.deepEqual(await tunnel(world), { text: 'SSH-2.0-', callers: [clientAddress], drops: [] });
  });

  it('hangs without an outbound rule of its group, and does not ask for inbound ones (labs.md 5.4)', async () => {
    const world = connectWorld();
    change(world.state.securityGroups, groupId, { rules: [rule({ peer: anyone })] });
    assert.deepEqual(await tunnel(world), { text: 'timedOut', callers: [], drops: ['securityGroup'] });
  });

  it("hangs when the instance's groups do not admit it", async () => {
    const world = connectWorld();
    change(world.state.securityGroups, instanceGroupId, { rules: [everythingOut] });
    assert.equal((await tunnel(world)).text, 'timedOut');
  });

  it('takes ports 22 and 3389 only', async () => {
    assert.equal((await tunnel(connectWorld(), { port: 80 })).text, 'Port 80 is not open to tunnels');
    assert.equal((await tunnel(connectWorld(), { port: 3389 })).text, 'timedOut');
  });

  it('keeps to its own VPC when it preserves addresses', async () => {
    const world = connectWorld({ preservesClientIp: true });
    const { address } = addSite(world, 100);
    assert.equal((await tunnel(world, { address })).text, `${address} is not in ${vpcId}`);
  });

  it('has a public name', () => {
    const world = connectWorld();
    const lookup = new WorldLookup(world);
    const { dnsName } = world.state.instanceConnectEndpoints.get(id)!;
    const { view } = publicKnowledge(world, lookup, '8.8.8.8');
    assert.deepEqual(resolveName(dnsName, view).addresses, [publicEc2Address]);
    assert.equal(resolveName(`x${dnsName}`, view).outcome, 'noSuchName');
  });

  it('is of no use before it is complete', async () => {
    assert.equal((await tunnel(connectWorld({ state: 'createInProgress' }))).text, 'unreachable');
  });
});
