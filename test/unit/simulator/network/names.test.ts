import assert from 'node:assert/strict';
import { dhcpOptionsId } from '../../../../src/core/ids';
import {
  type DnsMessage,
  DnsResponseCode,
  DnsType,
  decodeDns,
  ednsRecord,
  encodeDns,
} from '../../../../src/packet/headers/dns';
import { ByteReader } from '../../../../src/simulator/network/stream/byteReader';
import { fabricOver } from '../../../support/fabricHarness';
import { addLoadBalancer } from '../../../support/loadBalancerBuilders';
import {
  ec2Name,
  endpointId,
  instanceGroupId,
  instanceInterfaceId,
  mainTableId,
  vpcId,
} from '../../../support/networkBuilders';
import { addPeering, addSite } from '../../../support/siteBuilders';
import { change, publicEc2Address, SmallWorld } from '../../../support/smallWorld';

const interfaces = ['172.31.14.109', '172.31.36.107'];
const resolver = '172.31.0.2';

interface Asked {
  readonly type?: number;
  readonly server?: string;
  readonly hasEdns?: boolean;
}

function question(name: string, type: number, hasEdns: boolean): Uint8Array {
  return encodeDns({
    id: 11672,
    isResponse: false,
    opcode: 0,
    isAuthoritative: false,
    isTruncated: false,
    recursionDesired: true,
    recursionAvailable: false,
    authenticData: false,
    checkingDisabled: false,
    responseCode: 0,
    questions: [{ name, type, class: 1 }],
    answers: [],
    authorities: [],
    additionals: hasEdns ? [ednsRecord(4096)] : [],
  });
}

async function ask(world: SmallWorld, name: string, asked: Asked = {}, net = fabricOver(world)) {
  const socket = net.host.openUdp();
  socket.send(asked.server ?? resolver, 53, question(name, asked.type ?? DnsType.a, asked.hasEdns ?? false));
  const datagram = await net.run(socket.receive(5000));
  socket.dispose();
  return datagram && { ...datagram, message: decodeDns(datagram.payload) as DnsMessage };
}

async function addressesOf(world: SmallWorld, name: string, asked: Asked = {}): Promise<string[] | undefined> {
  const answer = await ask(world, name, asked);
  return answer?.message.answers.flatMap(({ data }) => (data.kind === 'address' ? data.address : [])).sort();
}

describe('the resolver of a VPC', () => {
  it('gives the addresses of every interface while private DNS is on', async () => {
    assert.deepEqual(await addressesOf(new SmallWorld(), ec2Name), interfaces);
    assert.deepEqual(await addressesOf(new SmallWorld(), ec2Name.toUpperCase()), interfaces);
  });

  it('gives the public address when private DNS is off, an attribute is off, or there is no endpoint', async () => {
    const world = new SmallWorld();
    change(world.state.endpoints, endpointId, { privateDnsEnabled: false });
    assert.deepEqual(await addressesOf(world, ec2Name), [publicEc2Address]);
    change(world.state.endpoints, endpointId, { privateDnsEnabled: true });
    change(world.state.dnsAttributes, vpcId, { enableDnsHostnames: false });
    assert.deepEqual(await addressesOf(world, ec2Name), [publicEc2Address]);
    change(world.state.dnsAttributes, vpcId, { enableDnsHostnames: true });
    world.state.endpoints.clear();
    assert.deepEqual(await addressesOf(world, ec2Name), [publicEc2Address]);
  });

  it('says nothing when DNS support is off', async () => {
    const world = new SmallWorld();
    change(world.state.dnsAttributes, vpcId, { enableDnsSupport: false });
    assert.equal(await ask(world, ec2Name), undefined);
    assert.equal(await ask(world, ec2Name, { server: '169.254.169.253' }), undefined);
    const net = fabricOver(world);
    await assert.rejects(net.run(net.host.connectTcp(resolver, 53, { timeoutMs: 2000 })), { failure: 'timedOut' });
  });

  it('answers at both of its addresses, from the one that was asked, whatever groups and ACLs say', async () => {
    const world = new SmallWorld();
    change(world.state.securityGroups, instanceGroupId, { rules: [] });
    for (const acl of world.state.networkAcls.values()) world.state.networkAcls.set(acl.id, { ...acl, entries: [] });
    change(world.state.routeTables, mainTableId, { routes: [] });
    for (const server of [resolver, '169.254.169.253']) {
      const answer = await ask(world, ec2Name, { server });
      assert.deepEqual([answer?.address, answer?.port], [server, 53]);
      assert.equal(answer?.message.answers.length, 2);
    }
  });

  it('answers recursively and not as an authority, with a minute to live, in the sizes known from captures', async () => {
    const world = new SmallWorld();
    for (const [id, one] of [...world.state.networkInterfaces]) {
      if (one.privateIpAddress === '172.31.14.109') world.state.networkInterfaces.delete(id);
    }
    const answer = await ask(world, ec2Name, { hasEdns: true });
    const { message, payload } = answer!;
    assert.deepEqual([message.id, message.isResponse], [11672, true]);
    assert.deepEqual([message.recursionAvailable, message.isAuthoritative], [true, false]);
    assert.equal(message.answers[0]?.timeToLive, 60);
    assert.equal(message.additionals.length, 1);
    assert.equal(payload.length, 73);
  });

  it('varies the order of the addresses', async () => {
    const net = fabricOver(new SmallWorld());
    const orders = new Set<string>();
    for (let count = 0; count < 20; count++) {
      const answer = await ask(new SmallWorld(), ec2Name, {}, net);
      orders.add(answer!.message.answers.map(({ data }) => JSON.stringify(data)).join());
    }
    assert.equal(orders.size, 2);
  });

  it('knows no AAAA of a name that exists: no error, no answer, an authority', async () => {
    const { message } = (await ask(new SmallWorld(), ec2Name, { type: DnsType.aaaa }))!;
    assert.deepEqual([message.responseCode, message.answers.length], [DnsResponseCode.noError, 0]);
    assert.equal(message.authorities[0]?.type, DnsType.soa);
  });

  it('says of a name that is nowhere that there is none, with an authority', async () => {
    const { message } = (await ask(new SmallWorld(), 'nosuch.example.com'))!;
    assert.equal(message.responseCode, DnsResponseCode.noSuchName);
    assert.equal(message.authorities[0]?.type, DnsType.soa);
  });

  it('reverses every address of the VPC to its host name, those of endpoints included', async () => {
    const { message } = (await ask(new SmallWorld(), '107.36.31.172.in-addr.arpa', { type: DnsType.ptr }))!;
    assert.deepEqual(message.answers[0]?.data, {
      kind: 'name',
      name: 'ip-172-31-36-107.ap-south-1.compute.internal',
    });
  });

  it('reverses nothing of the VPC when host names are off, and no address of a service', async () => {
    const world = new SmallWorld();
    const reverse = async (name: string) => (await ask(world, name, { type: DnsType.ptr }))?.message.responseCode;
    assert.equal(await reverse('10.80.95.52.in-addr.arpa'), DnsResponseCode.noSuchName);
    assert.equal(await reverse('206.243.205.43.in-addr.arpa'), DnsResponseCode.noError);
    change(world.state.dnsAttributes, vpcId, { enableDnsHostnames: false });
    assert.equal(await reverse('107.36.31.172.in-addr.arpa'), DnsResponseCode.noSuchName);
  });

  it("leads a bucket's public name through the alias of its region", async () => {
    const world = new SmallWorld();
    world.names.set('b.s3.ap-south-1.amazonaws.com', ['52.219.62.20']);
    const { message } = (await ask(world, 'b.s3.ap-south-1.amazonaws.com'))!;
    assert.deepEqual(
      message.answers.map(({ name, data }) => [name, data]),
      [
        ['b.s3.ap-south-1.amazonaws.com', { kind: 'name', name: 's3-r-w.ap-south-1.amazonaws.com' }],
        ['s3-r-w.ap-south-1.amazonaws.com', { kind: 'address', address: '52.219.62.20' }],
      ],
    );
  });

  it('gives texts that are published, and says of their names that they have no address', async () => {
    const world = new SmallWorld();
    const name = '_proof.example.com';
    world.texts.set(name, ['vpce:l6p0ERxlTt45jevFwOCp']);
    const { message } = (await ask(world, name, { type: DnsType.txt }))!;
    assert.deepEqual(message.answers[0]?.data, {
      kind: 'raw',
      bytes: Uint8Array.of(25, ...new TextEncoder().encode('vpce:l6p0ERxlTt45jevFwOCp')),
    });
    const { message: none } = (await ask(world, name))!;
    assert.deepEqual([none.responseCode, none.answers.length], [DnsResponseCode.noError, 0]);
  });

  it('names the start of authority of a zone in its answer', async () => {
    const { message } = (await ask(new SmallWorld(), 'example.com', { type: DnsType.soa }))!;
    assert.equal(message.answers[0]?.type, DnsType.soa);
  });

  it("leads a load balancer's name to its nodes, from anywhere once it is active", async () => {
    const world = new SmallWorld();
    const site = addSite(world, 100);
    const { balancer } = addLoadBalancer(site, 400);
    for (const server of [resolver, '8.8.8.8'])
      assert.deepEqual(await addressesOf(world, balancer.dnsName, { server }), ['10.0.0.77']);
    assert.deepEqual(await addressesOf(world, `ap-south-1a.${balancer.dnsName}`), ['10.0.0.77']);
    assert.deepEqual(await addressesOf(world, `ap-south-1c.${balancer.dnsName}`), []);
    change(site.state.loadBalancers, balancer.arn, { state: 'provisioning' });
    assert.equal((await ask(world, balancer.dnsName))?.message.responseCode, DnsResponseCode.noSuchName);
  });

  it('knows names of a peered VPC whose side allows it, both ways', async () => {
    const world = new SmallWorld();
    const site = addSite(world, 100);
    change(world.state.networkInterfaces, site.interfaceId, { publicIpAddress: '13.232.5.6' });
    const name = 'ec2-13-232-5-6.ap-south-1.compute.amazonaws.com';
    world.names.set(name, ['13.232.5.6']);
    const connection = addPeering(world, 200, [{ vpcId, place: world.place }, site]);
    const reverse = async () =>
      (await ask(world, '5.0.0.10.in-addr.arpa', { type: DnsType.ptr }))?.message.answers[0]?.data;
    assert.deepEqual(await addressesOf(world, name), ['13.232.5.6']);
    assert.equal(await reverse(), undefined);
    const accepter = { ...connection.accepter, allowsRemoteDnsResolution: true };
    world.peeringConnections.set(connection.id, { ...connection, accepter });
    assert.deepEqual(await addressesOf(world, name), ['10.0.0.5']);
    assert.deepEqual(await reverse(), { kind: 'name', name: 'ip-10-0-0-5.ap-south-1.compute.internal' });
    world.peeringConnections.set(connection.id, { ...connection, accepter, state: 'deleted' });
    assert.deepEqual(await addressesOf(world, name), ['13.232.5.6']);
  });

  it('answers over TCP as well, several questions on one connection', async () => {
    const net = fabricOver(new SmallWorld());
    const work = async () => {
      const connection = await net.host.connectTcp(resolver, 53);
      const reader = new ByteReader(connection);
      const counts: number[] = [];
      for (const name of [ec2Name, 'nosuch.example.com']) {
        const message = question(name, DnsType.a, false);
        connection.write(Uint8Array.of(0, message.length, ...message));
        const [high = 0, low = 0] = (await reader.exactly(2))!;
        counts.push(decodeDns((await reader.exactly(high * 256 + low))!)!.answers.length);
      }
      connection.close();
      return counts;
    };
    assert.deepEqual(await net.run(work()), [2, 0]);
  });

  it('drops what is no query', async () => {
    const net = fabricOver(new SmallWorld());
    const socket = net.host.openUdp();
    for (const bytes of [new Uint8Array(0), Uint8Array.of(1, 2, 3), new Uint8Array(12).fill(255)]) {
      socket.send(resolver, 53, bytes);
    }
    assert.equal(await net.run(socket.receive(3000)), undefined);
  });

  it('hears 1024 packets a second from one interface and loses the rest', async () => {
    const net = fabricOver(new SmallWorld());
    await ask(new SmallWorld(), ec2Name, {}, net);
    await net.pass(1000);
    const socket = net.host.openUdp();
    for (let count = 0; count < 1100; count++) socket.send(resolver, 53, question(ec2Name, DnsType.a, false));
    await net.pass(500);
    assert.equal(net.drops.filter(because => because === 'flood').length, 76);
  });
});

describe('a public resolver', () => {
  it('knows public names and the names of endpoints, and nothing private', async () => {
    const asked = { server: '8.8.8.8' };
    const own = `${endpointId}-a1b2c3d4.ec2.ap-south-1.vpce.amazonaws.com`;
    assert.deepEqual(await addressesOf(new SmallWorld(), ec2Name, asked), [publicEc2Address]);
    assert.deepEqual(await addressesOf(new SmallWorld(), own, asked), interfaces);
    const hostName = 'ip-172-31-36-107.ap-south-1.compute.internal';
    assert.equal((await ask(new SmallWorld(), hostName, asked))?.message.responseCode, DnsResponseCode.noSuchName);
  });

  it('is out of reach without a way to the internet', async () => {
    const world = new SmallWorld();
    change(world.state.networkInterfaces, instanceInterfaceId, { publicIpAddress: undefined });
    assert.equal(await ask(world, ec2Name, { server: '1.1.1.1' }), undefined);
  });
});

describe('what an instance knows of name servers', () => {
  it('is the resolver of its VPC, or what the DHCP options list', () => {
    const world = new SmallWorld();
    const { host } = fabricOver(world);
    assert.deepEqual(host.nameServers, [resolver]);
    const id = dhcpOptionsId('dopt-0123456789abcdef0');
    const servers = ['AmazonProvidedDNS', '10.0.0.53'];
    world.state.dhcpOptions.set(id, { id, domainName: 'example.internal', domainNameServers: servers });
    change(world.state.vpcs, vpcId, { dhcpOptionsId: id });
    assert.deepEqual(host.nameServers, [resolver, '10.0.0.53']);
    assert.equal(host.searchDomain, 'example.internal');
  });

  it('reads its address and prefix from its interface and subnet', () => {
    const world = new SmallWorld();
    const { host } = fabricOver(world);
    const { macAddress } = world.state.networkInterfaces.get(instanceInterfaceId)!;
    assert.deepEqual(host.interfaces[1], {
      name: 'enX0',
      address: '172.31.37.141',
      prefixLength: 20,
      macAddress,
      mtu: 9001,
    });
  });
});
