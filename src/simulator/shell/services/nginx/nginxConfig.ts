/** What a configuration means: which ports, which roots, which locations. */
import { ConfigError, type Directive, parseNginx } from './nginxSyntax';

export interface NginxLocation {
  /** `=`: exactly this path; else everything that begins with it. */
  readonly isExact: boolean;
  readonly path: string;
  readonly root: string | undefined;
  readonly alias: string | undefined;
  readonly index: readonly string[] | undefined;
  readonly answer: { readonly status: number; readonly text: string } | undefined;
  readonly defaultType: string | undefined;
}

export interface NginxServer {
  readonly ports: readonly number[];
  readonly isDefault: boolean;
  readonly names: readonly string[];
  readonly root: string;
  readonly index: readonly string[];
  readonly locations: readonly NginxLocation[];
  readonly answer: NginxLocation['answer'];
  /** By status: the path whose content is shown instead. */
  readonly errorPages: ReadonlyMap<number, string>;
}

export interface NginxConfig {
  readonly servers: readonly NginxServer[];
  readonly keepAliveMs: number;
  readonly logFile: string | undefined;
  readonly errorLogFile: string;
  readonly defaultType: string;
}

/** Finds the files that a pattern names, with their text. */
export type ReadFiles = (pattern: string) => Promise<readonly { readonly path: string; readonly text: string }[]>;

const blocks = new Set(['events', 'http', 'server', 'location', 'types', 'if', 'map', 'limit_except', 'upstream']);
/** They change what a client sees, and are not simulated. */
const refused =
  /^(?:(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass|rewrite|auth_basic|auth_request|ssl_certificate|stream|mail|if|map|upstream|try_files|autoindex|allow|deny)$/;
const ignored =
  /^(?:user|worker_\w+|error_log|pid|load_module|events|http|server|location|types|include|log_format|access_log|sendfile|tcp_\w+|keepalive_\w+|types_hash_\w+|default_type|listen|server_name\w*|root|alias|index|error_page|return|charset|client_\w+|gzip\w*|server_tokens|add_header|expires|multi_accept|use|daemon|master_process|send_timeout|reset_timedout_connection|open_file_cache\w*|resolver\w*|proxy_set_header|proxy_http_version|ssl_\w+|etag|real_ip_\w+|set_real_ip_from|internal|limit_\w+|variables_hash_\w+|aio|directio|output_buffers|postpone_output|large_client_header_buffers|log_not_found|recursive_error_pages|absolute_redirect|port_in_redirect|underscores_in_headers|merge_slashes|pcre_jit|thread_pool|timer_resolution|env|lock_file|debug_\w+)$/;

/** Reads a configuration with all it includes. Throws {@link ConfigError}. */
export async function readNginxConfig(file: string, text: string, readFiles: ReadFiles): Promise<NginxConfig> {
  const main = await expandIncludes(parseNginx(text, file), readFiles);
  for (const directive of main) check(directive);
  if (!main.some(({ name }) => name === 'events')) throw new ConfigError(`no "events" section in configuration`);
  const http = blockOf(main, 'http');
  const servers = http.filter(({ name }) => name === 'server').map(({ block }) => serverOf(block ?? [], http));
  return {
    servers,
    keepAliveMs: secondsOf(firstArgOf(http, 'keepalive_timeout') ?? '75') * 1_000,
    logFile: logFileOf(http),
    errorLogFile: firstArgOf(main, 'error_log') ?? '/var/log/nginx/error.log',
    defaultType: firstArgOf(http, 'default_type') ?? 'text/plain',
  };
}

async function expandIncludes(directives: readonly Directive[], readFiles: ReadFiles): Promise<readonly Directive[]> {
  const expanded: Directive[] = [];
  for (const directive of directives) {
    if (directive.name !== 'include') {
      const block = directive.block && (await expandIncludes(directive.block, readFiles));
      expanded.push({ ...directive, block });
      continue;
    }
    const pattern = absolute(directive.args[0] ?? '');
    const files = await readFiles(pattern);
    if (files.length === 0 && !/[*?[]/.test(pattern))
      throw new ConfigError(
        `open() "${pattern}" failed (2: No such file or directory) in ${directive.file}:${directive.line}`,
      );
    for (const { path, text } of files)
      if (!path.endsWith('mime.types')) expanded.push(...(await expandIncludes(parseNginx(text, path), readFiles)));
  }
  return expanded;
}

/** Relative names are below nginx's prefix. */
function absolute(path: string): string {
  return path.startsWith('/') ? path : `/etc/nginx/${path}`;
}

function check({ name, args, block, file, line }: Directive): void {
  const where = `in ${file}:${line}`;
  if (refused.test(name) || (name === 'listen' && args.some(arg => /^(?:ssl|quic|proxy_protocol)$/.test(arg))))
    throw new ConfigError(`the practice cloud does not simulate "${[name, ...args].join(' ')}" ${where}`);
  if (!ignored.test(name)) throw new ConfigError(`unknown directive "${name}" ${where}`);
  if (blocks.has(name) && !block) throw new ConfigError(`directive "${name}" has no opening "{" ${where}`);
  if (!blocks.has(name) && block) throw new ConfigError(`directive "${name}" is not terminated by ";" ${where}`);
  if (name === 'listen' && portOf(args[0] ?? '') === undefined)
    throw new ConfigError(`invalid port in "${args[0] ?? ''}" of the "listen" directive ${where}`);
  if (['listen', 'root', 'return', 'index'].includes(name) && args.length === 0)
    throw new ConfigError(`invalid number of arguments in "${name}" directive ${where}`);
  if (name === 'root' && args.length > 1)
    throw new ConfigError(`invalid number of arguments in "root" directive ${where}`);
  if (name !== 'types') for (const inner of block ?? []) check(inner);
}

/** `80`, `8080`, `0.0.0.0:80`, `[::]:80`. */
function portOf(text: string): number | undefined {
  const digits = /^(?:(?:[\d.]+|\*|localhost|\[[0-9a-f:]*\]):)?(\d+)$/.exec(text)?.[1];
  if (digits === undefined) return /^(?:\d+\.){3}\d+$/.test(text) ? 80 : undefined;
  const port = Number(digits);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function blockOf(directives: readonly Directive[], name: string): readonly Directive[] {
  return directives.filter(directive => directive.name === name).flatMap(({ block }) => block ?? []);
}

function firstArgOf(directives: readonly Directive[], name: string): string | undefined {
  return directives.find(directive => directive.name === name)?.args[0];
}

function listOf(directives: readonly Directive[], name: string): readonly string[] | undefined {
  return directives.find(directive => directive.name === name)?.args;
}

function logFileOf(directives: readonly Directive[]): string | undefined {
  const path = firstArgOf(directives, 'access_log') ?? '/var/log/nginx/access.log';
  return path === 'off' ? undefined : path;
}

function secondsOf(text: string): number {
  const match = /^(\d+)(ms|s|m|h)?$/.exec(text);
  return Number(match?.[1] ?? 75) * ({ ms: 0.001, s: 1, m: 60, h: 3_600 }[match?.[2] ?? 's'] ?? 1);
}

function serverOf(block: readonly Directive[], http: readonly Directive[]): NginxServer {
  const listens = block.filter(({ name }) => name === 'listen').map(({ args }) => args);
  const ports = listens.map(([text]) => portOf(text ?? '') as number);
  return {
    ports: ports.length > 0 ? [...new Set(ports)] : [80],
    isDefault: listens.some(args => args.includes('default_server')),
    names: block.filter(({ name }) => name === 'server_name').flatMap(({ args }) => args),
    root: firstArgOf(block, 'root') ?? firstArgOf(http, 'root') ?? '/usr/share/nginx/html',
    index: listOf(block, 'index') ?? listOf(http, 'index') ?? ['index.html'],
    locations: block.filter(({ name }) => name === 'location').map(locationOf),
    answer: answerOf(block),
    errorPages: new Map(
      [...http, ...block]
        .filter(({ name }) => name === 'error_page')
        .flatMap(({ args }) => args.slice(0, -1).map(code => [Number(code), args.at(-1) as string] as const)),
    ),
  };
}

function locationOf({ args, block = [] }: Directive): NginxLocation {
  const path = args.at(-1) ?? '/';
  if (/^~\*?$/.test(args[0] ?? ''))
    throw new ConfigError(`the practice cloud does not simulate "location ${args.join(' ')}"`);
  return {
    isExact: args[0] === '=',
    path,
    root: firstArgOf(block, 'root'),
    alias: firstArgOf(block, 'alias'),
    index: listOf(block, 'index'),
    answer: answerOf(block),
    defaultType: firstArgOf(block, 'default_type'),
  };
}

/** `return 404;`, `return 200 "text";`, `return 301 https://…;`, `return https://…;` */
function answerOf(directives: readonly Directive[]): NginxLocation['answer'] {
  const args = listOf(directives, 'return');
  if (!args) return undefined;
  const [first = '', text = ''] = args;
  return /^\d+$/.test(first) ? { status: Number(first), text } : { status: 302, text: first };
}

/** The server block for a host name on a port: by name, else the default, else the first (nginx, "How nginx processes a request"). */
export function serverFor(config: NginxConfig, port: number, host: string): NginxServer | undefined {
  const here = config.servers.filter(({ ports }) => ports.includes(port));
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return here.find(({ names }) => names.includes(name)) ?? here.find(({ isDefault }) => isDefault) ?? here[0];
}

/** An exact location, else the one with the longest prefix. */
export function locationFor(server: NginxServer, path: string): NginxLocation | undefined {
  const exact = server.locations.find(location => location.isExact && location.path === path);
  if (exact) return exact;
  const fitting = server.locations.filter(location => !location.isExact && path.startsWith(location.path));
  return fitting.sort((left, right) => right.path.length - left.path.length)[0];
}
