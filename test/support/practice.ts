import { Readable } from 'node:stream';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EC2InstanceConnectClient } from '@aws-sdk/client-ec2-instance-connect';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { buildQueryString } from '@smithy/core/protocols';
import { type HttpRequest, HttpResponse } from '@smithy/protocol-http';
import { silentLog } from '../../src/base/log';
import type { WireHandler } from '../../src/core/ports/wire';
import {
  createPracticeCloud,
  type OpenPracticeCloud,
  type PracticeCloudOptions,
} from '../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../src/simulator/nodeDigests';
import { Timeline } from '../../src/simulator/timeline';
import type { WorldKind } from '../../src/simulator/worldKinds';

/** A practice cloud whose time is moved by hand; it begins now, because the SDK signs with the wall clock. */
export interface TestCloud {
  readonly cloud: OpenPracticeCloud;
  readonly timeline: Timeline;
  readonly clients: (account?: number) => PracticeClients;
}

export interface PracticeClients {
  readonly ec2: EC2Client;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly iam: IAMClient;
  readonly instanceConnect: EC2InstanceConnectClient;
  readonly kms: KMSClient;
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

export function startTestCloud(
  world: WorldKind = 'default',
  pace = 1,
  more: Partial<PracticeCloudOptions> = {},
): TestCloud {
  const timeline = new Timeline(Date.now());
  const cloud = createPracticeCloud({
    seed: 'test',
    pace,
    world,
    digests: nodeDigests,
    timeline,
    streamHost: () => 'wss://ssmmessages.ap-south-1.amazonaws.com',
    log: silentLog,
    ...more,
  });
  return { cloud, timeline, clients: (account = 1) => clientsOf(cloud, account) };
}

export interface SdkConfiguration {
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly requestHandler: SdkHandler;
  readonly systemClockOffset?: number;
  readonly maxAttempts?: number;
}

export function clientsOf(
  cloud: Pick<OpenPracticeCloud, 'accounts' | 'handle'>,
  account: number,
  change: Partial<SdkConfiguration> = {},
): PracticeClients {
  const keys = cloud.accounts[account];
  if (!keys) throw new RangeError(`No account ${account}`);
  const { accessKeyId, secretAccessKey } = keys;
  const configuration = {
    region: 'ap-south-1',
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: sdkHandler(cloud.handle),
    maxAttempts: 1,
    ...change,
  };
  return {
    ec2: new EC2Client(configuration),
    elbv2: new ElasticLoadBalancingV2Client(configuration),
    iam: new IAMClient(configuration),
    instanceConnect: new EC2InstanceConnectClient(configuration),
    kms: new KMSClient(configuration),
    s3: new S3Client(configuration),
    ssm: new SSMClient(configuration),
    sts: new STSClient(configuration),
  };
}

export interface SdkHandler {
  handle(request: HttpRequest): Promise<{ response: HttpResponse }>;
}

/** The SDK's request handler in front of a wire handler. */
export function sdkHandler(handle: WireHandler): SdkHandler {
  return {
    async handle(request) {
      const port = request.port === undefined ? '' : `:${request.port}`;
      const answer = await handle({
        method: request.method,
        host: `${request.hostname}${port}`,
        path: request.path,
        query: buildQueryString(request.query ?? {}),
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: await bytesOf(request.body),
      });
      // Streams come out of every handler on Node; only S3 hands one on.
      const body = Readable.from([Buffer.from(answer.body)]);
      return { response: new HttpResponse({ statusCode: answer.status, headers: { ...answer.headers }, body }) };
    },
  };
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Readable) return Uint8Array.from(Buffer.concat(await body.toArray()));
  return body instanceof Uint8Array ? body : new Uint8Array();
}
