/** wget(1) 1.21: fetches URLs into files. */
import type { WireResponse } from '../../../../core/ports/wire';
import { ConnectError, type TcpConnection } from '../../../network/hostNetwork';
import { sendHttp, statusLine } from '../../../network/http1';
import { CertificateError } from '../../../network/secureStream';
import { describeFileError } from '../../files/fileError';
import { openPath } from '../../files/openPath';
import type { Program, Run } from '../../system';
import { print, readArguments } from '../console';
import { formatDate } from '../dates';
import { hasOption, lastOption, type ParsedArguments } from '../options';
import { connectToAny, openStream, portOf } from './httpClient';
import { lookupFailureText, resolveHost } from './nameService';

/** wget(1), "Exit status". */
const Exit = { generic: 1, file: 3, network: 4, ssl: 5, server: 8 } as const;
const patienceMs = 900_000;

class WgetFailure extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const wget: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'qO:T:t:SnvcP:4',
    long: {
      quiet: false,
      'output-document': true,
      timeout: true,
      tries: true,
      spider: false,
      'no-check-certificate': false,
      'no-verbose': false,
      header: true,
      'server-response': false,
    },
  });
  if (parsed.operands.length === 0) {
    await run.process.write(
      2,
      "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
    );
    return Exit.generic;
  }
  let status = 0;
  for (const text of parsed.operands) {
    try {
      await fetchOne(run, parsed, new URL(/^\w+:\/\//.test(text) ? text : `http://${text}`));
    } catch (error) {
      if (!(error instanceof WgetFailure)) throw error;
      await say(run, parsed, error.message);
      status = error.status;
    }
  }
  return status;
};

function say(run: Run, parsed: ParsedArguments, text: string): Promise<void> {
  return hasOption(parsed, 'q', 'quiet') ? Promise.resolve() : run.process.write(2, text);
}

async function fetchOne(run: Run, parsed: ParsedArguments, url: URL): Promise<void> {
  const time = () => formatDate(run.process.timeline.now(), '%F %T');
  await say(run, parsed, `--${time()}--  ${url.href}\n`);
  const connection = await connect(run, parsed, url);
  await say(run, parsed, 'HTTP request sent, awaiting response... ');
  const response = await exchange(run, parsed, url, connection);
  await say(run, parsed, `${statusLine(response.status).replace('HTTP/1.1 ', '')}\n`);
  if (hasOption(parsed, 'S', 'server-response'))
    await say(
      run,
      parsed,
      `  ${statusLine(response.status)}\n${Object.entries(response.headers)
        .map(([name, value]) => `  ${name}: ${value}\n`)
        .join('')}`,
    );
  const location = response.status >= 301 && response.status <= 308 ? response.headers.location : undefined;
  if (location !== undefined) {
    connection.close();
    await say(run, parsed, `Location: ${location} [following]\n`);
    return fetchOne(run, parsed, new URL(location, url));
  }
  connection.close();
  if (response.status >= 400)
    throw new WgetFailure(
      Exit.server,
      `${time()} ERROR ${response.status}: ${statusLine(response.status).slice(13)}.\n\n`,
    );
  await say(run, parsed, `Length: ${response.body.length} [${response.headers['content-type'] ?? 'text/html'}]\n`);
  if (hasOption(parsed, 'spider')) return say(run, parsed, 'Remote file exists.\n\n');
  await store(run, parsed, url, response);
}

async function connect(run: Run, parsed: ParsedArguments, url: URL): Promise<TcpConnection> {
  await say(run, parsed, `Resolving ${url.hostname} (${url.hostname})... `);
  const lookup = await resolveHost(run, url.hostname);
  if (lookup.kind !== 'found')
    throw new WgetFailure(
      Exit.network,
      `failed: ${lookupFailureText(lookup)}.\nwget: unable to resolve host address ‘${url.hostname}’\n`,
    );
  await say(run, parsed, `${lookup.addresses.join(', ')}\n`);
  const seconds = Number(lastOption(parsed, 'T', 'timeout') ?? 0);
  const plan = {
    addresses: lookup.addresses,
    port: portOf(url),
    timeoutMs: seconds > 0 ? seconds * 1_000 : patienceMs,
    signal: run.process.abortSignal,
  };
  try {
    const connection = await connectToAny(run, plan, address =>
      say(run, parsed, `Connecting to ${url.hostname} (${url.hostname})|${address}|:${portOf(url)}... `),
    );
    await say(run, parsed, 'connected.\n');
    return connection;
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    const words = error.failure === 'refused' ? 'Connection refused' : 'Connection timed out';
    throw new WgetFailure(Exit.network, `failed: ${words}.\n`);
  }
}

async function exchange(run: Run, parsed: ParsedArguments, url: URL, connection: TcpConnection): Promise<WireResponse> {
  const headers = Object.fromEntries(
    (parsed.options.get('header') ?? []).map(line => [
      line.split(':')[0]?.toLowerCase() ?? '',
      line.replace(/^[^:]*:\s*/, ''),
    ]),
  );
  const request = {
    method: hasOption(parsed, 'spider') ? 'HEAD' : 'GET',
    host: url.host,
    path: url.pathname,
    query: url.search.slice(1),
    headers: { 'user-agent': 'Wget/1.21.3', accept: '*/*', connection: 'Keep-Alive', ...headers },
    body: new Uint8Array(0),
  };
  try {
    const stream = await openStream(connection, url, !hasOption(parsed, 'no-check-certificate'));
    return await run.process.until(sendHttp(stream, request));
  } catch (error) {
    if (error instanceof CertificateError)
      throw new WgetFailure(
        Exit.ssl,
        `ERROR: no certificate subject alternative name matches\n\trequested host name ‘${url.hostname}’.\nTo connect to ${url.hostname} insecurely, use \`--no-check-certificate'.\n`,
      );
    if (run.process.status) throw error;
    throw new WgetFailure(Exit.network, 'Read error (Connection reset by peer) in headers.\n');
  }
}

async function store(run: Run, parsed: ParsedArguments, url: URL, { body }: WireResponse): Promise<void> {
  const name = lastOption(parsed, 'O', 'output-document') ?? (url.pathname.split('/').at(-1) || 'index.html');
  const directory = lastOption(parsed, 'P');
  const path = directory === undefined ? name : `${directory}/${name}`;
  if (name === '-') {
    await say(run, parsed, 'Saving to: ‘STDOUT’\n\n');
    await print(run, body);
    return;
  }
  await say(run, parsed, `Saving to: ‘${path}’\n\n`);
  try {
    run.process.install(3, await openPath(run.process, run.system.disk, path, 'write'));
  } catch (error) {
    throw new WgetFailure(Exit.file, `${path}: ${describeFileError(error)}\n`);
  }
  await run.process.write(3, body);
  run.process.close(3);
  const time = formatDate(run.process.timeline.now(), '%F %T');
  await say(
    run,
    parsed,
    `${path.padEnd(19).slice(0, 19)} 100%[===================>] ${String(body.length).padStart(7)}  --.-KB/s    in 0s      \n\n${time} (12.3 MB/s) - ‘${path}’ saved [${body.length}/${body.length}]\n\n`,
  );
}
