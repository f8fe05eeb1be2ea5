/** One URL of a curl command line, from its name to its output. */
import type { WireRequest, WireResponse } from '../../../../core/ports/wire';
import { ConnectError, type TcpConnection } from '../../../network/hostNetwork';
import { headerSpelling, sendHttp, statusLine } from '../../../network/http1';
import { CertificateError } from '../../../network/secureStream';
import { describeFileError } from '../../files/fileError';
import { openPath } from '../../files/openPath';
import { ProcessEnded } from '../../kernel/process';
import { encodeText } from '../../kernel/text';
import type { Run } from '../../system';
import { print } from '../console';
import type { CurlOptions } from './curlOptions';
import { connectToAny, openStream, portOf } from './httpClient';
import { resolveHost } from './nameService';

/** libcurl-errors(3). */
const CurlCode = {
  unsupportedProtocol: 1,
  malformedUrl: 3,
  noSuchHost: 6,
  noConnection: 7,
  httpError: 22,
  writeError: 23,
  timedOut: 28,
  secureConnect: 35,
  tooManyRedirects: 47,
  emptyReply: 52,
  receiveError: 56,
  badCertificate: 60,
} as const;

/** curl's own limit for connecting, when none is given. */
const standardConnectMs = 300_000;
const maxRedirects = 50;

/** A failed transfer: curl's exit code and what it says. */
export class CurlFailure extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export class Transfer {
  readonly #startMs: number;
  readonly #abort = new AbortController();
  readonly #alarm: { dispose(): void } | undefined;
  #connection: TcpConnection | undefined;
  #response: WireResponse | undefined;
  #url: URL | undefined;
  #timesMs = { lookup: 0, connect: 0, secure: 0, start: 0 };
  #isOutOfTime = false;
  #redirects = 0;

  constructor(
    private readonly run: Run,
    private readonly options: CurlOptions,
  ) {
    this.#startMs = run.process.timeline.now();
    run.process.abortSignal.addEventListener('abort', () => this.#abort.abort(new ProcessEnded()), { once: true });
    if (options.maxTimeMs === undefined) return;
    this.#alarm = run.process.timeline.after(options.maxTimeMs, () => {
      this.#isOutOfTime = true;
      this.#abort.abort(new CurlFailure(CurlCode.timedOut, ''));
    });
  }

  close(): void {
    this.#alarm?.dispose();
    this.#connection?.close();
  }

  get #elapsedMs(): number {
    return Math.round(this.run.process.timeline.now() - this.#startMs);
  }

  async fetch(urlText: string, index: number): Promise<void> {
    let url = readUrl(urlText);
    for (;;) {
      const response = await this.#exchange(url);
      const location =
        this.options.follows && [301, 302, 303, 307, 308].includes(response.status)
          ? response.headers.location
          : undefined;
      if (location === undefined) break;
      if (++this.#redirects > maxRedirects)
        throw new CurlFailure(CurlCode.tooManyRedirects, `Maximum (${maxRedirects}) redirects followed`);
      this.#connection?.close();
      url = readUrl(new URL(location, url).href);
    }
    await this.#deliver(index);
  }

  async #exchange(url: URL): Promise<WireResponse> {
    this.#url = url;
    const connection = await this.#connect(url);
    this.#connection = connection;
    const stream = await this.#limited(
      Promise.resolve().then(() => openStream(connection, url, !this.options.isInsecure)),
    );
    this.#timesMs.secure = this.#elapsedMs;
    const request = this.#request(url);
    await this.#comment('> ', [
      `${request.method} ${request.path}${request.query ? `?${request.query}` : ''} HTTP/1.1`,
      `Host: ${request.host}`,
      ...headLines(request.headers),
      '',
    ]);
    const response = await this.#limited(sendHttp(stream, request));
    this.#timesMs.start = this.#elapsedMs;
    await this.#comment('< ', [statusLine(response.status), ...headLines(response.headers), '']);
    this.#response = response;
    return response;
  }

  async #connect(url: URL): Promise<TcpConnection> {
    const { run, options } = this;
    const port = portOf(url);
    const name = url.hostname;
    const addresses = await this.#addressesOf(name, port);
    this.#timesMs.lookup = this.#elapsedMs;
    const timeoutMs = options.connectTimeoutMs ?? standardConnectMs;
    try {
      const connection = await connectToAny(
        run,
        { addresses, port, timeoutMs, signal: this.#abort.signal },
        async address => {
          await this.#comment('*   ', [`Trying ${address}:${port}...`]);
        },
      );
      this.#timesMs.connect = this.#elapsedMs;
      await this.#comment('* ', [`Connected to ${name} (${connection.remoteAddress}) port ${port}`]);
      return connection;
    } catch (error) {
      throw this.#connectFailure(error, name, port);
    }
  }

  #connectFailure(error: unknown, name: string, port: number): unknown {
    if (this.#isOutOfTime)
      return new CurlFailure(CurlCode.timedOut, `Connection timed out after ${this.#elapsedMs} milliseconds`);
    if (!(error instanceof ConnectError)) return error;
    const start = `Failed to connect to ${name} port ${port} after ${this.#elapsedMs} ms`;
    if (error.failure !== 'timedOut')
      return new CurlFailure(CurlCode.noConnection, `${start}: Couldn't connect to server`);
    const isOwnLimit = this.options.connectTimeoutMs !== undefined && this.#elapsedMs >= this.options.connectTimeoutMs;
    return new CurlFailure(
      CurlCode.timedOut,
      `${start}: ${isOwnLimit ? 'Timeout was reached' : "Couldn't connect to server"}`,
    );
  }

  async #addressesOf(name: string, port: number): Promise<readonly string[]> {
    const given = this.options.resolves
      .map(text => text.split(':'))
      .find(([host, at]) => host === name && Number(at) === port)?.[2];
    if (given) return given.split(',');
    const lookup = await this.#limited(
      resolveHost(this.run, name),
      () => `Resolving timed out after ${this.#elapsedMs} milliseconds`,
    );
    if (lookup.kind !== 'found') throw new CurlFailure(CurlCode.noSuchHost, `Could not resolve host: ${name}`);
    return lookup.addresses;
  }

  /** A step under `-m`, with the stream's failures in curl's words. */
  async #limited<T>(work: Promise<T>, timeoutText?: () => string): Promise<T> {
    const aborted = new Promise<never>((_, reject) => {
      const onAbort = () => reject(this.#abort.signal.reason);
      if (this.#abort.signal.aborted) onAbort();
      else this.#abort.signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await this.run.process.until(Promise.race([work, aborted]));
    } catch (error) {
      if (this.#isOutOfTime) {
        throw new CurlFailure(
          CurlCode.timedOut,
          timeoutText?.() ?? `Operation timed out after ${this.#elapsedMs} milliseconds with 0 bytes received`,
        );
      }
      throw streamFailure(error, this.#url?.hostname ?? '');
    }
  }

  #request(url: URL): WireRequest {
    const { options } = this;
    const headers: Record<string, string> = { 'user-agent': options.userAgent, accept: '*/*' };
    if (options.body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
    let host = url.host;
    for (const line of options.headers) {
      const [, name = '', value = ''] = /^([^:;]+)[:;]\s*(.*)$/.exec(line) ?? [];
      if (name.toLowerCase() === 'host') host = value;
      else if (name !== '') headers[name.toLowerCase()] = value;
    }
    return {
      method: options.method,
      host,
      path: url.pathname,
      query: url.search.slice(1),
      headers,
      body: encodeText(options.body ?? ''),
    };
  }

  async #comment(prefix: string, lines: readonly string[]): Promise<void> {
    if (this.options.isVerbose) await this.run.process.write(2, lines.map(line => `${prefix}${line}\n`).join(''));
  }

  async #deliver(index: number): Promise<void> {
    const { run, options } = this;
    const response = this.#response as WireResponse;
    if (options.failsOnError && response.status >= 400) {
      throw new CurlFailure(CurlCode.httpError, `The requested URL returned error: ${response.status}`);
    }
    const name =
      options.outputs[index] ??
      (options.usesRemoteName ? this.#url?.pathname.split('/').at(-1) || 'curl_response' : undefined);
    if (name !== undefined && name !== '-') await this.#openOutput(name);
    const descriptor = name === undefined || name === '-' ? 1 : 3;
    if (options.includesHead) {
      await run.process.write(
        descriptor,
        `${statusLine(response.status)}\r\n${headLines(response.headers)
          .map(line => `${line}\r\n`)
          .join('')}\r\n`,
      );
    }
    await run.process.write(descriptor, response.body);
    if (descriptor === 3) run.process.close(3);
  }

  async #openOutput(path: string): Promise<void> {
    try {
      this.run.process.install(3, await openPath(this.run.process, this.run.system.disk, path, 'write'));
    } catch (error) {
      if (this.options.showsErrors)
        await this.run.process.write(2, `Warning: Failed to open the file ${path}: ${describeFileError(error)}\n`);
      throw new CurlFailure(CurlCode.writeError, 'client returned ERROR on write');
    }
  }

  /** `-w`: `%{http_code}`, `%{time_total}` and the like. */
  async writeOut(): Promise<void> {
    const { writeOut } = this.options;
    if (writeOut === undefined) return;
    const seconds = (milliseconds: number) => (milliseconds / 1_000).toFixed(6);
    const connection = this.#connection;
    const values: Readonly<Record<string, string>> = {
      http_code: String(this.#response?.status ?? 0).padStart(3, '0'),
      response_code: String(this.#response?.status ?? 0).padStart(3, '0'),
      http_version: this.#response ? '1.1' : '0',
      size_download: String(this.#response?.body.length ?? 0),
      content_type: this.#response?.headers['content-type'] ?? '',
      url_effective: this.#url?.href ?? '',
      num_redirects: String(this.#redirects),
      remote_ip: connection?.remoteAddress ?? '',
      remote_port: String(connection?.remotePort ?? 0),
      local_ip: connection?.localAddress ?? '',
      local_port: String(connection?.localPort ?? 0),
      time_namelookup: seconds(this.#timesMs.lookup),
      time_connect: seconds(this.#timesMs.connect),
      time_appconnect: seconds(this.#url?.protocol === 'https:' ? this.#timesMs.secure : 0),
      time_pretransfer: seconds(this.#timesMs.secure),
      time_starttransfer: seconds(this.#timesMs.start),
      time_total: seconds(this.#elapsedMs),
    };
    const text = writeOut
      .replace(/%%|%\{(\w+)\}/g, (match, name: string | undefined) =>
        name === undefined ? '%' : (values[name] ?? match),
      )
      .replace(/\\([nrt])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter] ?? '');
    await print(this.run, text);
  }
}

function readUrl(text: string): URL {
  const complete = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  let url: URL;
  try {
    url = new URL(complete);
  } catch {
    throw new CurlFailure(CurlCode.malformedUrl, 'URL rejected: Malformed input to a URL function');
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw new CurlFailure(CurlCode.unsupportedProtocol, `Protocol "${url.protocol.slice(0, -1)}" not supported`);
}

function streamFailure(error: unknown, name: string): unknown {
  if (error instanceof CertificateError) {
    return new CurlFailure(
      CurlCode.badCertificate,
      `SSL: no alternative certificate subject name matches target host name '${name}'`,
    );
  }
  if (error instanceof ConnectError)
    return new CurlFailure(CurlCode.receiveError, 'Recv failure: Connection reset by peer');
  if (error instanceof ProcessEnded || error instanceof CurlFailure) return error;
  return new CurlFailure(CurlCode.emptyReply, 'Empty reply from server');
}

function headLines(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(([name, value]) => `${headerSpelling(name)}: ${value}`);
}
