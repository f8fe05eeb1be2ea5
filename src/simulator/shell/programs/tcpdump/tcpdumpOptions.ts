import type { DumpForm } from '../../../../packet/printer/hexDump';
import type { TimeForm } from '../../../../packet/printer/timestamp';
import { hasOption, lastOption, type ParsedArguments, parseOptions } from '../options';

export interface TcpdumpOptions {
  readonly interfaceName: string | undefined;
  /** 0: until stopped. */
  readonly packetLimit: number;
  readonly snapshotBytes: number;
  readonly bufferBytes: number;
  readonly time: TimeForm;
  readonly isNumeric: boolean;
  readonly isQuiet: boolean;
  /** How often `-v` was given. */
  readonly verbosity: number;
  /** `-K`. */
  readonly skipsChecksums: boolean;
  readonly isLineBuffered: boolean;
  readonly showsLinkLevel: boolean;
  /** Each packet's number stands in front. */
  readonly showsNumber: boolean;
  readonly hasAbsoluteNumbers: boolean;
  /** `-x`, `-X`, `-A`: the packet's bytes follow its line. */
  readonly dump: DumpForm;
  /** `-xx`, `-XX`, `-AA`: the link header's bytes too. */
  readonly dumpsLinkLevel: boolean;
  readonly direction: 'in' | 'out' | undefined;
  readonly writeFile: string | undefined;
  readonly isPacketBuffered: boolean;
  readonly readFile: string | undefined;
  readonly filterFile: string | undefined;
  readonly alsoPrints: boolean;
  readonly onlyCounts: boolean;
  readonly action: 'capture' | 'listInterfaces' | 'listLinkTypes' | 'showCode' | 'version' | 'help';
  readonly expression: string;
}

/** libpcap's MAXIMUM_SNAPLEN. */
const maxSnapshotBytes = 262_144;
/** A live capture's ring, tpacket_v3's default in libpcap. */
const defaultBufferBytes = 2 * 1024 * 1024;

const shortOptions = 'AbB:c:C:dDeE:fF:G:hHi:IjJ:KlLm:M:nNOpqQ:r:Rs:StT:uUvV:w:W:xXy:z:Z:#';

/** Options that would change what is printed or written, and are not simulated. */
const notSimulated: readonly (readonly string[])[] = [
  ['C'],
  ['E'],
  ['G'],
  ['W'],
  ['z'],
  ['T'],
  ['V'],
  ['f'],
  ['N'],
  ['nano'],
  ['time-stamp-precision'],
];

/** Reads tcpdump's own options (tcpdump(1), 4.99); a text is the complaint that ends it with status 1. */
export function readTcpdumpOptions(args: readonly string[]): TcpdumpOptions | string {
  const parsed = parseOptions(args, {
    short: shortOptions,
    long: {
      'list-interfaces': false,
      interface: true,
      'immediate-mode': false,
      'packet-buffered': false,
      'snapshot-length': true,
      number: false,
      'no-promiscuous-mode': false,
      direction: true,
      'buffer-size': true,
      'dont-verify-checksums': false,
      'list-data-link-types': false,
      linktype: true,
      'relinquish-privileges': true,
      print: false,
      count: false,
      version: false,
      help: false,
      lengths: false,
      'absolute-tcp-sequence-numbers': false,
      'time-stamp-precision': true,
      micro: false,
      nano: false,
    },
  });
  if (parsed.problem) return usageProblem(parsed.problem);
  const foreign = notSimulated.find(option => hasOption(parsed, ...option));
  if (foreign)
    return `The practice cloud's tcpdump does not know ${foreign.map(name => (name.length > 1 ? `--${name}` : `-${name}`)).join(', ')}`;
  const packetLimit = Number(lastOption(parsed, 'c') ?? 0);
  if (parsed.options.has('c') && !(Number.isInteger(packetLimit) && packetLimit > 0))
    return `invalid packet count ${lastOption(parsed, 'c')}`;
  const snapshot = readSnapshot(lastOption(parsed, 's', 'snapshot-length'));
  if (snapshot === undefined)
    return `invalid snaplen ${lastOption(parsed, 's', 'snapshot-length')} (must be >= 0 and <= ${maxSnapshotBytes})`;
  const direction = lastOption(parsed, 'Q', 'direction');
  if (direction !== undefined && !['in', 'out', 'inout'].includes(direction))
    return `unknown capture direction \`${direction}'`;
  return {
    interfaceName: lastOption(parsed, 'i', 'interface'),
    packetLimit,
    snapshotBytes: snapshot,
    bufferBytes: Number(lastOption(parsed, 'B', 'buffer-size') ?? 0) * 1024 || defaultBufferBytes,
    time: timeForm(parsed.options.get('t')?.length ?? 0),
    isNumeric: hasOption(parsed, 'n'),
    isQuiet: hasOption(parsed, 'q'),
    verbosity: parsed.options.get('v')?.length ?? 0,
    skipsChecksums: hasOption(parsed, 'K', 'dont-verify-checksums'),
    isLineBuffered: hasOption(parsed, 'l'),
    showsLinkLevel: hasOption(parsed, 'e'),
    showsNumber: hasOption(parsed, '#', 'number'),
    hasAbsoluteNumbers: hasOption(parsed, 'S', 'absolute-tcp-sequence-numbers'),
    dump: dumpForm(parsed),
    dumpsLinkLevel: ['x', 'X', 'A'].some(letter => (parsed.options.get(letter)?.length ?? 0) > 1),
    direction: direction === 'in' || direction === 'out' ? direction : undefined,
    writeFile: lastOption(parsed, 'w'),
    isPacketBuffered: hasOption(parsed, 'U', 'packet-buffered'),
    readFile: lastOption(parsed, 'r'),
    filterFile: lastOption(parsed, 'F'),
    alsoPrints: hasOption(parsed, 'print'),
    onlyCounts: hasOption(parsed, 'count'),
    action: actionOf(parsed),
    expression: parsed.operands.join(' '),
  };
}

function usageProblem(problem: NonNullable<ParsedArguments['problem']>): string {
  if (problem.option.length > 1) return `unrecognized option '--${problem.option}'`;
  return problem.kind === 'unknown'
    ? `invalid option -- '${problem.option}'`
    : `option requires an argument -- '${problem.option}'`;
}

function readSnapshot(text: string | undefined): number | undefined {
  if (text === undefined) return maxSnapshotBytes;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > maxSnapshotBytes) return undefined;
  return number || maxSnapshotBytes;
}

function timeForm(repetitions: number): TimeForm {
  const forms: readonly TimeForm[] = ['timeOfDay', 'none', 'epoch', 'sincePrevious', 'dateTime', 'sinceFirst'];
  return forms[repetitions] ?? 'sinceFirst';
}

function dumpForm(parsed: ParsedArguments): DumpForm {
  if (hasOption(parsed, 'X')) return 'hexAndText';
  if (hasOption(parsed, 'x')) return 'hex';
  return hasOption(parsed, 'A') ? 'text' : 'none';
}

function actionOf(parsed: ParsedArguments): TcpdumpOptions['action'] {
  if (hasOption(parsed, 'h', 'help')) return 'help';
  if (hasOption(parsed, 'version')) return 'version';
  if (hasOption(parsed, 'D', 'list-interfaces')) return 'listInterfaces';
  if (hasOption(parsed, 'L', 'list-data-link-types')) return 'listLinkTypes';
  return hasOption(parsed, 'd') ? 'showCode' : 'capture';
}
