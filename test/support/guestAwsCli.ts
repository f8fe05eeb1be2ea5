import { silentLog } from '../../src/base/log';
import { Chance } from '../../src/simulator/chance';
import { createPracticeCloud, type OpenPracticeCloud } from '../../src/simulator/createPracticeCloud';
import { type LoopbackServer, startLoopbackServer } from '../../src/simulator/loopbackServer';
import { encodeResponse, readRequest } from '../../src/simulator/network/http1';
import { ByteReader } from '../../src/simulator/network/stream/byteReader';
import { nodeDigests } from '../../src/simulator/nodeDigests';
import { createGuest } from '../../src/simulator/shell/createGuest';
import type { Guest } from '../../src/simulator/shell/guest';
import { Timeline } from '../../src/simulator/timeline';
import { freshGuest } from '../../src/simulator/world/guestState';
import { type CliResult, runAwsCli } from './awsCli';
import { type FakeConnection, FakeHostNetwork } from './fakeHostNetwork';
import { BenchTerminal } from './guestConsole';

const mark = '@@ standard error @@';

/** One practice cloud that the AWS CLI of this machine and the `aws` of a simulated instance both call, under the same URL. */
export class TwoClis {
  private constructor(
    readonly cloud: OpenPracticeCloud,
    readonly timeline: Timeline,
    private readonly server: LoopbackServer,
    private readonly guest: Guest,
  ) {}

  static async start(): Promise<TwoClis> {
    const timeline = new Timeline(Date.now());
    const cloud = createPracticeCloud({
      seed: 'two-clis',
      pace: 100,
      world: 'default',
      digests: nodeDigests,
      timeline,
      streamHost: () => 'wss://ssmmessages.ap-south-1.amazonaws.com',
      log: silentLog,
    });
    const server = await startLoopbackServer({
      cloud,
      port: 0,
      mustSignChannels: false,
      catchUp: () => undefined,
      log: silentLog,
    });
    const network = new FakeHostNetwork(timeline);
    network.tcp.set(`127.0.0.1:${server.port}`, (bytes, connection) => void answer(cloud, bytes, connection));
    const guest = createGuest({
      network,
      timeline,
      chance: new Chance('two-clis'),
      digests: nodeDigests,
      hostName: 'ip-172-31-37-141.ap-south-1.compute.internal',
      instanceId: 'i-0123456789abcdef0',
      region: 'ap-south-1',
      log: silentLog,
      state: freshGuest,
      effects: { record: () => undefined },
    });
    return new TwoClis(cloud, timeline, server, guest);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  get environment(): Readonly<Record<string, string>> {
    const keys = this.cloud.accounts[1];
    return {
      AWS_ACCESS_KEY_ID: keys?.accessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: keys?.secretAccessKey ?? '',
      AWS_DEFAULT_REGION: this.cloud.region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
      AWS_PAGER: '',
    };
  }

  get endpoint(): string {
    return this.server.endpoint;
  }

  /** What the machine's own CLI does. `change` sets variables, or takes them away with undefined. */
  real(args: readonly string[], change: Readonly<Record<string, string | undefined>> = {}): Promise<CliResult> {
    return runAwsCli(args, { ...this.environment, ...change });
  }

  /** What the `aws` of the instance does. */
  async simulated(
    args: readonly string[],
    change: Readonly<Record<string, string | undefined>> = {},
  ): Promise<CliResult> {
    const variables = Object.entries({ ...this.environment, ...change });
    const unset = ['AWS_SESSION_TOKEN', ...variables.filter(([, value]) => value === undefined).map(([name]) => name)];
    const script = [
      `unset ${unset.join(' ')}`,
      ...variables
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `export ${name}=${quoted(value ?? '')}`),
      `aws ${args.map(quoted).join(' ')} > /tmp/stdout 2> /tmp/stderr`,
      'status=$?',
      `cat /tmp/stdout; printf '%s' '${mark}'; cat /tmp/stderr; exit $status`,
    ].join('\n');
    const terminal = new BenchTerminal(this.timeline, this.guest.openTerminal(script), true);
    const status = await terminal.end(900_000);
    const [stdout = '', stderr = ''] = terminal.text.replaceAll('\r\n', '\n').split(mark);
    return { status, stdout, stderr };
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A request arrives in one piece, because nothing on the way cuts it. */
async function answer(cloud: OpenPracticeCloud, bytes: Uint8Array, connection: FakeConnection): Promise<void> {
  const pieces = [bytes];
  const stream = {
    read: async () => pieces.shift(),
    write: () => undefined,
    close: () => undefined,
    reset: () => undefined,
  };
  const request = await readRequest(new ByteReader(stream));
  if (!request) return;
  connection.reply(encodeResponse(await cloud.handle(request), request.method === 'HEAD'));
}
