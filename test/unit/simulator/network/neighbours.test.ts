import assert from 'node:assert/strict';
import { networkInterfaceId, instanceId as toInstanceId } from '../../../../src/core/ids';
import { decodeFrame } from '../../../../src/packet/headers/frame';
import { IcmpType, UnreachableCode } from '../../../../src/packet/headers/icmp';
import { TcpFlag } from '../../../../src/packet/packetColumns';
import { fabricOver } from '../../../support/fabricHarness';
import {
  anyone,
  everythingOut,
  instance,
  instanceGroupId,
  instanceId,
  networkInterface,
  rule,
} from '../../../support/networkBuilders';
import { change, SmallWorld } from '../../../support/smallWorld';

const otherId = toInstanceId('i-0123456789abcdef0');
const otherAddress = '172.31.40.9';

/** A second instance beside the first; both let everything in, unless the rules say otherwise. */
function twoInstances(rules = [everythingOut, rule({ protocol: -1, peer: anyone })]) {
  const world = new SmallWorld();
  const id = networkInterfaceId('eni-0123456789abcdef0');
  world.state.networkInterfaces.set(
    id,
    networkInterface({
      id,
      instanceId: otherId,
      privateIpAddress: otherAddress,
      publicIpAddress: '43.205.1.2',
      macAddress: '02:00:00:00:00:02',
    }),
  );
  world.state.instances.set(otherId, instance({ id: otherId, networkInterfaceIds: [id], instanceType: 't3.micro' }));
  change(world.state.securityGroups, instanceGroupId, { rules });
  const net = fabricOver(world);
  return { world, net, other: net.fabric.hostNetwork(world.place, otherId) };
}

const echo = (sequence: number) => ({ id: 7537, sequence, payloadLength: 56 });

describe('two instances', () => {
  it('name their interface by hypervisor', () => {
    const { net, other } = twoInstances();
    assert.deepEqual(
      net.host.interfaces.map(({ name }) => name),
      ['lo', 'enX0'],
    );
    assert.deepEqual(
      other.interfaces.map(({ name }) => name),
      ['lo', 'ens5'],
    );
  });

  it('talk over TCP, both ways, and see the same bytes', async () => {
    const { net, other } = twoInstances();
    other.listenTcp(8080, async connection => {
      const text = new TextDecoder().decode(await connection.read());
      connection.write(new TextEncoder().encode(text.toUpperCase()));
      connection.close();
    });
    const work = async () => {
      const connection = await net.host.connectTcp(otherAddress, 8080);
      connection.write(new TextEncoder().encode('hello'));
      const answer = new TextDecoder().decode(await connection.read());
      const end = await connection.read();
      connection.close();
      return [answer, end];
    };
    assert.deepEqual(await net.run(work()), ['HELLO', undefined]);
  });

  it('refuse at once what nobody listens to, as Linux does', async () => {
    const { net } = twoInstances();
    await assert.rejects(net.run(net.host.connectTcp(otherAddress, 81)), { failure: 'refused' });
    const [syn, reset] = net.frames.map(({ bytes }) => decodeFrame(bytes).tcp!);
    assert.equal(reset!.flags, TcpFlag.rst | TcpFlag.ack);
    assert.deepEqual([reset!.sequence, reset!.window, reset!.payload.length], [0, 0, 0]);
    assert.equal(reset!.acknowledgment, (syn!.sequence + 1) >>> 0);
    assert.equal(net.frames.length, 2);
  });

  it('meet silence when the group of the other lets nothing in', async () => {
    const { net } = twoInstances([everythingOut]);
    await assert.rejects(net.run(net.host.connectTcp(otherAddress, 81, { timeoutMs: 2000 })), { failure: 'timedOut' });
    assert.equal(await net.run(net.host.ping(otherAddress, echo(1), 1000)), undefined);
  });

  it('answer pings, with the time to live of Amazon Linux and a short way', async () => {
    const { net } = twoInstances();
    const answer = await net.run(net.host.ping(otherAddress, echo(1), 1000));
    assert.ok(typeof answer === 'object');
    assert.equal(answer.ttl, 127);
    assert.ok(answer.roundTripMs > 0.1 && answer.roundTripMs < 3, String(answer.roundTripMs));
    const [request, reply] = net.frames.map(({ bytes }) => decodeFrame(bytes));
    assert.deepEqual(request!.icmp!.payload, reply!.icmp!.payload);
    assert.equal(request!.ipv4!.totalBytes, 84);
  });

  it('need a rule for pings of their own: ICMP type and code are judged', async () => {
    const ping = rule({ protocol: 1, fromPort: 8, toPort: -1, peer: anyone });
    const { net } = twoInstances([everythingOut, ping]);
    assert.ok(await net.run(net.host.ping(otherAddress, echo(1), 1000)));
    const wrong = rule({ protocol: 1, fromPort: 13, toPort: -1, peer: anyone });
    const refused = twoInstances([everythingOut, wrong]).net;
    assert.equal(await refused.run(refused.host.ping(otherAddress, echo(1), 1000)), undefined);
  });

  it('say "port unreachable" for a datagram that nobody wants, through the groups', async () => {
    const { net } = twoInstances([everythingOut, rule({ protocol: 17, fromPort: 0, toPort: 65_535, peer: anyone })]);
    net.host.openUdp().send(otherAddress, 9999, new TextEncoder().encode('anybody?'));
    await net.pass(100);
    const message = decodeFrame(net.frames[1]!.bytes).icmp;
    assert.deepEqual([message?.type, message?.code], [IcmpType.unreachable, UnreachableCode.port]);
  });

  it('reach each other by their public addresses through the gateway', async () => {
    const { net, other } = twoInstances();
    const seen: string[] = [];
    other.listenTcp(22, connection => void seen.push(connection.remoteAddress));
    const connection = await net.run(net.host.connectTcp('43.205.1.2', 22));
    await net.pass(1000);
    assert.equal(connection.remoteAddress, '43.205.1.2');
    assert.deepEqual(seen, ['43.205.243.206']);
  });

  it('go silent when stopped, and connections to them time out in the end', async () => {
    const { net, other, world } = twoInstances();
    other.listenTcp(22, () => {});
    const connection = await net.run(net.host.connectTcp(otherAddress, 22));
    world.changes.fire({ kind: 'instanceGone', place: world.place, instanceId: otherId });
    await assert.rejects(net.run(net.host.connectTcp(otherAddress, 22, { timeoutMs: 2000 })), { failure: 'timedOut' });
    const reading = connection.read();
    connection.write(Uint8Array.of(1));
    await assert.rejects(net.run(reading, 3_600_000), { failure: 'timedOut' });
  });

  it('see frames with the hardware addresses of neighbour and router', async () => {
    const { net } = twoInstances();
    await net.run(net.host.ping(otherAddress, echo(1), 1000));
    await net.run(net.host.ping('172.31.14.109', echo(2), 100));
    const [request, reply, beyond] = net.frames.map(({ bytes }) => decodeFrame(bytes).ethernet!);
    assert.deepEqual([request!.source, request!.destination], ['02:00:00:00:00:01', '02:00:00:00:00:02']);
    assert.deepEqual([reply!.source, reply!.destination], ['02:00:00:00:00:02', '02:00:00:00:00:01']);
    assert.match(beyond!.destination, /^02:/);
    assert.notEqual(beyond!.destination, '02:00:00:00:00:02');
  });
});

describe('the wire of a subnet', () => {
  it('shows requests for neighbours and for the router, and their answers (RFC 826)', async () => {
    const { net } = twoInstances();
    await net.run(net.host.ping(otherAddress, echo(1), 1000));
    await net.run(net.host.ping('172.31.14.109', echo(2), 100));
    const seen = net.arps.map(({ direction, bytes }) => {
      const { arp } = decodeFrame(bytes);
      return `${direction} ${arp?.operation} ${arp?.targetAddress}`;
    });
    const answer = 'in 2 172.31.37.141';
    assert.deepEqual(seen, [`out 1 ${otherAddress}`, answer, 'out 1 172.31.32.1', answer]);
  });

  it('has nobody at an address that is not in use: the kernel says so after three requests', async () => {
    const { net } = twoInstances();
    const startMs = net.timeline.now();
    await assert.rejects(net.run(net.host.connectTcp('172.31.40.10', 80)), { failure: 'unreachable' });
    assert.equal(Math.round((net.timeline.now() - startMs) / 1000), 3);
    assert.deepEqual([net.arps.length, net.frames.length], [3, 0]);
    assert.equal(await net.run(net.host.ping('172.31.40.10', echo(1), 5000)), 'unreachable');
  });
});

describe('the loopback interface', () => {
  it('carries what a host says to itself, once on its own tap and never on the wire', async () => {
    const { net } = twoInstances();
    net.host.listenTcp(80, connection => connection.close());
    for (const own of ['127.0.0.1', '172.31.37.141']) {
      const before = net.frames.length;
      const connection = await net.run(net.host.connectTcp(own, 80));
      assert.equal(await net.run(connection.read()), undefined);
      const seen = net.frames.slice(before);
      assert.ok(seen.every(frame => frame.interfaceName === 'lo' && frame.direction === 'in'));
      assert.equal(decodeFrame(seen[0]!.bytes).tcp?.window, 65_495);
      await net.pass(1000);
    }
  });

  it('refuses ports of its own', async () => {
    const { net } = twoInstances();
    await assert.rejects(net.run(net.host.connectTcp('127.0.0.1', 5)), { failure: 'refused' });
  });
});

describe('a flood', () => {
  it('is limited to what may be under way at once', async () => {
    const { net } = twoInstances();
    await net.run(net.host.ping(otherAddress, echo(1), 1000));
    const socket = net.host.openUdp();
    for (let count = 0; count < 5000; count++) socket.send(otherAddress, 9, Uint8Array.of(1));
    assert.equal(net.drops.filter(because => because === 'flood').length, 5000 - 4096);
    await net.pass(100);
    assert.ok(await net.run(net.host.ping(otherAddress, echo(1), 1000)));
  });
});

describe('an instance without a network interface', () => {
  it('has no network to speak of', () => {
    const { net, world } = twoInstances();
    assert.throws(() => net.fabric.hostNetwork(world.place, toInstanceId('i-00000000000000bad')), RangeError);
    assert.equal(net.fabric.hostNetwork(world.place, instanceId), net.host);
  });
});
