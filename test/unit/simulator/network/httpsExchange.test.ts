import assert from 'node:assert/strict';
import { decodeFrame } from '../../../../src/packet/headers/frame';
import { sendHttp } from '../../../../src/simulator/network/http1';
import { CertificateError, openSecureStream } from '../../../../src/simulator/network/secureStream';
import { StreamError } from '../../../../src/simulator/network/stream/byteReader';
import { fabricOver, get, plain } from '../../../support/fabricHarness';
import { ec2Name, endpointId, vpcId } from '../../../support/networkBuilders';
import { publicEc2Address, SmallWorld } from '../../../support/smallWorld';

type Net = ReturnType<typeof fabricOver>;

async function fetchFrom(net: Net, address: string, serverName: string): Promise<string> {
  const connection = await net.host.connectTcp(address, 443);
  const stream = await openSecureStream(connection, serverName);
  const response = await sendHttp(stream, get(serverName));
  stream.close();
  while (await connection.read());
  return new TextDecoder().decode(response.body);
}

const wireText = (net: Net) => net.frames.map(({ bytes }) => new TextDecoder('latin1').decode(bytes)).join('');

describe('an HTTPS exchange over the fabric', () => {
  it('carries a request to the endpoint and its answer back, whole', async () => {
    const text = 'reservation '.repeat(9000);
    const net = fabricOver(new SmallWorld(), () => plain(text));
    assert.equal(await net.run(fetchFrom(net, '172.31.36.107', ec2Name)), text);
    assert.deepEqual(net.calls, [
      { service: 'ec2', region: 'ap-south-1', vpcId, endpointId, sourceAddress: '172.31.37.141' },
    ]);
  });

  it('opens like a real one: SYN, SYN-ACK, ACK, ClientHello of 517 bytes, a flight of about 5,400, 80 bytes', async () => {
    const net = fabricOver(new SmallWorld());
    await net.run(fetchFrom(net, '172.31.36.107', ec2Name));
    const [syn, synAck, ack, hello, helloAck, flight, flightAck, finished] = net.tcp();
    assert.equal(syn, 'out [S] 0 172.31.36.107:443');
    assert.equal(synAck, 'in [S.] 0 172.31.36.107:443');
    assert.equal(ack, 'out [.] 0 172.31.36.107:443');
    assert.equal(hello, 'out [P.] 517 172.31.36.107:443');
    assert.equal(helloAck, 'in [.] 0 172.31.36.107:443');
    assert.match(flight as string, /^in \[P\.\] 5[34]\d\d /);
    assert.equal(flightAck, 'out [.] 0 172.31.36.107:443');
    assert.equal(finished, 'out [P.] 80 172.31.36.107:443');
  });

  it('announces 8961 from the instance and 8460 from the endpoint, with the windows of Linux', async () => {
    const net = fabricOver(new SmallWorld());
    await net.run(fetchFrom(net, '172.31.36.107', ec2Name));
    const [syn, synAck, ack] = net.frames.map(({ bytes }) => decodeFrame(bytes).tcp!);
    const mss = (segment: typeof syn) => segment!.options.find(option => option.kind === 'maximumSegmentSize')?.bytes;
    assert.deepEqual([mss(syn), syn!.window], [8961, 62727]);
    assert.deepEqual([mss(synAck), synAck!.window], [8460, 62643]);
    assert.equal(ack!.window, 491);
  });

  it('cuts an answer at the smaller of both segment sizes', async () => {
    const net = fabricOver(new SmallWorld(), () => plain('x'.repeat(50_000)));
    await net.run(fetchFrom(net, '172.31.36.107', ec2Name));
    const lengths = net.frames.map(({ bytes }) => decodeFrame(bytes).tcp!.payload.length);
    assert.equal(Math.max(...lengths), 8460 - 12);
  });

  it('ends with a FIN each way and nothing after', async () => {
    const net = fabricOver(new SmallWorld());
    await net.run(fetchFrom(net, '172.31.36.107', ec2Name));
    await net.pass(200_000);
    const fins = net.tcp().filter(line => line.includes('F'));
    assert.deepEqual(fins, ['out [F.] 0 172.31.36.107:443', 'in [F.] 0 172.31.36.107:443']);
    assert.equal(
      net.tcp().some(line => line.includes('R')),
      false,
    );
    assert.equal(net.timeline.nextDueMs, undefined);
  });

  it('shows the server name on the wire, and neither request nor answer', async () => {
    const net = fabricOver(new SmallWorld(), () => plain('TheSecretAnswer'));
    assert.equal(await net.run(fetchFrom(net, '172.31.36.107', ec2Name)), 'TheSecretAnswer');
    assert.ok(wireText(net).includes(ec2Name));
    for (const hidden of ['TheSecretAnswer', 'GET /', 'HTTP/1.1']) assert.equal(wireText(net).includes(hidden), false);
  });

  it('verifies the endpoint by its own names as well', async () => {
    const net = fabricOver(new SmallWorld());
    const own = `${endpointId}-a1b2c3d4.ec2.ap-south-1.vpce.amazonaws.com`;
    assert.equal(await net.run(fetchFrom(net, '172.31.36.107', own)), 'answer');
  });

  it('refuses a server that is called by another name', async () => {
    const net = fabricOver(new SmallWorld());
    for (const wrong of ['s3.ap-south-1.amazonaws.com', '172.31.36.107'])
      await assert.rejects(net.run(fetchFrom(net, '172.31.36.107', wrong)), CertificateError);
  });

  it('reaches the public address through the internet gateway, which the service sees', async () => {
    const net = fabricOver(new SmallWorld());
    assert.equal(await net.run(fetchFrom(net, publicEc2Address, ec2Name)), 'answer');
    assert.deepEqual(net.calls, [
      {
        service: 'ec2',
        region: 'ap-south-1',
        vpcId: undefined,
        endpointId: undefined,
        sourceAddress: '43.205.243.206',
      },
    ]);
    const lengths = net.frames.map(({ bytes }) => decodeFrame(bytes).tcp!.payload.length);
    assert.equal(Math.max(...lengths), 1460 - 12);
  });

  it('keeps an open connection for several requests', async () => {
    const net = fabricOver(new SmallWorld());
    const work = async () => {
      const connection = await net.host.connectTcp('172.31.36.107', 443);
      const stream = await openSecureStream(connection, ec2Name);
      for (let count = 0; count < 3; count++) assert.equal((await sendHttp(stream, get(ec2Name))).status, 200);
    };
    await net.run(work());
    assert.equal(net.calls.length, 3);
  });

  it('lets an idle client go after a minute, and one that says nothing after ten seconds', async () => {
    const net = fabricOver(new SmallWorld());
    const quiet = async () => (await net.host.connectTcp('172.31.36.107', 443)).read();
    const failure = assert.rejects(net.run(quiet(), 20_000), { failure: 'reset' });
    await failure;
    const idle = async () => {
      const stream = await openSecureStream(await net.host.connectTcp('172.31.36.107', 443), ec2Name);
      await sendHttp(stream, get(ec2Name));
      const startMs = net.timeline.now();
      assert.equal(await stream.read(), undefined);
      return net.timeline.now() - startMs;
    };
    assert.ok(Math.abs((await net.run(idle(), 100_000)) - 60_000) < 100);
  });

  it('hangs up on a client that does not speak TLS', async () => {
    const net = fabricOver(new SmallWorld());
    const work = async () => {
      const connection = await net.host.connectTcp('172.31.36.107', 443);
      return sendHttp(connection, get(ec2Name));
    };
    await assert.rejects(net.run(work()), (error: Error) => error instanceof StreamError || 'failure' in error);
  });

  it('is the same in every run, to the microsecond', async () => {
    const runs = [fabricOver(new SmallWorld()), fabricOver(new SmallWorld())];
    for (const net of runs) await net.run(fetchFrom(net, '172.31.36.107', ec2Name));
    assert.deepEqual(runs[0]!.frames, runs[1]!.frames);
  });
});
