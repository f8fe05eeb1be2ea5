/** `aws ec2-instance-connect open-tunnel` (aws/aws-cli:awscli/customizations/ec2instanceconnect/opentunnel.py). */
import { deferred } from '../../../../../base/async';
import type { TcpConnection } from '../../../../network/hostNetwork';
import type { ByteStream } from '../../../../network/stream/byteStream';
import type { WebSocketEnd } from '../../../../network/webSocket';
import { findService, type ServiceModel } from '../../../../protocols/clientCodec';
import type { Run } from '../../../system';
import { print } from '../../console';
import { type ArgumentRule, parseArguments } from '../argumentParser';
import { CliFailure, CommandLineError, generalFailure } from '../failures';
import { integerOf } from '../parameterValues';
import { ServiceClient } from '../serviceClient';
import type { CliSession } from '../session';
import { describeInstance, findConnectEndpoint } from './connectEndpoint';
import { dialTunnel, logError, type TunnelPlan } from './dialTunnel';

const value = (name: string): ArgumentRule => ({ name, count: 'one' });
const integer = (name: string): ArgumentRule => ({ name, count: 'one', isInteger: true });
const options: readonly ArgumentRule[] = [
  ...['instance-id', 'instance-connect-endpoint-id', 'instance-connect-endpoint-dns-name', 'private-ip-address'].map(
    value,
  ),
  ...['remote-port', 'local-port', 'max-tunnel-duration', 'max-websocket-connections'].map(integer),
];
const sshPort = 22;
const mostConnections = 10;
const longestSeconds = 3600;

type Values = ReadonlyMap<string, readonly string[]>;

export async function runOpenTunnel(session: CliSession, args: readonly string[]): Promise<number> {
  const { values, rest } = parseArguments(args, { options, positionals: [] });
  if (rest.length > 0) throw new CommandLineError(`Unknown options: ${rest.join(',')}`);
  const { run } = session;
  const localPort = integerOf(values, 'local-port');
  checkValues(values);
  if (localPort === undefined && run.process.files.get(0)?.terminal)
    throw new CommandLineError(
      'This command does not support interactive mode. You must use this command as a proxy or in listener mode. ',
    );
  const plan = await planTunnel(session, values);
  const service = findService('ec2-instance-connect') as ServiceModel;
  const client = await ServiceClient.open(session, service, 'open-tunnel');
  const dial = () => dialTunnel(run, client, plan);
  if (localPort === undefined) return carry(run, await dial(), standardStreams(run));
  return listen(run, localPort, integerOf(values, 'max-websocket-connections') ?? mostConnections, dial);
}

function checkValues(values: Values): void {
  const seconds = integerOf(values, 'max-tunnel-duration');
  if (!values.has('instance-id') && !values.has('private-ip-address'))
    throw new CommandLineError('Specify an instance id or private ip.');
  if (!values.has('instance-connect-endpoint-id')) {
    if (values.has('instance-connect-endpoint-dns-name'))
      throw new CommandLineError('Specify an instance connect endpoint id when providing a DNS name.');
    if (values.has('private-ip-address'))
      throw new CommandLineError('Specify an instance connect endpoint id when providing a private ip.');
  }
  if (seconds !== undefined && (seconds < 1 || seconds > longestSeconds))
    throw new CommandLineError(
      'Invalid max connection timeout specified. Value must be greater than 1 and less than 3600.',
    );
}

async function planTunnel(session: CliSession, values: Values): Promise<TunnelPlan> {
  const one = (name: string) => values.get(name)?.[0];
  const given = one('private-ip-address');
  const instance = given === undefined ? await describeInstance(session, one('instance-id') ?? '') : {};
  const id = one('instance-connect-endpoint-id');
  const dnsName = one('instance-connect-endpoint-dns-name');
  const endpoint =
    id !== undefined && dnsName !== undefined
      ? { id, dnsName }
      : await findConnectEndpoint(session, { id, vpcId: instance.VpcId, subnetId: instance.SubnetId });
  return {
    endpoint,
    address: given ?? String(instance.PrivateIpAddress),
    port: integerOf(values, 'remote-port') ?? sshPort,
    maxDurationSeconds: integerOf(values, 'max-tunnel-duration'),
  };
}

/** What comes out is written as it comes; resolves when it is there. */
interface LocalEnd {
  readonly read: () => Promise<Uint8Array | undefined>;
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

function standardStreams({ process }: Run): LocalEnd {
  return {
    async read() {
      const bytes = await process.read(0);
      return bytes.length > 0 ? bytes : undefined;
    },
    write: bytes => process.write(1, bytes),
  };
}

function connectionStreams(run: Run, local: ByteStream): LocalEnd {
  return { read: () => run.process.until(local.read()), write: async bytes => local.write(bytes) };
}

/** To the end of either; rejects with {@link CliFailure} for an end that the service gives a reason for. */
async function carry(run: Run, socket: WebSocketEnd, local: LocalEnd): Promise<number> {
  const sending = (async () => {
    for (let bytes = await local.read(); bytes; bytes = await local.read()) socket.send(bytes);
    socket.close(1000, '');
  })();
  sending.catch(() => undefined);
  for (;;) {
    const event = await run.process.until(socket.next());
    if (event.kind === 'message') {
      await local.write(typeof event.message === 'string' ? new TextEncoder().encode(event.message) : event.message);
      continue;
    }
    const { code, reason } = event.close;
    if (![1000, 1005, 1006].includes(code)) throw generalFailure(`Websocket Closure Reason: ${reason}`);
    return 0;
  }
}

/** A tunnel for each connection, until the program is ended or a tunnel cannot be opened. */
async function listen(run: Run, port: number, most: number, dial: () => Promise<WebSocketEnd>): Promise<number> {
  const failed = deferred<never>();
  let lastNumber = 0;
  let open = 0;
  const serve = async (local: TcpConnection) => {
    if (open >= most) {
      await print(run, `Max websocket connections ${most} have been reached, closing incoming connection.\n`);
      local.close();
      return;
    }
    open++;
    const number = ++lastNumber;
    await print(run, `[${number}] Accepted new tcp connection, opening websocket tunnel.\n`);
    const socket = await dial();
    await carry(run, socket, connectionStreams(run, local)).catch(error => complainOf(run, number, error));
    open--;
    await print(run, `[${number}] Closing tcp connection.\n`);
    local.close();
  };
  const listener = run.system.network.listenTcp(port, local => {
    run.process.resources.add({ dispose: () => local.close() });
    serve(local).catch(failed.reject);
  });
  run.process.resources.add(listener);
  await print(run, `Listening for connections on port ${port}.\n`);
  return run.process.until(failed.promise);
}

async function complainOf(run: Run, number: number, error: unknown): Promise<void> {
  if (!(error instanceof CliFailure)) throw error;
  await logError(run, `[${number}] Encountered error with websocket: ('${error.message}',)`);
}
