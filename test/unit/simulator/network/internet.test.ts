import assert from 'node:assert/strict';
import { sendHttp } from '../../../../src/simulator/network/http1';
import { openSecureStream } from '../../../../src/simulator/network/secureStream';
import { siteNamed } from '../../../../src/simulator/world/internetSites';
import { fabricOver, get } from '../../../support/fabricHarness';
import {
  everythingOut,
  igw,
  igwId,
  instanceGroupId,
  instanceInterfaceId,
  networkInterface,
  route,
} from '../../../support/networkBuilders';
import { addSite, everythingIn } from '../../../support/siteBuilders';
import { change, SmallWorld } from '../../../support/smallWorld';

const student = '203.0.113.9';
const publicAddress = networkInterface().publicIpAddress!;

function openWorld(): SmallWorld {
  const world = new SmallWorld();
  change(world.state.securityGroups, instanceGroupId, { rules: [everythingIn, everythingOut] });
  return world;
}

async function fetchPage(world: SmallWorld, name: string, isSecure: boolean) {
  const net = fabricOver(world);
  const [address = ''] = siteNamed(name)!.addresses;
  return net.run(
    (async () => {
      const connection = await net.host.connectTcp(address, isSecure ? 443 : 80, { timeoutMs: 2500 });
      const stream = isSecure ? await openSecureStream(connection, name) : connection;
      const { status, body } = await sendHttp(stream, get(name));
      connection.close();
      return { status, text: new TextDecoder().decode(body) };
    })(),
  );
}

describe('the internet beyond the gateway', () => {
  it('has a few sites, in clear and over TLS', async () => {
    for (const isSecure of [false, true]) {
      const { status, text } = await fetchPage(openWorld(), 'example.com', isSecure);
      assert.equal(status, 200);
      assert.match(text, /<h1>Example Domain<\/h1>/);
    }
  });

  it('tells callers their public address', async () => {
    assert.equal((await fetchPage(openWorld(), 'checkip.amazonaws.com', true)).text, `${publicAddress}\n`);
  });

  it('is silent where nobody is', async () => {
    const net = fabricOver(openWorld());
    await assert.rejects(net.run(net.host.connectTcp('198.51.100.4', 80, { timeoutMs: 1500 })), {
      failure: 'timedOut',
    });
    assert.deepEqual([...new Set(net.drops)], ['addressUnused']);
  });

  it('has machines of people, who reach instances at public addresses through the gateway only', async () => {
    const world = openWorld();
    const net = fabricOver(world);
    const peers: string[] = [];
    net.host.listenTcp(80, connection => peers.push(connection.remoteAddress));
    const host = net.fabric.internetHost(student);
    assert.equal(net.fabric.internetHost(student), host);
    await net.run(host.connectTcp(publicAddress, 80));
    await net.pass(50);
    assert.deepEqual(peers, [student]);
    await assert.rejects(net.run(host.connectTcp(publicAddress, 81)), { failure: 'refused' });
    change(world.state.internetGateways, igwId, { attachedVpcIds: [] });
    await assert.rejects(net.run(host.connectTcp(publicAddress, 80, { timeoutMs: 1500 })), { failure: 'timedOut' });
  });

  it('joins instances that call each other by public address, out and back in', async () => {
    const world = openWorld();
    const site = addSite(world, 100, { routes: [route('0.0.0.0/0', igw)] });
    change(world.state.internetGateways, igwId, { attachedVpcIds: [...world.state.vpcs.keys()] });
    change(world.state.networkInterfaces, site.interfaceId, { publicIpAddress: '13.232.5.6' });
    const net = fabricOver(world);
    const peers: string[] = [];
    const other = net.fabric.hostNetwork(site.place, site.instanceId);
    other.listenTcp(80, connection => peers.push(connection.remoteAddress));
    const connection = await net.run(net.host.connectTcp('13.232.5.6', 80));
    connection.write(new Uint8Array(30_000));
    await net.pass(2000);
    assert.deepEqual(peers, [publicAddress]);
    assert.deepEqual(net.drops, []);
    assert.ok(net.frames.every(({ bytes }) => bytes.length <= 1514));
  });

  it('is out of reach without a public address', async () => {
    const world = openWorld();
    change(world.state.networkInterfaces, instanceInterfaceId, { publicIpAddress: undefined });
    const net = fabricOver(world);
    await assert.rejects(net.run(net.host.connectTcp(student, 80, { timeoutMs: 1500 })), { failure: 'timedOut' });
    assert.deepEqual([...new Set(net.drops)], ['noPublicAddress']);
  });
});
