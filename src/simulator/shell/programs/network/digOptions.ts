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
}

type Flags = Record<keyof typeof standardFlags, boolean>;

interface Reading {
  readonly flags: Flags;
  readonly queries: { name: string; type: string }[];
  server: string | undefined;
  type: string | undefined;
  tries: number;
  timeoutMs: number;
}

/** dig(1), 9.18: `[@server] [-x addr] [-t type] name [type] [+flag…]`. A text is the complaint that ends it. */
export function readDigOptions(args: readonly string[]): DigOptions | string {
  const reading: Reading = {
    flags: { ...standardFlags },
    queries: [],
    server: undefined,
    type: undefined,
    tries: 3,
    timeoutMs: 5_000,
  };
  for (let index = 0; index < args.length; index++) {
    const taken = readArgument(reading, args[index] as string, args[index + 1]);
    if (taken === undefined) return `Invalid option: ${args[index]}`;
    index += taken;
  }
  if (reading.type !== undefined && typeNumbers[reading.type] === undefined) {
    return `Warning, ignoring invalid type ${reading.type}`;
  }
  return finish(reading);
}

const standardFlags = {
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
};

/** How many further arguments were used; undefined for an unknown option. */
function readArgument(reading: Reading, arg: string, next = ''): number | undefined {
  if (arg.startsWith('@')) reading.server = arg.slice(1);
  else if (arg.startsWith('+')) return setNumber(reading, arg) || setFlag(reading.flags, arg.slice(1)) ? 0 : undefined;
  else if (arg === '-x') reading.queries.push({ name: reverseName(next), type: 'PTR' });
  else if (arg === '-t') reading.type = next.toUpperCase();
  else if (arg === '-q') reading.queries.push({ name: next, type: '' });
  else if (/^-[46nrum]+$/.test(arg)) return 0;
  else if (arg.startsWith('-') && !/^-[pbcky]$/.test(arg)) return undefined;
  else if (typeNumbers[arg.toUpperCase()] !== undefined) reading.type = arg.toUpperCase();
  else if (!arg.startsWith('-') && arg.toUpperCase() !== 'IN') reading.queries.push({ name: arg, type: '' });
  return arg.startsWith('-') ? 1 : 0;
}

function setNumber(reading: Reading, arg: string): boolean {
  const [, name, digits] = /^\+(tries|retry|time|timeout)=(\d+)$/.exec(arg) ?? [];
  if (name === 'tries') reading.tries = Math.max(1, Number(digits));
  else if (name === 'retry') reading.tries = Number(digits) + 1;
  else if (name) reading.timeoutMs = Math.max(1, Number(digits)) * 1_000;
  return name !== undefined;
}

function finish({ flags, queries, server, type, tries, timeoutMs }: Reading): DigOptions {
  const wanted = queries.length > 0 ? queries : [{ name: '.', type: 'NS' }];
  return {
    server,
    queries: wanted.map(query => ({ name: query.name, type: query.type || type || 'A' })),
    isShort: flags.short,
    sections: {
      comments: flags.comments,
      question: flags.question,
      answer: flags.answer,
      authority: flags.authority,
      additional: flags.additional,
      stats: flags.stats,
      command: flags.cmd,
    },
    usesEdns: flags.edns,
    recursionDesired: flags.rec,
    tries,
    timeoutMs,
  };
}

/** Flags that change nothing that can be seen here. */
const accepted = new Set([
  'search',
  'defname',
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

const sectionFlags = ['comments', 'question', 'answer', 'authority', 'additional', 'stats', 'cmd'] as const;

function setFlag(flags: Flags, text: string): boolean {
  const isOn = !text.startsWith('no');
  const name = (isOn ? text : text.slice(2)).replace(/=.*/, '').replace(/^recurse$/, 'rec');
  if (name === 'all') for (const section of sectionFlags) flags[section] = isOn;
  else if (name in flags) flags[name as keyof Flags] = isOn;
  else return accepted.has(name);
  return true;
}
