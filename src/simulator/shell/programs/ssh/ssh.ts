/** ssh(1) of OpenSSH 8.7: logs in over the guest's network, directly or through a jump host. */
import { ConnectError } from '../../../network/hostNetwork';
import type { ByteStream } from '../../../network/stream/byteStream';
import type { SshChannel, SshConnection } from '../../ssh/sshConnection';
import { SshClosed, SshError, text, uint32 } from '../../ssh/sshWire';
import type { Program, Run } from '../../system';
import { print } from '../console';
import { connectFailureText } from '../network/httpClient';
import { lookupFailureText, resolveHost } from '../network/nameService';
import { agentOf, identitiesFor } from './identities';
import { acceptHostKey } from './knownHosts';
import { logIn } from './logIn';
import { startProxyCommand } from './proxyCommand';
import { withRawTerminal } from './rawTerminal';
import { readSshPlan, type SshPlan, type SshTarget, SshUsageError } from './sshOptions';

const failureStatus = 255;

class SshFailure extends Error {}

export const ssh: Program = async run => {
  try {
    const plan = readSshPlan(run);
    return await connectAndRun(run, plan);
  } catch (error) {
    if (error instanceof SshUsageError) {
      await run.process.write(2, error.message);
      return error.status;
    }
    if (error instanceof SshFailure || error instanceof SshError || error instanceof ConnectError) {
      await run.process.write(2, `${wordsOf(error)}\r\n`);
      return failureStatus;
    }
    throw error;
  }
};

const whileIdentifying = 'kex_exchange_identification';
/** Whom ssh names where it talks through another program or channel. */
const noHostAddress = '<no hostip for proxy command>';
const unknownPeer = 'UNKNOWN port 65535';

function wordsOf(error: Error): string {
  return error instanceof ConnectError ? `${whileIdentifying}: read: Connection reset by peer` : error.message;
}

/** What ssh says when the connection ends before anybody is logged in (OpenSSH: kex.c, kex_exchange_identification; packet.c, sshpkt_vfatal). */
function lostBeforeLogin(error: unknown, peer: string): unknown {
  if (error instanceof ConnectError) return new SshFailure(`${wordsOf(error)}\r\nConnection reset by ${peer}`);
  if (!(error instanceof SshClosed)) return error;
  const reason = `${whileIdentifying}: Connection closed by remote host\r\n`;
  return new SshFailure(`${error.during === 'identification' ? reason : ''}Connection closed by ${peer}`);
}

async function connectAndRun(run: Run, plan: SshPlan): Promise<number> {
  const { target, jump, proxyCommand } = plan;
  if (proxyCommand !== undefined) {
    const stream = startProxyCommand(run, proxyCommand, target);
    return useConnection(run, plan, target, await open(run, plan, target, stream, noHostAddress));
  }
  if (!jump) {
    const { stream, address } = await dial(run, plan, target);
    return useConnection(run, plan, target, await open(run, plan, target, stream, address));
  }
  const first = await dial(run, plan, jump);
  const way = await open(run, plan, jump, first.stream, first.address);
  const channel = await run.process.until(forward(way, target));
  if (!channel) {
    await run.process.write(
      2,
      'channel 0: open failed: connect failed: Connection timed out\r\nstdio forwarding failed\r\n',
    );
    throw lostBeforeLogin(new SshClosed('identification'), unknownPeer);
  }
  return useConnection(run, plan, target, await open(run, plan, target, channel, noHostAddress));
}

function forward(
  way: SshConnection,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<SshChannel | undefined> {
  return way.openChannel('direct-tcpip', text(host), uint32(port), text('127.0.0.1'), uint32(65_535));
}

async function dial(
  run: Run,
  plan: SshPlan,
  { host, port }: SshTarget,
): Promise<{ readonly stream: ByteStream; readonly address: string }> {
  const lookup = await resolveHost(run, host);
  if (lookup.kind !== 'found')
    throw new SshFailure(`ssh: Could not resolve hostname ${host}: ${lookupFailureText(lookup)}`);
  const address = lookup.addresses[0] as string;
  const { process, system } = run;
  try {
    const stream = await process.until(
      system.network.connectTcp(address, port, {
        ...(plan.connectTimeoutMs === undefined ? {} : { timeoutMs: plan.connectTimeoutMs }),
        signal: process.abortSignal,
      }),
    );
    process.resources.add({ dispose: () => stream.close() });
    system.socketOwners.claim(stream.localPort, process);
    return { stream, address };
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    throw new SshFailure(`ssh: connect to host ${host} port ${port}: ${connectFailureText(error)}`);
  }
}

async function open(
  run: Run,
  plan: SshPlan,
  target: SshTarget,
  stream: ByteStream,
  address: string,
): Promise<SshConnection> {
  const identities = await identitiesFor(run, plan.identityFiles);
  const peer = address === noHostAddress ? unknownPeer : `${address} port ${target.port}`;
  const loggingIn = logIn(run, stream, {
    userName: target.userName,
    identities,
    agent: plan.forwardsAgent ? agentOf(run) : undefined,
    acceptHostKey: key => acceptHostKey(run, plan, target, address, key),
  }).catch(error => Promise.reject(lostBeforeLogin(error, peer)));
  const connection = await run.process.until(loggingIn);
  if (!connection)
    throw new SshFailure(
      `${target.userName}@${target.host}: Permission denied (publickey,gssapi-keyex,gssapi-with-mic).`,
    );
  return connection;
}

async function useConnection(run: Run, plan: SshPlan, target: SshTarget, connection: SshConnection): Promise<number> {
  if (plan.runsNothing) for (;;) await run.process.waitOn();
  if (plan.relay) {
    const channel = await run.process.until(forward(connection, plan.relay));
    if (!channel)
      throw new SshFailure('channel 0: open failed: connect failed: Connection refused\r\nstdio forwarding failed');
    return relay(run, channel);
  }
  const channel = await run.process.until(connection.openChannel('session'));
  if (!channel) throw new SshFailure('channel 0: open failed');
  const terminal = run.process.files.get(0)?.terminal;
  const wantsTerminal = plan.terminal === 'always' || (plan.terminal === 'asNeeded' && plan.command === undefined);
  if (wantsTerminal && !terminal && !plan.isQuiet)
    await run.process.write(2, 'Pseudo-terminal will not be allocated because stdin is not a terminal.\r\n');
  if (plan.forwardsAgent && agentOf(run)) await channel.request('auth-agent-req@openssh.com');
  let status = failureStatus;
  channel.onRequest = (kind, details) => {
    if (kind === 'exit-status') status = details.uint32();
    return kind === 'exit-status';
  };
  if (!wantsTerminal || !terminal) {
    await begin(channel, plan.command);
    await relay(run, channel);
    return status;
  }
  const size = () => [uint32(terminal.columns || 80), uint32(terminal.rows || 24), uint32(0), uint32(0)];
  const kindOfTerminal = run.process.environment.get('TERM') ?? 'xterm';
  await channel.request('pty-req', text(kindOfTerminal), ...size(), text(Uint8Array.of(0)));
  run.process.handle('SIGWINCH', () => channel.notify('window-change', ...size()));
  await begin(channel, plan.command);
  await withRawTerminal(run, terminal, () => relay(run, channel));
  if (!plan.isQuiet) await run.process.write(2, `Connection to ${target.host} closed.\r\n`);
  return status;
}

function begin(channel: SshChannel, command: string | undefined): Promise<boolean> {
  return command === undefined ? channel.request('shell') : channel.request('exec', text(command));
}

/** Standard input to the channel, its data and errors to standard output and error, until it closes. */
async function relay(run: Run, channel: SshChannel): Promise<number> {
  const { process } = run;
  const sending = (async () => {
    for (let bytes = await process.read(0); bytes.length > 0; bytes = await process.read(0)) channel.write(bytes);
    channel.finish();
  })();
  sending.catch(() => undefined);
  const complaining = (async () => {
    for await (const bytes of channel.errors) await process.write(2, bytes);
  })();
  complaining.catch(() => undefined);
  for (let bytes = await process.until(channel.read()); bytes; bytes = await process.until(channel.read()))
    await print(run, bytes);
  await process.until(channel.closed);
  await process.until(complaining);
  return 0;
}
