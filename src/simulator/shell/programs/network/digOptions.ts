import { typeNumbers } from './dnsText';
import { reverseName } from './nameService';

export interface DigOptions {
  readonly server: string | undefined;
  readonly queries: readonly { readonly name: string; readonly type: string }[];
  readonly isShort: boolean;
  readonly sections: {
    readonly comments: boolean;
    readonly question: boolean;
    readonly answer: boolean;
    readonly authority: boolean;
    readonly additional: boolean;
    readonly stats: boolean;
    readonly command: boolean;
  };
  readonly usesEdns: boolean;
  readonly recursionDesired: boolean;
  readonly tries: number;
  readonly timeoutMs: number;
  readonly searches: boolean;
}

type Flags = Record<string, boolean>;

/** dig(1), 9.18: `[@server] [-x addr] [-t type] name [type] [+flag…]`. A text is the complaint that ends it. */
export function readDigOptions(args: readonly string[]): DigOptions | string {
  const flags: Flags = {
    cmd: true,
    comments: true,
    question: true,
    answer: true,
    authority: true,
    additional: true,
    stats: true,
    edns: true,
    rec: true,
    short: false,
    search: false,
  };
  const queries: { name: string; type: string }[] = [];
  let server: string | undefined;
  let type: string | undefined;
  let tries = 3;
  let timeoutMs = 5_000;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (arg.startsWith('@')) server = arg.slice(1);
    else if (arg.startsWith('+')) {
      const number = /^\+(tries|retry|time|timeout)=(\d+)$/.exec(arg);
      if (number?.[1] === 'tries') tries = Math.max(1, Number(number[2]));
      else if (number?.[1] === 'retry') tries = Number(number[2]) + 1;
      else if (number) timeoutMs = Math.max(1, Number(number[2])) * 1_000;
      else if (!setFlag(flags, arg.slice(1))) return `Invalid option: ${arg}`;
    } else if (arg === '-x') queries.push({ name: reverseName(args[++index] ?? ''), type: 'PTR' });
    else if (arg === '-t') type = args[++index]?.toUpperCase();
    else if (arg === '-q') queries.push({ name: args[++index] ?? '', type: '' });
    else if (/^-[46nrum]+$/.test(arg)) continue;
    else if (arg === '-p' || arg === '-b' || arg === '-c' || arg === '-k' || arg === '-y') index++;
    else if (arg.startsWith('-')) return `Invalid option: ${arg}`;
    else if (typeNumbers[arg.toUpperCase()] !== undefined) type = arg.toUpperCase();
    else if (arg.toUpperCase() !== 'IN') queries.push({ name: arg, type: '' });
  }
  if (type !== undefined && typeNumbers[type] === undefined) return `Warning, ignoring invalid type ${type}`;
  const wanted = queries.length > 0 ? queries : [{ name: '.', type: 'NS' }];
  return {
    server,
    queries: wanted.map(query => ({ name: query.name, type: query.type || type || 'A' })),
    isShort: flags.short ?? false,
    sections: {
      comments: flags.comments ?? true,
      question: flags.question ?? true,
      answer: flags.answer ?? true,
      authority: flags.authority ?? true,
      additional: flags.additional ?? true,
      stats: flags.stats ?? true,
      command: flags.cmd ?? true,
    },
    usesEdns: flags.edns ?? true,
    recursionDesired: flags.rec ?? true,
    tries,
    timeoutMs,
    searches: flags.search ?? false,
  };
}

/** Flags that change nothing that can be seen here. */
const accepted = new Set([
  'tcp',
  'vc',
  'dnssec',
  'multiline',
  'nsid',
  'cookie',
  'trace',
  'bufsize',
  'ignore',
  'ttlid',
  'class',
  'crypto',
  'identify',
  'adflag',
  'cdflag',
  'aaonly',
  'besteffort',
  'split',
  'unknownformat',
  'yaml',
  'keepopen',
  'fail',
  'header-only',
  'ednsflags',
  'idnin',
  'idnout',
]);

function setFlag(flags: Flags, text: string): boolean {
  const isOn = !/^no(?!rec$)/.test(text) || text === 'noidnin';
  const name = (isOn ? text : text.slice(2)).replace(/=.*/, '');
  if (text === 'norec' || text === 'norecurse') flags.rec = false;
  else if (name === 'recurse' || name === 'rec') flags.rec = isOn;
  else if (name === 'all')
    for (const section of ['comments', 'question', 'answer', 'authority', 'additional', 'stats', 'cmd'])
      flags[section] = isOn;
  else if (name in flags) flags[name] = isOn;
  else return accepted.has(name);
  return true;
}
