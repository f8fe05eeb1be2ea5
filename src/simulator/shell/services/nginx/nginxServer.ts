/** nginx's worker: finds the answer to a request in the configuration and the files, and writes the logs. */
import type { Disposable } from '../../../../base/disposable';
import type { WireRequest } from '../../../../core/ports/wire';
import type { TcpConnection } from '../../../network/hostNetwork';
import type { User } from '../../kernel/process';
import { encodeText } from '../../kernel/text';
import { formatDate } from '../../programs/dates';
import type { GuestSystem } from '../../system';
import { Listeners } from '../web/listeners';
import { serveWeb } from '../web/serveWeb';
import { cleanPath, contentTypeOf, openSiteFile } from '../web/siteFile';
import { httpDate, type WebAnswer } from '../web/webAnswer';
import { locationFor, type NginxConfig, type NginxLocation, type NginxServer, serverFor } from './nginxConfig';
import { builtInPage, nginxReason, nginxVersion } from './nginxPages';

export const nginxUser: User = { name: 'nginx', id: 996, home: '/var/lib/nginx' };

type Headers = readonly (readonly [name: string, value: string])[];

/** An answer before the headers that all answers have. */
interface Draft {
  readonly status: number;
  readonly type: string;
  readonly body: Uint8Array;
  readonly modifiedMs?: number;
  readonly location?: string;
}

interface Visit {
  readonly request: WireRequest;
  readonly connection: TcpConnection;
  readonly connectionNumber: number;
  readonly server: NginxServer;
}

export class NginxService implements Disposable {
  readonly #system: GuestSystem;
  readonly #listeners: Listeners;
  #config: NginxConfig;
  #connections = 0;
  /** Of the worker, for the error log. */
  workerPid = 0;

  constructor(system: GuestSystem, config: NginxConfig) {
    this.#system = system;
    this.#config = config;
    this.#listeners = new Listeners(system.network, connection => this.#serve(connection));
  }

  get ports(): readonly number[] {
    return this.#listeners.ports;
  }

  /** Works by this configuration from now on. Gives the port that cannot be had. */
  apply(config: NginxConfig): number | undefined {
    const ports = [...new Set(config.servers.flatMap(server => server.ports))];
    const taken = this.#listeners.listenOn(ports);
    if (taken === undefined) this.#config = config;
    return taken;
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  async #serve(connection: TcpConnection): Promise<void> {
    const connectionNumber = ++this.#connections;
    await serveWeb(connection, {
      clock: this.#system.timeline,
      keepAliveMs: this.#config.keepAliveMs,
      answer: (request, _, isLast) => this.#answer(request, connection, connectionNumber, isLast),
      answerGarbage: () => this.#answerGarbage(connection),
    });
  }

  async #answer(
    request: WireRequest,
    connection: TcpConnection,
    connectionNumber: number,
    isLast: boolean,
  ): Promise<WebAnswer> {
    const server = serverFor(this.#config, connection.localPort, request.host);
    const draft = server
      ? await this.#draft({ request, connection, connectionNumber, server }, request.path)
      : errorDraft(404);
    const isFresh = draft.modifiedMs !== undefined && request.headers['if-none-match'] === etagOf(draft);
    const final = isFresh ? { ...draft, status: 304, body: new Uint8Array(0) } : draft;
    this.#logAccess(connection, request, final);
    return this.#finish(final, isLast);
  }

  async #draft(visit: Visit, rawPath: string): Promise<Draft> {
    const path = cleanPath(rawPath);
    if (path === undefined) return errorDraft(400);
    const location = locationFor(visit.server, path);
    const answer = location?.answer ?? visit.server.answer;
    if (answer) return answerDraft(answer, location?.defaultType ?? this.#config.defaultType);
    if (!['GET', 'HEAD'].includes(visit.request.method)) return this.#errorPage(visit, 405);
    return this.#fileDraft(visit, path, location);
  }

  async #fileDraft(visit: Visit, path: string, location: NginxLocation | undefined): Promise<Draft> {
    const { server, request } = visit;
    const file = pathOnDisk(path, server, location);
    if (!path.endsWith('/')) {
      const found = await openSiteFile(this.#system, nginxUser, file);
      if (found.kind === 'directory') return redirectDraft(`http://${request.host}${path}/`);
      if (found.kind === 'file') return this.#contentDraft(found, location);
      return this.#refuse(visit, 'open()', file, found);
    }
    const names = location?.index ?? server.index;
    for (const name of names) {
      const found = await openSiteFile(this.#system, nginxUser, `${file}${name}`);
      if (found.kind === 'file') return this.#contentDraft(found, location);
      if (found.kind === 'denied') return this.#refuse(visit, 'open()', `${file}${name}`, found);
    }
    const directory = await openSiteFile(this.#system, nginxUser, file.replace(/\/+$/, '') || '/');
    if (directory.kind !== 'directory')
      return this.#refuse(visit, 'open()', `${file}${names.at(-1)}`, {
        kind: 'missing',
        reason: '2: No such file or directory',
      });
    this.#logError(visit, `directory index of "${file}" is forbidden`);
    return this.#errorPage(visit, 403);
  }

  #contentDraft(
    found: { readonly path: string; readonly content: Uint8Array; readonly modifiedMs: number },
    location: NginxLocation | undefined,
  ): Draft {
    const type = contentTypeOf(found.path, location?.defaultType ?? this.#config.defaultType);
    return { status: 200, type, body: found.content, modifiedMs: found.modifiedMs };
  }

  #refuse(
    visit: Visit,
    call: string,
    file: string,
    found: { readonly kind: 'missing' | 'denied' | 'file' | 'directory'; readonly reason?: string },
  ): Promise<Draft> {
    this.#logError(visit, `${call} "${file}" failed (${found.reason})`);
    return this.#errorPage(visit, found.kind === 'denied' ? 403 : 404);
  }

  /** `error_page`, or what nginx makes up. */
  async #errorPage(visit: Visit, status: number): Promise<Draft> {
    const page = visit.server.errorPages.get(status);
    if (page === undefined) return errorDraft(status);
    const file = pathOnDisk(page, visit.server, locationFor(visit.server, page));
    const found = await openSiteFile(this.#system, nginxUser, file);
    if (found.kind !== 'file') return errorDraft(status);
    return { status, type: contentTypeOf(page, this.#config.defaultType), body: found.content };
  }

  #answerGarbage(connection: TcpConnection): WebAnswer {
    const draft = errorDraft(400);
    this.#logAccess(connection, undefined, draft);
    return this.#finish(draft, true);
  }

  #finish(draft: Draft, isLast: boolean): WebAnswer {
    const { status, type, body, modifiedMs, location } = draft;
    const isBodiless = status === 304 || status === 204;
    const headers: Headers = [
      ['Server', `nginx/${nginxVersion}`],
      ['Date', httpDate(this.#system.timeline.now())],
      ...(isBodiless
        ? []
        : ([
            ['Content-Type', type],
            ['Content-Length', String(body.length)],
          ] as const)),
      ...(modifiedMs === undefined ? [] : ([['Last-Modified', httpDate(modifiedMs)]] as const)),
      ...(location === undefined ? [] : ([['Location', location]] as const)),
      ['Connection', isLast ? 'close' : 'keep-alive'],
      ...(modifiedMs === undefined ? [] : ([['ETag', etagOf(draft)]] as const)),
      ...(modifiedMs === undefined || isBodiless ? [] : ([['Accept-Ranges', 'bytes']] as const)),
    ];
    return { status, reason: nginxReason(status), headers, body };
  }

  /** The format `main` of the package's configuration. */
  #logAccess(connection: TcpConnection, request: WireRequest | undefined, { status, body }: Draft): void {
    const { logFile } = this.#config;
    if (logFile === undefined) return;
    const time = formatDate(this.#system.timeline.now(), '%d/%b/%Y:%H:%M:%S %z');
    const header = (name: string) => request?.headers[name] ?? '-';
    const sentBytes = request?.method === 'HEAD' || status === 304 ? 0 : body.length;
    const line = `${connection.remoteAddress} - - [${time}] "${request ? requestLine(request) : ''}" ${status} ${sentBytes} "${header('referer')}" "${header('user-agent')}" "${header('x-forwarded-for')}"\n`;
    this.#system.disk.appender(logFile)(encodeText(line));
  }

  #logError({ request, connection, connectionNumber, server }: Visit, what: string): void {
    const time = formatDate(this.#system.timeline.now(), '%Y/%m/%d %H:%M:%S');
    const line = `${time} [error] ${this.workerPid}#${this.workerPid}: *${connectionNumber} ${what}, client: ${connection.remoteAddress}, server: ${server.names[0] ?? ''}, request: "${requestLine(request)}", host: "${request.host}"\n`;
    this.#system.disk.appender(this.#config.errorLogFile)(encodeText(line));
  }
}

function requestLine({ method, path, query }: WireRequest): string {
  return `${method} ${path}${query === '' ? '' : `?${query}`} HTTP/1.1`;
}

function pathOnDisk(path: string, server: NginxServer, location: NginxLocation | undefined): string {
  if (location?.alias !== undefined) return location.alias + path.slice(location.path.length);
  return `${(location?.root ?? server.root).replace(/\/$/, '')}${path}`;
}

function errorDraft(status: number): Draft {
  return { status, type: 'text/html', body: builtInPage(status) };
}

function redirectDraft(location: string, status = 301): Draft {
  return { ...errorDraft(status), location };
}

function answerDraft({ status, text }: NonNullable<NginxLocation['answer']>, type: string): Draft {
  if (status >= 301 && status <= 308 && status !== 304 && text !== '') return redirectDraft(text, status);
  return text === '' && status >= 300 ? errorDraft(status) : { status, type, body: encodeText(text) };
}

/** Modification time and length, in hex (nginx/nginx:src/http/ngx_http_core_module.c). */
function etagOf({ modifiedMs = 0, body }: Draft): string {
  return `"${Math.floor(modifiedMs / 1000).toString(16)}-${body.length.toString(16)}"`;
}
