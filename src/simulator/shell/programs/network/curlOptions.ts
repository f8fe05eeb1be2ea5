import { hasOption, lastOption, type ParsedArguments, parseOptions } from '../options';

export interface CurlOptions {
  readonly urls: readonly string[];
  readonly method: string;
  /** As given, in order. */
  readonly headers: readonly string[];
  readonly body: string | undefined;
  readonly isSilent: boolean;
  readonly showsErrors: boolean;
  readonly isVerbose: boolean;
  readonly isInsecure: boolean;
  readonly includesHead: boolean;
  readonly failsOnError: boolean;
  readonly follows: boolean;
  readonly outputs: readonly string[];
  readonly usesRemoteName: boolean;
  readonly writeOut: string | undefined;
  readonly connectTimeoutMs: number | undefined;
  readonly maxTimeMs: number | undefined;
  /** `host:port:address` */
  readonly resolves: readonly string[];
  readonly userAgent: string;
}

export const curlVersion = '8.11.1';

/** Letters in getopt's form. */
const short = 'sSvkIiLfo:OX:H:d:m:w:A:Ge:gjNqr:a46J';

const longOptions: Readonly<Record<string, { readonly letter: string; readonly takesValue: boolean }>> = {
  silent: { letter: 's', takesValue: false },
  'show-error': { letter: 'S', takesValue: false },
  verbose: { letter: 'v', takesValue: false },
  insecure: { letter: 'k', takesValue: false },
  head: { letter: 'I', takesValue: false },
  include: { letter: 'i', takesValue: false },
  location: { letter: 'L', takesValue: false },
  fail: { letter: 'f', takesValue: false },
  output: { letter: 'o', takesValue: true },
  'remote-name': { letter: 'O', takesValue: false },
  request: { letter: 'X', takesValue: true },
  header: { letter: 'H', takesValue: true },
  data: { letter: 'd', takesValue: true },
  'data-raw': { letter: 'data-raw', takesValue: true },
  'data-binary': { letter: 'd', takesValue: true },
  'max-time': { letter: 'm', takesValue: true },
  'write-out': { letter: 'w', takesValue: true },
  'user-agent': { letter: 'A', takesValue: true },
  get: { letter: 'G', takesValue: false },
  globoff: { letter: 'g', takesValue: false },
  'no-buffer': { letter: 'N', takesValue: false },
  ipv4: { letter: '4', takesValue: false },
  ipv6: { letter: '6', takesValue: false },
  'connect-timeout': { letter: 'connect-timeout', takesValue: true },
  resolve: { letter: 'resolve', takesValue: true },
  url: { letter: 'url', takesValue: true },
  'http1.1': { letter: 'http1.1', takesValue: false },
  'no-progress-meter': { letter: 'no-progress-meter', takesValue: false },
  noproxy: { letter: 'noproxy', takesValue: true },
  version: { letter: 'V', takesValue: false },
};

/** curl(1)'s command line; a text is the complaint that ends it with status 2. */
export function readCurlOptions(args: readonly string[]): CurlOptions | string {
  const long = Object.fromEntries(Object.entries(longOptions).map(([name, { takesValue }]) => [name, takesValue]));
  const parsed = parseOptions(args, { short: `${short}V`, long });
  if (parsed.problem) {
    const option = parsed.problem.option.length > 1 ? `--${parsed.problem.option}` : `-${parsed.problem.option}`;
    return `option ${option}: ${parsed.problem.kind === 'unknown' ? 'is unknown' : 'requires parameter'}`;
  }
  return fromParsed(byLetter(parsed));
}

/** Long names under their letters. */
function byLetter(parsed: ParsedArguments): ParsedArguments {
  const options = new Map<string, readonly string[]>();
  for (const [name, values] of parsed.options) {
    const letter = longOptions[name]?.letter ?? name;
    options.set(letter, [...(options.get(letter) ?? []), ...values]);
  }
  return { ...parsed, options };
}

function fromParsed(parsed: ParsedArguments): CurlOptions | string {
  const seconds = (name: string): number | undefined | 'wrong' => {
    const text = lastOption(parsed, name);
    if (text === undefined) return undefined;
    const value = Number(text);
    return Number.isFinite(value) && value >= 0 && text !== '' ? value * 1_000 || undefined : 'wrong';
  };
  const connectTimeoutMs = seconds('connect-timeout');
  const maxTimeMs = seconds('m');
  if (connectTimeoutMs === 'wrong') return `option --connect-timeout: expected a proper numerical parameter`;
  if (maxTimeMs === 'wrong') return `option -m: expected a proper numerical parameter`;
  const data = [...(parsed.options.get('d') ?? []), ...(parsed.options.get('data-raw') ?? [])];
  const isGet = hasOption(parsed, 'G');
  const urls = [...(parsed.options.get('url') ?? []), ...parsed.operands].map(url =>
    isGet && data.length > 0 ? `${url}?${data.join('&')}` : url,
  );
  const body = data.length > 0 && !isGet ? data.join('&') : undefined;
  return {
    urls,
    method: lastOption(parsed, 'X') ?? (hasOption(parsed, 'I') ? 'HEAD' : body === undefined ? 'GET' : 'POST'),
    headers: parsed.options.get('H') ?? [],
    body,
    isSilent: hasOption(parsed, 's', 'no-progress-meter'),
    showsErrors: !hasOption(parsed, 's') || hasOption(parsed, 'S'),
    isVerbose: hasOption(parsed, 'v'),
    isInsecure: hasOption(parsed, 'k'),
    includesHead: hasOption(parsed, 'i', 'I'),
    failsOnError: hasOption(parsed, 'f'),
    follows: hasOption(parsed, 'L'),
    outputs: parsed.options.get('o') ?? [],
    usesRemoteName: hasOption(parsed, 'O'),
    writeOut: lastOption(parsed, 'w'),
    connectTimeoutMs,
    maxTimeMs,
    resolves: parsed.options.get('resolve') ?? [],
    userAgent: lastOption(parsed, 'A') ?? `curl/${curlVersion}`,
  };
}
