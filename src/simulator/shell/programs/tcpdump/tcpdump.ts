/** tcpdump 4.99 with libpcap 1.10, over the guest's own interfaces. */

import { prefixMask } from '../../../../core/ipv4';
import { readCaptureFile } from '../../../../packet/captureFile';
import { FilterError } from '../../../../packet/filter/filterError';
import { matchesFilter } from '../../../../packet/filter/matchesFilter';
import { type Filter, parseFilter } from '../../../../packet/filter/parseFilter';
import type { FilterPurpose } from '../../../../packet/filter/readFilter';
import { cookedBytes, LINK_TYPE_LINUX_SLL2, uncookedFrame } from '../../../../packet/headers/cookedFrame';
import { LINK_TYPE_ETHERNET, type PcapRecord } from '../../../../packet/pcap';
import type { TappedFrame } from '../../../network/hostNetwork';
import { describeFileError } from '../../files/fileError';
import { openPath } from '../../files/openPath';
import type { Program, Run } from '../../system';
import { complain, print, readAll, readTextFile } from '../console';
import { resolveHost } from '../network/nameService';
import { CaptureBuffer } from './captureBuffer';
import type { CapturedFrame } from './capturedFrame';
import { type CaptureOutput, FileOutput, PrintedOutput } from './captureOutput';
import { readTcpdumpOptions, type TcpdumpOptions } from './tcpdumpOptions';

const version = 'tcpdump version 4.99.1\nlibpcap version 1.10.1 (with TPACKET_V3)\nOpenSSL 3.2.2 4 Jun 2024\n';
const usage =
  'Usage: tcpdump [-AbdDefhHIJKlLnNOpqStuUvxX#] [ -B size ] [ -c count ] [--count]\n\t\t[ -C file_size ] [ -E algo:secret ] [ -F file ] [ -G seconds ]\n\t\t[ -i interface ] [ --immediate-mode ] [ -j tstamptype ]\n\t\t[ -Q in|out|inout ] [ -r file ] [ -s snaplen ] [ -w file ]\n\t\t[ expression ]\n';

export const tcpdump: Program = async run => {
  const options = readTcpdumpOptions(run.args);
  if (typeof options === 'string') {
    await complain(run, options);
    if (/option/.test(options)) await run.process.write(2, version + usage);
    return 1;
  }
  switch (options.action) {
    case 'help':
      await print(run, version + usage);
      return 0;
    case 'version':
      await print(run, version);
      return 0;
    case 'listInterfaces':
      return listInterfaces(run);
    default:
      return options.readFile === undefined ? captureLive(run, options) : readCapture(run, options, options.readFile);
  }
};

async function listInterfaces(run: Run): Promise<number> {
  const own = run.system.network.interfaces;
  const devices = own.filter(one => one.name !== 'lo').map(one => `${one.name} [Up, Running, Connected]`);
  const lines = [
    ...devices,
    'any (Pseudo-device that captures on all interfaces) [Up, Running]',
    'lo [Up, Running, Loopback]',
  ];
  await print(run, lines.map((line, index) => `${index + 1}.${line}\n`).join(''));
  return 0;
}

async function captureLive(run: Run, options: TcpdumpOptions): Promise<number> {
  const { network } = run.system;
  const name = options.interfaceName ?? network.interfaces.find(one => one.name !== 'lo')?.name ?? 'lo';
  if (!run.process.isRoot) {
    await complain(run, `${name}: You don't have permission to perform this capture on that device`);
    await run.process.write(2, '(socket: Operation not permitted)\n');
    return 1;
  }
  const isAny = name === 'any';
  if (!isAny && !network.interfaces.some(one => one.name === name)) {
    await complain(run, `${name}: No such device exists`);
    await run.process.write(2, '(No such device exists)\n');
    return 1;
  }
  if (options.action === 'listLinkTypes') {
    await run.process.write(
      2,
      `Data link types for ${name} (use option -y to set):\n  ${isAny ? linkNames.cooked : linkNames.ethernet}\n`,
    );
    return 0;
  }
  if (isAny) await complain(run, 'data link type LINUX_SLL2');
  const own = network.interfaces.find(one => one.name === name);
  const netmask = own ? prefixMask(own.prefixLength) : 0;
  const filter = await compileFilter(run, options, { linkType: isAny ? 'cooked' : 'ethernet', netmask });
  if (typeof filter === 'string') return complain(run, filter);
  if (options.action === 'showCode') return showNoCode(run);
  return capture(run, options, { name, isAny, filter });
}

/** The filter, or the complaint about it. Host names in it are looked up as libpcap does. */
async function compileFilter(
  run: Run,
  options: TcpdumpOptions,
  purpose: Omit<FilterPurpose, 'hostAddresses'>,
): Promise<Filter | string> {
  let text = options.expression;
  if (options.filterFile !== undefined) {
    try {
      text = await readTextFile(run, options.filterFile);
    } catch (error) {
      return `can't open ${options.filterFile}: ${describeFileError(error)}`;
    }
  }
  const known = new Map<string, readonly string[]>();
  for (;;) {
    const unknown = new Set<string>();
    const lookUp = (name: string) => {
      if (!known.has(name)) unknown.add(name);
      return known.get(name);
    };
    const result = tryParse(text, { ...purpose, hostAddresses: lookUp });
    if (unknown.size === 0) return result;
    const found = await learnHosts(run, unknown, known);
    if (!found) return result;
  }
}

function tryParse(text: string, purpose: FilterPurpose): Filter | string {
  try {
    return parseFilter(text, purpose);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return error.unsupported ? "The practice cloud's tcpdump does not know all words of this filter" : error.message;
  }
}

/** `-d` answers with its status and what is wrong with the filter; the code of libpcap's machine is not made here. */
async function showNoCode(run: Run): Promise<number> {
  await complain(run, "The filter is right. The practice cloud's tcpdump does not print the code that it compiles to");
  return 0;
}

/** False when one of the names is unknown, so that parsing again cannot succeed. */
async function learnHosts(run: Run, names: Iterable<string>, known: Map<string, readonly string[]>): Promise<boolean> {
  for (const name of names) {
    const lookup = await resolveHost(run, name);
    if (lookup.kind !== 'found') return false;
    known.set(name, lookup.addresses);
  }
  return true;
}

interface Source {
  readonly name: string;
  readonly isAny: boolean;
  readonly filter: Filter;
}

async function capture(run: Run, options: TcpdumpOptions, source: Source): Promise<number> {
  const { process, system } = run;
  const buffer = new CaptureBuffer(options.bufferBytes, options.snapshotBytes, frame =>
    accepts(frame, options, source),
  );
  process.resources.add(system.network.tap(source.name, frame => buffer.offer(frame)));
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    if (process.dispositionOf(signal) === 'ignore') continue;
    process.handle(signal, () => {
      isInterrupted = true;
    });
  }
  await process.write(2, 'dropped privs to tcpdump\n');
  const outputs = await openOutputs(run, options, source.isAny);
  if (typeof outputs === 'string') return complain(run, outputs);
  await announce(run, options, source);
  let captured = 0;
  while (!isInterrupted && (options.packetLimit === 0 || captured < options.packetLimit)) {
    const frame = buffer.take();
    if (!frame) {
      await process.waitOn(buffer.changed);
      continue;
    }
    for (const output of outputs) await output.accept(snapshot(run, frame, options.snapshotBytes));
    captured++;
  }
  process.resources.dispose();
  for (const output of outputs) await output.flush();
  if (isInterrupted && options.writeFile === undefined) await print(run, '\n');
  await process.write(2, closingLines(captured, buffer));
  return 0;
}

function accepts(frame: TappedFrame, options: TcpdumpOptions, source: Source): boolean {
  if (options.direction !== undefined && frame.direction !== options.direction) return false;
  const bytes = source.isAny ? cookedBytes(frame.bytes, frame) : frame.bytes;
  return matchesFilter(source.filter, bytes, bytes.length, frame.direction);
}

function snapshot(run: Run, frame: TappedFrame, snapshotBytes: number): CapturedFrame {
  return {
    timeMicros: frame.timeMicros,
    bytes: frame.bytes.subarray(0, snapshotBytes),
    originalBytes: frame.bytes.length,
    interfaceName: frame.interfaceName,
    interfaceIndex: run.system.network.interfaces.findIndex(one => one.name === frame.interfaceName) + 1,
    direction: frame.direction,
  };
}

async function openOutputs(
  run: Run,
  options: TcpdumpOptions,
  isAny: boolean,
): Promise<readonly CaptureOutput[] | string> {
  const outputs: CaptureOutput[] = [];
  if (options.writeFile !== undefined) {
    const file = await FileOutput.open(run, options.writeFile, options, isAny);
    if (typeof file === 'string') return file;
    outputs.push(file);
  }
  const prints = options.writeFile === undefined || options.alsoPrints;
  if (prints && !options.onlyCounts) outputs.push(new PrintedOutput(run, options, isAny));
  return outputs;
}

async function announce(run: Run, options: TcpdumpOptions, source: Source): Promise<void> {
  const isBrief = options.verbosity === 0 && options.writeFile === undefined;
  const first = isBrief ? 'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n' : 'tcpdump: ';
  const link = source.isAny ? linkNames.cooked : linkNames.ethernet;
  await run.process.write(
    2,
    `${first}listening on ${source.name}, link-type ${link}, snapshot length ${options.snapshotBytes} bytes\n`,
  );
}

function closingLines(captured: number, buffer: CaptureBuffer): string {
  const count = (number: number, what: string) => `${number} packet${number === 1 ? '' : 's'} ${what}\n`;
  return (
    count(captured, 'captured') +
    count(buffer.receivedByFilter, 'received by filter') +
    count(buffer.droppedByKernel, 'dropped by kernel')
  );
}

async function readCapture(run: Run, options: TcpdumpOptions, path: string): Promise<number> {
  try {
    if (path !== '-') run.process.install(3, await openPath(run.process, run.system.disk, path, 'read'));
  } catch (error) {
    return complain(run, `${path}: ${describeFileError(error)}`);
  }
  const file = readCaptureFile(await readAll(run.process, path === '-' ? 0 : 3));
  if (!file) return complain(run, 'unknown file format');
  const isCooked = file.linkType === LINK_TYPE_LINUX_SLL2;
  if (!isCooked && file.linkType !== LINK_TYPE_ETHERNET)
    return complain(
      run,
      `The practice cloud's tcpdump reads Ethernet and Linux cooked v2, not link type ${file.linkType}`,
    );
  const filter = await compileFilter(run, options, { isFile: true, linkType: isCooked ? 'cooked' : 'ethernet' });
  if (typeof filter === 'string') return complain(run, filter);
  if (options.action === 'showCode') return showNoCode(run);
  const link = isCooked ? linkNames.cooked : linkNames.ethernet;
  const limit = `snapshot length ${file.snapLength}`;
  await run.process.write(2, `reading from file ${path}, link-type ${link}, ${limit}\n`);
  const matching = file.records.filter(record => matchesFilter(filter, record.bytes, record.originalBytes));
  const shown = options.packetLimit > 0 ? matching.slice(0, options.packetLimit) : matching;
  if (options.onlyCounts) {
    await print(run, `${shown.length} packet${shown.length === 1 ? '' : 's'}\n`);
    return 0;
  }
  const outputs = await openOutputs(run, options, isCooked);
  if (typeof outputs === 'string') return complain(run, outputs);
  for (const output of outputs) {
    for (const record of shown) await output.accept(isCooked ? uncooked(run, record) : record);
    await output.flush();
  }
  if (!file.isCut || (options.packetLimit > 0 && shown.length === options.packetLimit)) return 0;
  return complain(run, 'pcap_loop: truncated dump file');
}

const linkNames = { ethernet: 'EN10MB (Ethernet)', cooked: 'LINUX_SLL2 (Linux cooked v2)' };

function uncooked(run: Run, record: PcapRecord): CapturedFrame {
  const frame = uncookedFrame(record.bytes);
  if (!frame) return { ...record, bytes: new Uint8Array(0) };
  const name = run.system.network.interfaces[(frame.interfaceIndex ?? 0) - 1]?.name ?? '?';
  const originalBytes = record.originalBytes - record.bytes.length + frame.bytes.length;
  return { timeMicros: record.timeMicros, ...frame, originalBytes, interfaceName: name };
}
