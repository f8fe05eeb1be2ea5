/** Downloads as librepo makes them: each try over the guest's own network, with time limits, and errors in its words. */
import type { WireResponse } from '../../../../core/ports/wire';
import { ConnectError } from '../../../network/hostNetwork';
import { sendHttp } from '../../../network/http1';
import { CertificateError } from '../../../network/secureStream';
import { ProcessEnded } from '../../kernel/process';
import type { Run } from '../../system';
import { connectToAny, openStream, portOf } from '../network/httpClient';
import { resolveHost } from '../network/nameService';

/** A failed try, as librepo words it. */
export class DownloadError extends Error {}

/** Fetches a URL once; `timeoutMs` is for the connection, and for a transfer that stands still. Rejects with {@link DownloadError}. */
export async function download(run: Run, address: string, timeoutMs: number): Promise<Uint8Array> {
  const url = new URL(address);
  const lookup = await resolveHost(run, url.hostname);
  if (lookup.kind !== 'found')
    throw new DownloadError(
      `Curl error (6): Couldn't resolve host name for ${address} [Could not resolve host: ${url.hostname}]`,
    );
  const startMs = run.process.timeline.now();
  const limit = new AbortController();
  const stop = () => limit.abort(new ProcessEnded());
  run.process.abortSignal.addEventListener('abort', stop, { once: true });
  try {
    const plan = { addresses: lookup.addresses, port: portOf(url), timeoutMs, signal: limit.signal };
    const connection = await connectToAny(run, plan, async () => {});
    const response = await exchange(run, url, connection, timeoutMs).finally(() => connection.close());
    if (response.status < 400) return response.body;
    throw new DownloadError(`Status code: ${response.status} for ${address} (IP: ${connection.remoteAddress})`);
  } catch (error) {
    throw inWords(error, address, url, timeoutMs, Math.round(run.process.timeline.now() - startMs));
  } finally {
    run.process.abortSignal.removeEventListener('abort', stop);
  }
}

/** The request itself; a transfer that stands still is given up. */
async function exchange(
  run: Run,
  url: URL,
  connection: Awaited<ReturnType<typeof connectToAny>>,
  timeoutMs: number,
): Promise<WireResponse> {
  let isStalled = false;
  const alarm = run.process.timeline.after(timeoutMs, () => {
    isStalled = true;
    connection.reset();
  });
  const work = async () => {
    const stream = await openStream(connection, url, true);
    return sendHttp(stream, {
      method: 'GET',
      host: url.host,
      path: url.pathname,
      query: url.search.slice(1),
      headers: { 'user-agent': 'libdnf (Amazon Linux 2023; generic; Linux.x86_64)', accept: '*/*' },
      body: new Uint8Array(0),
    });
  };
  try {
    return await run.process.until(work());
  } catch (error) {
    throw isStalled ? new Stalled() : error;
  } finally {
    alarm.dispose();
  }
}

class Stalled extends Error {}

function inWords(error: unknown, address: string, url: URL, timeoutMs: number, elapsedMs: number): unknown {
  if (error instanceof DownloadError || error instanceof ProcessEnded) return error;
  const failed = `Failed to connect to ${url.hostname} port ${portOf(url)} after ${elapsedMs} ms`;
  if (error instanceof Stalled)
    return new DownloadError(
      `Curl error (28): Timeout was reached for ${address} [Operation too slow. Less than 1000 bytes/sec transferred the last ${timeoutMs / 1_000} seconds]`,
    );
  if (error instanceof CertificateError)
    return new DownloadError(
      `Curl error (60): SSL peer certificate or SSH remote key was not OK for ${address} [SSL: no alternative certificate subject name matches target host name '${url.hostname}']`,
    );
  if (error instanceof ConnectError && error.failure === 'timedOut')
    return new DownloadError(`Curl error (28): Timeout was reached for ${address} [${failed}: Timeout was reached]`);
  if (error instanceof ConnectError && error.failure === 'refused')
    return new DownloadError(
      `Curl error (7): Couldn't connect to server for ${address} [${failed}: Couldn't connect to server]`,
    );
  return new DownloadError(
    `Curl error (56): Failure when receiving data from the peer for ${address} [Recv failure: Connection reset by peer]`,
  );
}
