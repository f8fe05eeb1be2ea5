import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { SSMClient, StartSessionCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { WebSocket } from 'ws';
import { signChannel } from '../../../src/aws/signChannel';
import { silentLog } from '../../../src/base/log';
import { createPracticeCloud, type OpenPracticeCloud } from '../../../src/simulator/createPracticeCloud';
import { type LoopbackServer, startLoopbackServer } from '../../../src/simulator/loopbackServer';
import { nodeDigests } from '../../../src/simulator/nodeDigests';
import { Timeline } from '../../../src/simulator/timeline';
import { driveByWallClock, PreciseClock, type WallClockDriver } from '../../../src/simulator/wallClock';
import {
  makeInstanceConnectEndpoint,
  updateInstanceConnectEndpoint,
} from '../../../src/simulator/world/instanceConnectLife';
import { tunnelUrl } from '../../support/connectTunnel';

class LoopbackRig {
  server!: LoopbackServer;
  readonly cloud: OpenPracticeCloud;
  readonly #driver: WallClockDriver;

  constructor() {
    const clock = new PreciseClock();
    const timeline = new Timeline(clock.now());
    this.#driver = driveByWallClock(timeline, clock);
    this.cloud = createPracticeCloud({
      seed: 'loopback',
      pace: 20,
      world: 'default',
      digests: nodeDigests,
      timeline,
      streamHost: () => `ws://127.0.0.1:${this.server.port}`,
      log: silentLog,
    });
  }

  async start(mustSignChannels: boolean): Promise<this> {
    const { cloud } = this;
    const catchUp = () => this.#driver.catchUp();
    this.server = await startLoopbackServer({ cloud, port: 0, mustSignChannels, catchUp, log: silentLog });
    return this;
  }

  get configuration() {
    const account = this.cloud.accounts[1];
    assert.ok(account);
    const { accessKeyId, secretAccessKey } = account;
    return {
      endpoint: this.server.endpoint,
      region: 'ap-south-1',
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
    };
  }

  async startSession(): Promise<{ readonly StreamUrl: string; readonly TokenValue: string }> {
    const { Reservations } = await new EC2Client(this.configuration).send(new DescribeInstancesCommand({}));
    const Target = Reservations?.[0]?.Instances?.[0]?.InstanceId;
    const { StreamUrl = '', TokenValue = '' } = await new SSMClient(this.configuration).send(
      new StartSessionCommand({ Target }),
    );
    return { StreamUrl, TokenValue };
  }

  /** One that can be used at once, in the subnet of the second account's first instance. */
  addConnectEndpoint() {
    const { world, accounts } = this.cloud;
    const region = [...world.regions].find(({ place }) => place.accountId === accounts[1]?.accountId);
    const [instance] = region?.instances.values() ?? [];
    const subnet = instance?.subnetId && region?.subnets.get(instance.subnetId);
    assert.ok(region && instance && subnet);
    const endpoint = world.change(() => {
      const { securityGroupIds } = instance;
      const made = makeInstanceConnectEndpoint(world, region, {
        subnet,
        securityGroupIds,
        preservesClientIp: false,
        tags: {},
      });
      if (made) updateInstanceConnectEndpoint(region, made.id, { state: 'createComplete' });
      return made;
    });
    assert.ok(endpoint);
    return { region, endpoint };
  }

  async stop(): Promise<void> {
    await this.server.close();
    this.cloud.dispose();
    this.#driver.dispose();
  }
}

/** Status of a plain request with headers of its own. */
function statusOf(port: number, headers: Record<string, string>, body = ''): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method: 'POST', headers }, response => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** `open`, or the status that the upgrade was refused with. */
function upgrade(url: string, headers: Record<string, string> = {}): Promise<string> {
  return new Promise(resolve => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', () => resolve('error'));
  });
}

/** What comes first; undefined when the socket is closed before. */
function firstMessage(socket: WebSocket): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      resolve(data);
      socket.terminate();
    });
    socket.on('close', () => resolve(undefined));
    socket.on('error', reject);
  });
}

/** Asks again while a machine boots. */
async function untilAnswered<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe('the loopback server', () => {
  let rig: LoopbackRig;

  afterEach(() => rig.stop());

  it('serves an SDK over HTTP, signatures checked', async () => {
    rig = await new LoopbackRig().start(false);
    const identity = await new STSClient(rig.configuration).send(new GetCallerIdentityCommand({}));
    assert.equal(identity.Account, '444455556666');
    const credentials = { ...rig.configuration.credentials, secretAccessKey: 'wrong' };
    const wrong = new STSClient({ ...rig.configuration, credentials }).send(new GetCallerIdentityCommand({}));
    await assert.rejects(wrong, { name: 'SignatureDoesNotMatch' });
  });

  it('serves only those who call it by its own name, and takes no endless bodies', async () => {
    rig = await new LoopbackRig().start(false);
    const { port } = rig.server;
    assert.equal(await statusOf(port, { host: 'evil.example' }), 421);
    assert.equal(await statusOf(port, { host: `localhost:${port}` }), 403);
    assert.equal(await statusOf(port, { host: `127.0.0.1:${port}` }, 'x'.repeat(1024 * 1024 + 1)), 413);
  });

  it('carries a session over a WebSocket that was opened with a signature', async () => {
    rig = await new LoopbackRig().start(true);
    const { StreamUrl, TokenValue } = await rig.startSession();
    const by = { credentials: rig.configuration.credentials, region: 'ap-south-1', nowMs: Date.now() };
    const socket = new WebSocket(StreamUrl, { headers: await signChannel(StreamUrl, by) });
    const opening = { MessageSchemaVersion: '1.0', RequestId: '01234567-89ab-4def-9edc-ba9876543210', TokenValue };
    socket.on('open', () => socket.send(JSON.stringify(opening)));
    await new Promise<void>((resolve, reject) => {
      socket.on('message', (data: Buffer) => {
        if (data.toString('latin1').includes('output_stream_data')) resolve();
      });
      socket.on('error', reject);
    });
    socket.terminate();
  });

  it('carries a tunnel through an EC2 Instance Connect Endpoint, by an URL that is signed for the endpoint’s own name', async () => {
    rig = await new LoopbackRig().start(false);
    const { region, endpoint } = rig.addConnectEndpoint();
    const privateIpAddress = [...region.instances.values()][0]?.privateIpAddress ?? '';
    const dial = async (remotePort: string) => {
      const query = { instanceConnectEndpointId: endpoint.id, remotePort, privateIpAddress };
      const url = await tunnelUrl(endpoint.dnsName, rig.configuration.credentials, query, Date.now());
      return new WebSocket(url.replace(`wss://${endpoint.dnsName}`, `ws://127.0.0.1:${rig.server.port}`));
    };
    const banner = await untilAnswered(async () => firstMessage(await dial('22')));
    assert.match(banner.toString(), /^SSH-2\.0-OpenSSH_/);
    const refused = await dial('80');
    const response = await new Promise<IncomingMessage>(resolve =>
      refused.on('unexpected-response', (_request, answer) => resolve(answer)),
    );
    assert.equal(response.statusCode, 400);
    assert.match(
      String((await response.toArray()).join('')),
      /^\{"ErrorCode":"InvalidParameter","Message":"The specified RemotePort/,
    );
  });

  it('answers a ping with its own bytes when the channel answers', async () => {
    rig = await new LoopbackRig().start(false);
    const { StreamUrl } = await rig.startSession();
    const socket = new WebSocket(StreamUrl);
    socket.on('open', () => socket.ping('keepalive'));
    const pong = await new Promise<Buffer>(resolve => socket.on('pong', resolve));
    assert.equal(pong.toString(), 'keepalive');
    socket.terminate();
  });

  it('refuses upgrades to other places, of browsers, and with a wrong signature', async () => {
    rig = await new LoopbackRig().start(false);
    const { StreamUrl } = await rig.startSession();
    assert.equal(await upgrade(StreamUrl), 'open');
    assert.equal(await upgrade(StreamUrl.replace('data-channel', 'other')), '404');
    assert.equal(await upgrade(StreamUrl.replace(/data-channel\/[^?]+/, 'data-channel/nobody-0123')), '403');
    assert.equal(await upgrade(StreamUrl, { origin: 'https://evil.example' }), '404');
    const credentials = { ...rig.configuration.credentials, secretAccessKey: 'wrong' };
    const signed = await signChannel(StreamUrl, { credentials, region: 'ap-south-1', nowMs: Date.now() });
    assert.equal(await upgrade(StreamUrl, { ...signed }), '403');
  });

  it('closes at once, whoever holds a connection half open', async () => {
    rig = await new LoopbackRig().start(false);
    const { port } = rig.server;
    const head = `Host: 127.0.0.1:${port}\r\n`;
    const upgrading = `${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    const texts = [
      `GET /other HTTP/1.1\r\n${upgrading}`,
      `POST / HTTP/1.1\r\n${head}Content-Length: 9\r\n\r\nabc`,
      'PO',
    ];
    const sockets = texts.map(text => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => undefined);
      socket.write(text);
      return socket.resume();
    });
    assert.equal(await upgrade(`ws://127.0.0.1:${port}/other`), '404');
    await rig.server.close();
    for (const socket of sockets) socket.destroy();
  });

  it('refuses unsigned upgrades where it was told to', async () => {
    rig = await new LoopbackRig().start(true);
    const { StreamUrl } = await rig.startSession();
    assert.equal(await upgrade(StreamUrl), '403');
  });
});
