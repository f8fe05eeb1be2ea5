import { quoteForShell } from '../base/shellQuoting';
import { type CaptureMode, isInterfaceName } from '../core/captureOptions';
import { LabError } from '../core/errors';
import { parseIpv4 } from '../core/ipv4';
import { FilterError } from '../packet/filter/filterError';
import { filterRefusal, unpairedParenthesis } from '../packet/filter/filterRefusal';
import { parseFilter } from '../packet/filter/parseFilter';

export interface CaptureCommandOptions {
  /** `lines` unless said otherwise. */
  readonly mode?: CaptureMode;
  /** Such as `enX0`, or `any`. */
  readonly interfaceName: string;
  /** tcpdump's expression as a person wrote it; may be empty. */
  readonly filter: string;
  /** tcpdump ends by itself after so many packets. */
  readonly packetLimit: number;
  /** `timeout` ends tcpdump after so many seconds, also when nobody is left to stop it. */
  readonly secondsLimit: number;
  /** Bytes of each packet that are looked at. */
  readonly snapLength: number;
  /** Word that will open the line with the exit status; letters, digits and dashes. */
  readonly mark: string;
  /** Addresses that the session's own frames go to: port 443 of these is left out, else the capture would feed itself. */
  readonly excludeHosts?: readonly string[];
  /** The shell is root's: it needs no sudo, and may have none. */
  readonly isRoot?: boolean;
}

export interface CaptureCommand {
  /** For a POSIX shell on a terminal. */
  readonly command: string;
  /** The expression that tcpdump gets. */
  readonly filter: string;
  /** Why the expression is none that we know, in libpcap's words; tcpdump on the instance decides. */
  readonly filterNote: string | undefined;
}

const MARK = /^[A-Za-z0-9-]+$/;

/**
 * The one line that captures on an instance: quiet terminal, a time limit that outlives us, the exit status behind a mark. `trap` lets the
 * shell live on after Ctrl-C, which ends tcpdump; `--foreground` lets Ctrl-C reach it; `-k` is the safety net. Throws a LabError
 * `interfaceNameInvalid` or `filterInvalid` for text that must not reach a shell, a RangeError for limits that make no sense.
 */
export function captureCommand(options: CaptureCommandOptions): CaptureCommand {
  const { interfaceName, packetLimit, secondsLimit, snapLength, mark } = options;
  requireInterfaceName(interfaceName);
  for (const [name, value] of Object.entries({ packetLimit, secondsLimit, snapLength })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`${name} must be a whole number above 0, not ${value}`);
  }
  if (!MARK.test(mark)) throw new RangeError('the mark must be letters, digits and dashes');
  const { filter, note } = checkedFilter(options.filter, options.excludeHosts ?? []);
  const { mode = 'lines' } = options;
  const expression = filter === '' ? '' : ` ${quoteForShell(filter)}`;
  const tcpdump =
    `${options.isRoot ? '' : 'sudo -n '}timeout --foreground -s INT -k 5 ${secondsLimit} tcpdump ${modeOptions[mode]} -i ${interfaceName}` +
    ` -c ${packetLimit} -s ${snapLength}${expression}`;
  const run = mode === 'exact' ? `${inBase64(tcpdump)}; echo "${mark}:$status"` : `${tcpdump}; echo "${mark}:$?"`;
  const command = `trap : INT; stty -echo -onlcr; ${run}`;
  return { command, filter, filterNote: note };
}

/** Throws a LabError `interfaceNameInvalid` for what must not reach a shell as the name of an interface. */
export function requireInterfaceName(name: string): void {
  if (!isInterfaceName(name)) throw new LabError('interfaceNameInvalid', { name });
}

const modeOptions: Readonly<Record<CaptureMode, string>> = {
  lines: '-l -nn -tttt',
  compact: '-l -nn -tttt -q',
  exact: '-U -w -',
};

/**
 * Runs a command with its output in base64 and keeps its exit status in `$status`. Ctrl-C ends the command alone: each subshell has a trap of its
 * own, and base64 goes on to the end of what it gets.
 */
function inBase64(command: string): string {
  const source = `{ trap : INT; ${command}; echo $? >&3; }`;
  return `{ status=$(trap : INT; { ${source} | (trap '' INT; exec base64) >&4; } 3>&1); } 4>&1`;
}

/**
 * What libpcap would say against an expression, or undefined when we know it to be one. Names of hosts are not looked up. Throws a
 * LabError `filterInvalid` for text that is refused outright: control characters, and a dash in front, which would make it an option.
 */
export function filterObjection(filter: string): string | undefined {
  if (filterRefusal(filter)) throw new LabError('filterInvalid', { filter: shown(filter) });
  try {
    parseFilter(filter, { hostAddresses: () => [] });
    return undefined;
  } catch (error) {
    if (error instanceof FilterError) return error.message;
    throw error;
  }
}

function checkedFilter(
  text: string,
  excludeHosts: readonly string[],
): { readonly filter: string; readonly note: string | undefined } {
  const own = text.trim();
  const note = filterObjection(own);
  if (note !== undefined && unpairedParenthesis(own))
    throw new LabError('filterInvalid', { filter: shown(own), detail: note });
  const hosts = excludeHosts.filter(host => parseIpv4(host) !== undefined);
  if (hosts.length === 0) return { filter: own, note };
  const exclusion = `not (tcp port 443 and (${hosts.map(host => `host ${host}`).join(' or ')}))`;
  return { filter: own === '' ? exclusion : `(${own}) and ${exclusion}`, note };
}

/** Fit for a message: control characters made visible, not too long. */
function shown(text: string): string {
  return JSON.stringify(text.slice(0, 200)).slice(1, -1);
}
