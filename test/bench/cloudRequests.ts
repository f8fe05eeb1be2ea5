/** Requests a second of the practice cloud over loopback: signed, ten endpoints in the answer; a bare Node server with the same answer is the peer. */
import { CreateVpcEndpointCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { WireRequest } from '../../src/core/ports/wire';
import { CloudProcess } from '../support/cloudProcess';
import { startChild } from './childServer';
import { requestsPerSecond } from './httpLoad';
import { median } from './inTurns';
import type { Finding } from './report';
import { signedRequest } from './signedRequest';

const rounds = 5;
const load = { connections: 16, durationMs: 2000 };
const services = ['ec2', 'sts', 'kms', 'logs', 'monitoring', 'events', 'sqs', 'sns', 'lambda', 'ecs'];

export async function measureRequests(): Promise<readonly Finding[]> {
  const cloud = await CloudProcess.start();
  const { endpoint, region, accounts } = cloud.line;
  const [credentials] = accounts;
  if (!credentials) throw new Error('The cloud has no account');
  await makeEndpoints(new EC2Client({ endpoint, region, credentials }), region);
  const port = Number(new URL(endpoint).port);
  const request = await signedRequest('DescribeVpcEndpoints', region, credentials, `127.0.0.1:${port}`);
  const length = (await answerOf(endpoint, request)).length;
  const peer = await startChild(['out/test/bench/bareServer.js', String(length)]);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await requestsPerSecond(port, httpBytes(request), load));
    theirs.push(await requestsPerSecond(Number(peer.firstLine), httpBytes(request), load));
  }
  await Promise.all([cloud.stop(), peer.stop()]);
  return [
    {
      job: `practice cloud over HTTP, a list of ${services.length} endpoints (${length} bytes)`,
      unit: 'requests/s',
      ours: median(ours),
      better: 'more',
      peer: { name: 'bare Node server', value: median(theirs) },
      goal: { limit: 10_000 },
    },
  ];
}

async function makeEndpoints(client: EC2Client, region: string): Promise<void> {
  const { Subnets = [] } = await client.send(new DescribeSubnetsCommand({}));
  const [subnet] = Subnets;
  for (const service of services)
    await client.send(
      new CreateVpcEndpointCommand({
        VpcId: subnet?.VpcId,
        VpcEndpointType: 'Interface',
        ServiceName: `com.amazonaws.${region}.${service}`,
        SubnetIds: [subnet?.SubnetId ?? ''],
        PrivateDnsEnabled: false,
      }),
    );
}

function httpBytes({ headers, body }: WireRequest): Buffer {
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.concat([Buffer.from(['POST / HTTP/1.1', ...lines, '', ''].join('\r\n')), body]);
}

/** The answer itself, checked before anything is timed. */
async function answerOf(endpoint: string, { headers, body }: WireRequest): Promise<string> {
  const { host: _, ...rest } = headers;
  const response = await fetch(endpoint, { method: 'POST', headers: rest, body: Buffer.from(body) });
  const text = await response.text();
  const count = text.match(/<vpcEndpointId>/g)?.length;
  if (!response.ok || count !== services.length) throw new Error(`Expected ${services.length} endpoints: ${text}`);
  return text;
}
