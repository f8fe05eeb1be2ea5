/** Sends a request as botocore does: names resolved, tries counted, each from a new port (botocore/httpsession.py, "standard" retry mode). */
import { parseIpv4 } from '../../../../core/ipv4';
import type { WireRequest, WireResponse } from '../../../../core/ports/wire';
import { ConnectError, type TcpConnection } from '../../../network/hostNetwork';
import { sendHttp } from '../../../network/http1';
import { CertificateError } from '../../../network/secureStream';
import { ProcessEnded } from '../../kernel/process';
import type { Run } from '../../system';
import { openStream, portOf } from '../network/httpClient';
import { resolveHost } from '../network/nameService';
import { CliFailure, ExitStatus } from './failures';

export interface TransportOptions {
  /** For each address; undefined: as long as the kernel tries. */
  readonly connectTimeoutMs: number | undefined;
  /** Undefined: for ever. */
  readonly readTimeoutMs: number | undefined;
  readonly maxAttempts: number;
  readonly verifySsl: boolean;
}

/** No answer, in the CLI's words. */
export class TransportFailure extends CliFailure {
  constructor(
    message: string,
    readonly isWorthRetrying: boolean,
  ) {
    super(message, ExitStatus.general);
  }
}

const maxBackoffMs = 20_000;

export interface Delivery<T> {
  readonly answer: T;
  /** Tries after the first, when the last one that was allowed has been made. */
  readonly usedUpRetries: number | undefined;
}

/** `prepare` signs each try anew; `read` makes of a response what `wantsRetry` judges. Rejects with {@link TransportFailure}. */
export async function sendWithRetries<T>(
  run: Run,
  url: URL,
  options: TransportOptions,
  prepare: () => Promise<WireRequest>,
  read: (response: WireResponse) => Promise<T>,
  wantsRetry: (answer: T) => boolean,
): Promise<Delivery<T>> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt >= options.maxAttempts;
    try {
      const answer = await read(await sendOnce(run, url, options, await prepare()));
      if (isLast || !wantsRetry(answer)) return { answer, usedUpRetries: isLast ? attempt - 1 : undefined };
    } catch (error) {
      if (!(error instanceof TransportFailure) || isLast || !error.isWorthRetrying) throw error;
    }
    const share = run.system.chance.between(0, 1_000) / 1_000;
    await run.process.sleep(share * Math.min(maxBackoffMs, 1_000 * 2 ** (attempt - 1)));
  }
}

async function sendOnce(run: Run, url: URL, options: TransportOptions, request: WireRequest): Promise<WireResponse> {
  const connection = await connect(run, url, options);
  try {
    return await withinTime(run, options.readTimeoutMs, url, exchange(connection, url, options, request));
  } catch (error) {
    throw asFailure(error, url);
  } finally {
    connection.close();
  }
}

async function exchange(
  connection: TcpConnection,
  url: URL,
  options: TransportOptions,
  request: WireRequest,
): Promise<WireResponse> {
  const stream = await openStream(connection, url, options.verifySsl);
  return sendHttp(stream, request);
}

/** One try: every address of the name in turn, each for the whole time; the last one's failure is told (urllib3/util/connection.py). */
async function connect(run: Run, url: URL, options: TransportOptions): Promise<TcpConnection> {
  const { process, system } = run;
  const lookup = await resolveHost(run, url.hostname);
  const addresses = lookup.kind === 'found' ? lookup.addresses : [];
  let hasTimedOut = false;
  for (const address of addresses) {
    try {
      const { connectTimeoutMs: timeoutMs } = options;
      const opening = system.network.connectTcp(address, portOf(url), {
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        signal: process.abortSignal,
      });
      const connection = await process.until(opening);
      process.resources.add({ dispose: () => connection.reset() });
      return connection;
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      hasTimedOut = error.failure === 'timedOut' && options.connectTimeoutMs !== undefined;
    }
  }
  if (hasTimedOut) throw new TransportFailure(`Connect timeout on endpoint URL: "${url.href}"`, true);
  throw new TransportFailure(`Could not connect to the endpoint URL: "${url.href}"`, true);
}

function withinTime<T>(run: Run, limitMs: number | undefined, url: URL, work: Promise<T>): Promise<T> {
  const { process } = run;
  if (limitMs === undefined) return process.until(work);
  const overdue = new TransportFailure(`Read timeout on endpoint URL: "${url.href}"`, true);
  return process.until(
    new Promise<T>((resolve, reject) => {
      const alarm = process.timeline.after(limitMs, () => reject(overdue));
      work.then(resolve, reject).finally(() => alarm.dispose());
    }),
  );
}

function asFailure(error: unknown, url: URL): unknown {
  if (error instanceof TransportFailure || error instanceof ProcessEnded) return error;
  if (error instanceof CertificateError) {
    const what = parseIpv4(url.hostname) === undefined ? 'Hostname' : 'IP address';
    const reason = `${what} mismatch, certificate is not valid for '${url.hostname}'. (_ssl.c:1147)`;
    const detail = `[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: ${reason}`;
    return new TransportFailure(`SSL validation failed for ${url.href} ${detail}`, false);
  }
  const text = 'Connection was closed before we received a valid response from endpoint URL';
  return new TransportFailure(`${text}: "${url.href}".`, true);
}
