/** Instance metadata ("Amazon EC2 User Guide: Use the Instance Metadata Service"): version 2, and version 1 where the launch lets tokens be left out. */
import type { Clock } from '../../../base/clock';
import type { WireRequest, WireResponse } from '../../../core/ports/wire';
import type { Chance } from '../../chance';
import { listChildren, type MetadataSubject, metadataTree } from './metadataTree';

const tokenPath = '/latest/api/token';
const tokenHeader = 'x-aws-ec2-metadata-token';
const lifetimeHeader = 'x-aws-ec2-metadata-token-ttl-seconds';
const longestLifetimeSeconds = 21_600;
const tokenAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const tokenLimit = 1000;

export interface MetadataServiceOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  /** The instance as it is now; undefined when it is gone. */
  subject(): MetadataSubject | undefined;
}

/** Answers the requests of one instance. */
export class MetadataService {
  readonly #options: MetadataServiceOptions;
  /** Token to the moment when it expires. */
  readonly #tokens = new Map<string, number>();

  constructor(options: MetadataServiceOptions) {
    this.#options = options;
  }

  answer(request: WireRequest): WireResponse {
    const subject = this.#options.subject();
    if (!subject) return failure(404);
    const options = subject.details?.metadata;
    if (options && !options.isEnabled) return failure(403);
    if (request.path === tokenPath) return this.#answerToken(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return failure(405);
    const token = request.headers[tokenHeader];
    const mayGoWithout = token === undefined && options?.requiresTokens === false;
    if (!mayGoWithout && !this.#isTokenValid(token)) return failure(401);
    return answerPath(request.path, subject, this.#options.clock.now());
  }

  #answerToken(request: WireRequest): WireResponse {
    if (request.method !== 'PUT') return failure(405);
    // A token must not travel through a proxy.
    if (request.headers['x-forwarded-for'] !== undefined) return failure(403);
    const lifetime = request.headers[lifetimeHeader] ?? '';
    const seconds = /^\d{1,5}$/.test(lifetime) ? Number(lifetime) : 0;
    if (seconds < 1 || seconds > longestLifetimeSeconds) return failure(400);
    const token = `${this.#options.chance.text(tokenAlphabet, 54)}==`;
    this.#forgetOld();
    this.#tokens.set(token, this.#options.clock.now() + seconds * 1000);
    return text(token, { [lifetimeHeader]: lifetime });
  }

  #isTokenValid(token: string | undefined): boolean {
    return (this.#tokens.get(token ?? '') ?? 0) > this.#options.clock.now();
  }

  #forgetOld(): void {
    const nowMs = this.#options.clock.now();
    for (const [token, expiresAtMs] of this.#tokens) {
      if (expiresAtMs <= nowMs || this.#tokens.size >= tokenLimit) this.#tokens.delete(token);
    }
  }
}

function answerPath(path: string, subject: MetadataSubject, nowMs: number): WireResponse {
  const wanted = path.replace(/\/{2,}/g, '/').replace(/^\/\d{4}-\d\d-\d\d(?=\/|$)/, '/latest');
  if (wanted === '/') return text('latest');
  const tree = metadataTree(subject, nowMs);
  const key = wanted.replace(/^\/|\/$/g, '');
  const value = tree.get(key);
  if (value !== undefined) return text(value);
  const children = listChildren(tree, key);
  return children.length > 0 ? text(children.join('\n')) : failure(404);
}

function text(body: string, headers: Readonly<Record<string, string>> = {}): WireResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/plain', server: 'EC2ws', ...headers },
    body: new TextEncoder().encode(body),
  };
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
};

function failure(status: number): WireResponse {
  const title = `${status} - ${titles[status]}`;
  const page = `<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
	"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head>
  <title>${title}</title>
 </head>
 <body>
  <h1>${title}</h1>
 </body>
</html>
`;
  return {
    status,
    headers: { 'content-type': 'text/html', server: 'EC2ws' },
    body: new TextEncoder().encode(page),
  };
}
