/** Sends a request as botocore does: names resolved, tries counted, each from a new port (botocore/httpsession.py, "standard" retry mode). */
import type { WireRequest, WireResponse } from '../../../../core/ports/wire';
import { ConnectError, type TcpConnection } from '../../../network/hostNetwork';
import { sendHttp } from '../../../network/http1';
import { CertificateError } from '../../../network/secureStream';
import { ProcessEnded } from '../../kernel/process';
import type { Run } from '../../system';
import { openStream, portOf } from '../network/httpClient';
import { resolveHost } from '../network/nameService';

export interface TransportOptions {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly maxAttempts: number;
  readonly verify: boolean;
}

export type TransportFailure = 'connectTimeout' | 'readTimeout' | 'notConnected' | 'badCertificate' | 'closed';

export class TransportError extends Error {
  constructor(
    readonly failure: TransportFailure,
    readonly url: string,
    detail = '',
  ) {
    super(detail);
  }
}

const maxBackoffMs = 20_000;

/** `prepare` signs each try anew. Rejects with {@link TransportError}. */
export async function sendWithRetries(
  run: Run,
  url: URL,
  options: TransportOptions,
  prepare: () => Promise<WireRequest>,
): Promise<WireResponse> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt >= options.maxAttempts;
    try {
      const response = await sendOnce(run, url, options, await prepare());
      if (isLast || !isWorthRetrying(response)) return response;
    } catch (error) {
      if (!(error instanceof TransportError) || isLast || error.failure === 'badCertificate') throw error;
    }
    await run.process.sleep(
      (run.system.chance.between(0, 1_000) / 1_000) * Math.min(maxBackoffMs, 1_000 * 2 ** (attempt - 1)),
    );
  }
}

function isWorthRetrying(response: WireResponse): boolean {
  return [500, 502, 503, 504].includes(response.status);
}

async function sendOnce(run: Run, url: URL, options: TransportOptions, request: WireRequest): Promise<WireResponse> {
  const connection = await connect(run, url, options);
  try {
    return await withinTime(run, options.readTimeoutMs, url, exchange(connection, url, options, request));
  } catch (error) {
    throw asTransportError(error, url);
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
  const stream = await openStream(connection, url, options.verify);
  return sendHttp(stream, request);
}

/**
 * One try: addresses in turn while they refuse. A silent address ends the try, so that three tries take three minutes whatever the number of
 * addresses; Python would go on to the next one and triple that.
 */
async function connect(run: Run, url: URL, options: TransportOptions): Promise<TcpConnection> {
  const { process, system } = run;
  const lookup = await resolveHost(run, url.hostname);
  if (lookup.kind !== 'found') throw new TransportError('notConnected', url.href);
  for (const address of lookup.addresses) {
    try {
      const opening = system.network.connectTcp(address, portOf(url), {
        timeoutMs: options.connectTimeoutMs,
        signal: process.abortSignal,
      });
      const connection = await process.until(opening);
      process.resources.add({ dispose: () => connection.reset() });
      return connection;
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      if (error.failure === 'timedOut') throw new TransportError('connectTimeout', url.href);
    }
  }
  throw new TransportError('notConnected', url.href);
}

function withinTime<T>(run: Run, limitMs: number, url: URL, work: Promise<T>): Promise<T> {
  const { process } = run;
  return process.until(
    new Promise<T>((resolve, reject) => {
      const alarm = process.timeline.after(limitMs, () => reject(new TransportError('readTimeout', url.href)));
      work.then(resolve, reject).finally(() => alarm.dispose());
    }),
  );
}

function asTransportError(error: unknown, url: URL): unknown {
  if (error instanceof TransportError || error instanceof ProcessEnded) return error;
  if (error instanceof CertificateError) {
    const detail = `[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for '${url.hostname}'. (_ssl.c:1147)`;
    return new TransportError('badCertificate', url.href, detail);
  }
  return new TransportError('closed', url.href);
}
