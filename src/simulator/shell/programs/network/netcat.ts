import { ConnectError, type TcpConnection } from '../../../network/hostNetwork';
import { WaitQueue } from '../../kernel/waitQueue';
import type { Program, Run } from '../../system';
import { complain, print, readArguments } from '../console';
import { hasOption, lastOption, type ParsedArguments } from '../options';
import { readDuration } from '../timeout';
import { resolveHost } from './nameService';

const defaultConnectMs = 10_000;

/** Ncat 7.93, which AL2023 installs as `nc`: connects, and with `-z` only tries. */
export const netcat: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'zvnw:4ulp:k',
    long: { wait: true, verbose: false, listen: false, 'keep-open': false, 'source-port': true },
  });
  if (hasOption(parsed, 'l', 'listen')) return listen(run, parsed);
  const [name, portText] = parsed.operands;
  const port = Number(portText);
  if (name === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) {
    await run.process.write(
      2,
      name === undefined
        ? 'Ncat: You must specify a host to connect to. QUITTING.\n'
        : `Ncat: Invalid port number "${portText ?? ''}". QUITTING.\n`,
    );
    return 2;
  }
  if (hasOption(parsed, 'u')) return complain(run, 'UDP is not available here');
  const isVerbose = hasOption(parsed, 'v', 'verbose');
  if (isVerbose) await run.process.write(2, 'Ncat: Version 7.93 ( https://nmap.org/ncat )\n');
  const lookup = await resolveHost(run, name);
  if (lookup.kind !== 'found') {
    const reason = lookup.kind === 'noAnswer' ? 'Temporary failure in name resolution' : 'Name or service not known';
    await run.process.write(2, `Ncat: Could not resolve hostname "${name}": ${reason}. QUITTING.\n`);
    return 2;
  }
  const waitText = lastOption(parsed, 'w', 'wait');
  const connection = await connect(
    run,
    lookup.addresses,
    port,
    (waitText && readDuration(waitText)) || defaultConnectMs,
  );
  if (!connection) return 1;
  const startMs = run.process.timeline.now();
  if (isVerbose) await run.process.write(2, `Ncat: Connected to ${connection.remoteAddress}:${port}.\n`);
  const counts = hasOption(parsed, 'z') ? { sent: 0, received: 0 } : await relay(run, connection);
  connection.close();
  const seconds = ((run.process.timeline.now() - startMs) / 1_000).toFixed(2);
  if (isVerbose)
    await run.process.write(
      2,
      `Ncat: ${counts.sent} bytes sent, ${counts.received} bytes received in ${seconds} seconds.\n`,
    );
  return 0;
};

/** `-l`: waits for a client, or with `-k` for one after the other. */
async function listen(run: Run, parsed: ParsedArguments): Promise<number> {
  const { process, system } = run;
  const isVerbose = hasOption(parsed, 'v', 'verbose');
  const port = Number(lastOption(parsed, 'p', 'source-port') ?? parsed.operands.at(-1) ?? 31_337);
  const clients: TcpConnection[] = [];
  const arrived = new WaitQueue();
  const complaint = !Number.isInteger(port) || port < 1 || port > 65_535 ? 'Invalid port number' : undefined;
  if (complaint !== undefined || (port < 1024 && !process.isRoot)) {
    await process.write(2, `Ncat: ${complaint ?? `bind to 0.0.0.0:${port}: Permission denied`}. QUITTING.\n`);
    return 2;
  }
  try {
    const listener = system.network.listenTcp(port, connection => {
      clients.push(connection);
      arrived.wake();
    });
    process.resources.add(listener);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    await process.write(2, `Ncat: bind to 0.0.0.0:${port}: Address already in use. QUITTING.\n`);
    return 2;
  }
  system.socketOwners.claim(port, process);
  if (isVerbose)
    await process.write(
      2,
      `Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Listening on :::${port}\nNcat: Listening on 0.0.0.0:${port}\n`,
    );
  do {
    while (clients.length === 0) await process.waitOn(arrived);
    const connection = clients.shift() as TcpConnection;
    process.resources.add({ dispose: () => connection.close() });
    if (isVerbose)
      await process.write(
        2,
        `Ncat: Connection from ${connection.remoteAddress}.\nNcat: Connection from ${connection.remoteAddress}:${connection.remotePort}.\n`,
      );
    await relay(run, connection);
    connection.close();
  } while (hasOption(parsed, 'k', 'keep-open'));
  return 0;
}

async function connect(
  run: Run,
  addresses: readonly string[],
  port: number,
  timeoutMs: number,
): Promise<TcpConnection | undefined> {
  let complaint = 'TIMEOUT';
  for (const address of addresses) {
    try {
      const { process, system } = run;
      const connection = await process.until(
        system.network.connectTcp(address, port, { timeoutMs, signal: process.abortSignal }),
      );
      process.resources.add({ dispose: () => connection.close() });
      system.socketOwners.claim(connection.localPort, process);
      return connection;
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      const words = {
        refused: 'Connection refused',
        timedOut: 'TIMEOUT',
        unreachable: 'No route to host',
        reset: 'Connection reset by peer',
      };
      complaint = words[error.failure];
    }
  }
  await run.process.write(2, `Ncat: ${complaint}.\n`);
  return undefined;
}

/** Standard input to the other end until it closes; what it says to standard output. */
export async function relay(run: Run, connection: TcpConnection): Promise<{ sent: number; received: number }> {
  const counts = { sent: 0, received: 0 };
  const sending = (async () => {
    for (let bytes = await run.process.read(0); bytes.length > 0; bytes = await run.process.read(0)) {
      connection.write(bytes);
      counts.sent += bytes.length;
    }
    connection.close();
  })().catch(() => undefined);
  for (;;) {
    const bytes = await run.process.until(connection.read());
    if (!bytes) break;
    counts.received += bytes.length;
    await print(run, bytes);
  }
  void sending;
  return counts;
}
