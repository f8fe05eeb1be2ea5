/** Apache's answers to requests for files, and its logs. */
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

export const apacheVersion = '2.4.65';
export const apacheUser: User = { name: 'apache', id: 48, home: '/usr/share/httpd' };

export interface ApacheConfig {
  readonly ports: readonly number[];
  readonly documentRoot: string;
}

interface Draft {
  readonly status: number;
  readonly reason: string;
  readonly body: Uint8Array;
  readonly type: string;
  readonly modifiedMs?: number;
  readonly location?: string;
}

const keepAliveMs = 5_000;
const testPage = '/usr/share/httpd/noindex/index.html';

/** `Listen` and `DocumentRoot`; other directives stay without effect. Undefined when no port is given. */
export function readApacheConfig(text: string): ApacheConfig | undefined {
  const values = (name: string) =>
    [...text.matchAll(new RegExp(`^\\s*${name}\\s+"?([^"\\s]+)"?`, 'gim'))].map(([, value]) => value as string);
  const ports = values('Listen').map(value => Number(value.replace(/^.*:/, '')));
  if (ports.length === 0 || ports.some(port => !(port >= 1 && port <= 65_535))) return undefined;
  return { ports: [...new Set(ports)], documentRoot: values('DocumentRoot')[0] ?? '/var/www/html' };
}

export class HttpdService implements Disposable {
  readonly #listeners: Listeners;

  constructor(
    private readonly system: GuestSystem,
    private config: ApacheConfig,
  ) {
    this.#listeners = new Listeners(system.network, connection =>
      serveWeb(connection, {
        clock: system.timeline,
        keepAliveMs,
        answer: (request, _, isLast) => this.#answer(request, connection, isLast),
        answerGarbage: () =>
          this.#finish(
            errorDraft(400, 'Bad Request', 'Your browser sent a request that this server could not understand.'),
            true,
          ),
      }),
    );
  }

  get ports(): readonly number[] {
    return this.#listeners.ports;
  }

  /** Gives the port that cannot be had. */
  apply(config: ApacheConfig): number | undefined {
    const taken = this.#listeners.listenOn(config.ports);
    if (taken === undefined) this.config = config;
    return taken;
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  async #answer(request: WireRequest, connection: TcpConnection, isLast: boolean): Promise<WebAnswer> {
    const draft = await this.#draft(request);
    const time = formatDate(this.system.timeline.now(), '%d/%b/%Y:%H:%M:%S %z');
    const target = request.query === '' ? request.path : `${request.path}?${request.query}`;
    const header = (name: string) => request.headers[name] ?? '-';
    const size = request.method === 'HEAD' || draft.body.length === 0 ? '-' : String(draft.body.length);
    const line = `${connection.remoteAddress} - - [${time}] "${request.method} ${target} HTTP/1.1" ${draft.status} ${size} "${header('referer')}" "${header('user-agent')}"\n`;
    this.system.disk.appender('/var/log/httpd/access_log')(encodeText(line));
    return this.#finish(draft, isLast);
  }

  async #draft({ method, path: rawPath, host }: WireRequest): Promise<Draft> {
    const path = cleanPath(rawPath);
    if (path === undefined)
      return errorDraft(400, 'Bad Request', 'Your browser sent a request that this server could not understand.');
    if (!['GET', 'HEAD', 'POST'].includes(method))
      return errorDraft(405, 'Method Not Allowed', `The requested method ${method} is not allowed for this URL.`);
    const base = `${this.config.documentRoot.replace(/\/$/, '')}${path}`;
    const found = await openSiteFile(this.system, apacheUser, path.endsWith('/') ? `${base}index.html` : base);
    if (found.kind === 'file')
      return {
        status: 200,
        reason: 'OK',
        body: found.content,
        type: contentTypeOf(found.path, 'text/plain'),
        modifiedMs: found.modifiedMs,
      };
    if (found.kind === 'directory')
      return {
        ...errorDraft(301, 'Moved Permanently', `The document has moved <a href="http://${host}${path}/">here</a>.`),
        location: `http://${host}${path}/`,
      };
    if (found.kind === 'denied')
      return errorDraft(403, 'Forbidden', "You don't have permission to access this resource.");
    if (path === '/') return this.#testPage();
    return errorDraft(404, 'Not Found', 'The requested URL was not found on this server.');
  }

  /** A site without a page shows the distribution's, with the status of a directory that may not be listed. */
  async #testPage(): Promise<Draft> {
    const page = await openSiteFile(this.system, apacheUser, testPage);
    const body = page.kind === 'file' ? page.content : encodeText('');
    return { status: 403, reason: 'Forbidden', body, type: 'text/html; charset=UTF-8' };
  }

  #finish({ status, reason, body, type, modifiedMs, location }: Draft, isLast: boolean): WebAnswer {
    const etag = `"${body.length.toString(16)}-${Math.floor((modifiedMs ?? 0) * 1000).toString(16)}"`;
    return {
      status,
      reason,
      headers: [
        ['Date', httpDate(this.system.timeline.now())],
        ['Server', `Apache/${apacheVersion} (Amazon Linux)`],
        ...(modifiedMs === undefined
          ? []
          : ([
              ['Last-Modified', httpDate(modifiedMs)],
              ['ETag', etag],
              ['Accept-Ranges', 'bytes'],
            ] as const)),
        ...(location === undefined ? [] : ([['Location', location]] as const)),
        ['Content-Length', String(body.length)],
        ...(isLast ? ([['Connection', 'close']] as const) : []),
        ['Content-Type', type.startsWith('text/html') ? 'text/html; charset=UTF-8' : type],
      ],
      body,
    };
  }
}

function errorDraft(status: number, reason: string, text: string): Draft {
  const page = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${reason}</title>\n</head><body>\n<h1>${reason}</h1>\n<p>${text}</p>\n</body></html>\n`;
  return { status, reason, body: encodeText(page), type: 'text/html; charset=iso-8859-1' };
}
