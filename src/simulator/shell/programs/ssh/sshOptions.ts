import type { Run } from '../../system';
import { hasOption, lastOption, type ParsedArguments, parseOptions } from '../options';

/** Where to log in, as `[user@]host[:port]` says. */
export interface SshTarget {
  readonly userName: string;
  readonly host: string;
  readonly port: number;
}

export interface SshPlan {
  readonly target: SshTarget;
  readonly jump: SshTarget | undefined;
  /** The program to talk through, with its `%` tokens; undefined with a jump host. */
  readonly proxyCommand: string | undefined;
  readonly command: string | undefined;
  readonly identityFiles: readonly string[];
  readonly forwardsAgent: boolean;
  readonly terminal: 'never' | 'always' | 'asNeeded';
  readonly runsNothing: boolean;
  /** `-W host:port`: standard input and output go there. */
  readonly relay: { readonly host: string; readonly port: number } | undefined;
  readonly connectTimeoutMs: number | undefined;
  readonly checksHostKey: 'ask' | 'yes' | 'no' | 'accept-new';
  readonly knownHostsFile: string;
  /** BatchMode: nobody is asked anything. */
  readonly isBatch: boolean;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
}

/** What ssh says instead of connecting. */
export class SshUsageError extends Error {
  constructor(
    message: string,
    readonly status = 255,
  ) {
    super(message);
  }
}

const usage =
  'usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface]\n           [-b bind_address] [-c cipher_spec] [-D [bind_address:]port]\n           [-E log_file] [-e escape_char] [-F configfile] [-I pkcs11]\n           [-i identity_file] [-J [user@]host[:port]] [-L address]\n           [-l login_name] [-m mac_spec] [-O ctl_cmd] [-o option] [-p port]\n           [-Q query_option] [-R address] [-S ctl_path] [-W host:port]\n           [-w local_tun[:remote_tun]] destination [command [argument ...]]\n';
const shortOptions = 'i:p:l:AaJ:W:o:tTNvqn46F:CVL:R:D:fw:O:MXYE:';
const unsimulated = ['L', 'R', 'D', 'f', 'w', 'O', 'M', 'X', 'Y'];

/** Throws an {@link SshUsageError}. */
export function readSshPlan(run: Run): SshPlan {
  const parsed = parseAround(run.args);
  if (hasOption(parsed, 'V')) throw new SshUsageError('OpenSSH_8.7p1, OpenSSL 3.2.2 4 Jun 2024\n', 0);
  if (parsed.problem) throw new SshUsageError(`unknown option -- ${parsed.problem.option}\n${usage}`);
  const refused = unsimulated.find(letter => parsed.options.has(letter));
  if (refused) throw new SshUsageError(`The practice cloud does not simulate ssh -${refused}.\n`);
  const [destination, ...words] = parsed.operands;
  if (destination === undefined) throw new SshUsageError(usage);
  const settings = new Map(
    (parsed.options.get('o') ?? []).map(text => {
      const [, name = '', value = ''] = /^\s*(\w+)\s*[=\s]\s*(.*)$/.exec(text) ?? [];
      return [name.toLowerCase(), value.replace(/^"|"$/g, '')] as const;
    }),
  );
  const defaults = {
    userName: lastOption(parsed, 'l') ?? settings.get('user') ?? run.process.user.name,
    port: Number(lastOption(parsed, 'p') ?? settings.get('port') ?? 22),
  };
  const proxyCommand = settings.get('proxycommand');
  const jump = lastOption(parsed, 'J') ?? settings.get('proxyjump') ?? jumpIn(proxyCommand);
  const seconds = settings.get('connecttimeout');
  return {
    target: readTarget(destination, defaults),
    jump:
      jump === undefined || jump === 'none' ? undefined : readTarget(jump, { userName: defaults.userName, port: 22 }),
    proxyCommand: jump === undefined && proxyCommand !== 'none' ? proxyCommand : undefined,
    command: words.length > 0 ? words.join(' ') : undefined,
    identityFiles: [
      ...(parsed.options.get('i') ?? []),
      ...(settings.has('identityfile') ? [settings.get('identityfile') as string] : []),
    ],
    forwardsAgent: (hasOption(parsed, 'A') || settings.get('forwardagent') === 'yes') && !hasOption(parsed, 'a'),
    terminal: hasOption(parsed, 'T') ? 'never' : hasOption(parsed, 't') ? 'always' : 'asNeeded',
    runsNothing: hasOption(parsed, 'N'),
    relay: relayOf(lastOption(parsed, 'W')),
    connectTimeoutMs: seconds === undefined ? undefined : Number(seconds) * 1_000,
    checksHostKey: checkOf(settings.get('stricthostkeychecking')),
    knownHostsFile: settings.get('userknownhostsfile') ?? '~/.ssh/known_hosts',
    isBatch: settings.get('batchmode') === 'yes',
    isQuiet: hasOption(parsed, 'q') || settings.get('loglevel')?.toUpperCase() === 'ERROR',
    isVerbose: hasOption(parsed, 'v'),
  };
}

/** Options may stand before the destination and right after it, but not after the command. */
function parseAround(args: readonly string[]): ParsedArguments {
  const before = parseOptions(args, { short: shortOptions, stopsAtOperand: true });
  const [destination, ...others] = before.operands;
  if (destination === undefined || before.problem) return before;
  const after = parseOptions(others, { short: shortOptions, stopsAtOperand: true });
  const options = new Map(before.options);
  for (const [name, values] of after.options) options.set(name, [...(options.get(name) ?? []), ...values]);
  return { ...after, options, operands: [destination, ...after.operands] };
}

function readTarget(text: string, defaults: { readonly userName: string; readonly port: number }): SshTarget {
  const [, user, host = '', port] = /^(?:ssh:\/\/)?(?:([^@]*)@)?(.*?)(?::(\d+))?\/?$/.exec(text) ?? [];
  if (host === '') throw new SshUsageError(usage);
  return { userName: user ?? defaults.userName, host, port: port === undefined ? defaults.port : Number(port) };
}

/** The jump host of a proxy command that is only another way to write `-J`. */
function jumpIn(command: string | undefined): string | undefined {
  if (command === undefined || command === 'none') return undefined;
  const words = command.trim().split(/\s+/);
  const at = words.indexOf('-W');
  const host = words
    .filter((word, index) => index > 0 && !word.startsWith('-') && !/^-[Wilpo]$/.test(words[index - 1] ?? ''))
    .at(-1);
  return words[0]?.replace(/^.*\//, '') === 'ssh' && words[at + 1] === '%h:%p' ? host : undefined;
}

function relayOf(text: string | undefined): SshPlan['relay'] {
  const [, host, port] = /^(.+):(\d+)$/.exec(text ?? '') ?? [];
  return host === undefined ? undefined : { host, port: Number(port) };
}

function checkOf(text: string | undefined): SshPlan['checksHostKey'] {
  if (text === 'no' || text === 'off') return 'no';
  return text === 'yes' || text === 'accept-new' ? text : 'ask';
}
