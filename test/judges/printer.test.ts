import assert from 'node:assert/strict';
import { concatBytes } from '../../src/packet/headers/bytes';
import { writePcap } from '../../src/packet/pcap';
import { TcpdumpPrinter, type TcpdumpPrinterOptions } from '../../src/packet/tcpdumpPrinter';
import { conversation, frameCorpus } from '../support/frameCorpus';
import { runTool } from '../support/runTool';

const options: readonly (readonly [readonly string[], Partial<TcpdumpPrinterOptions>])[] = [
  [['-nn'], { numeric: true }],
  [['-n'], { numeric: true }],
  [[], {}],
  [['-nn', '-q'], { numeric: true, isQuiet: true }],
  [['-nn', '-t'], { numeric: true, time: 'none' }],
  [['-nn', '-tt'], { numeric: true, time: 'epoch' }],
  [['-nn', '-ttt'], { numeric: true, time: 'sincePrevious' }],
  [['-nn', '-tttt'], { numeric: true, time: 'dateTime' }],
  [['-nn', '-ttttt'], { numeric: true, time: 'sinceFirst' }],
  [['-nn', '-S'], { numeric: true, hasAbsoluteNumbers: true }],
  [['-nn', '-e'], { numeric: true, showsLinkLevel: true }],
  [['-e', '-q'], { showsLinkLevel: true, isQuiet: true }],
];

/** Half-second steps, so that every form of time says something. */
const timeOf = (index: number) => 1_700_000_000_000_000 + index * 500_123;

function compare(frames: readonly Uint8Array[], snapLength = 262_144): void {
  const records = frames.map((bytes, index) => ({
    timeMicros: timeOf(index),
    bytes: bytes.subarray(0, snapLength),
    originalBytes: bytes.length,
  }));
  const pcap = writePcap(records);
  for (const [parameters, printing] of options) {
    const printer = new TcpdumpPrinter(printing);
    const ours = records.map(record => printer.print(record)).join('\n');
    const { stdout } = runTool('tcpdump', [...parameters, '-r', '-'], pcap);
    assert.equal(ours, stdout.slice(0, -1), `tcpdump ${parameters.join(' ')}, snapshot length ${snapLength}`);
  }
}

const LINUX_SLL2 = 276;

/** The frame as `-i any` stores it: LINKTYPE_LINUX_SLL2, on the loopback interface. */
function cooked(frame: Uint8Array, isOut: boolean): Uint8Array {
  const header = new Uint8Array(20);
  header.set(frame.subarray(12, 14), 0);
  header[7] = 1;
  header[9] = 1;
  header[10] = isOut ? 4 : 0;
  header[11] = 6;
  header.set(frame.subarray(6, 12), 12);
  return concatBytes(header, frame.subarray(14));
}

function compareOnAny(parameters: readonly string[], printing: Partial<TcpdumpPrinterOptions>): void {
  const frames = conversation();
  const printer = new TcpdumpPrinter({ ...printing, isAnyInterface: true });
  const ours = frames.map((bytes, index) =>
    printer.print({
      timeMicros: timeOf(index),
      bytes,
      interfaceName: 'lo',
      interfaceIndex: 1,
      direction: index % 2 === 0 ? 'out' : 'in',
    }),
  );
  const records = frames.map((bytes, index) => ({ timeMicros: timeOf(index), bytes: cooked(bytes, index % 2 === 0) }));
  const { stdout } = runTool('tcpdump', [...parameters, '-r', '-'], writePcap(records, { linkType: LINUX_SLL2 }));
  assert.equal(ours.join('\n'), stdout.slice(0, -1), `tcpdump ${parameters.join(' ')} on any`);
}

describe('our printer against tcpdump', () => {
  it('prints every kind of frame alike', () => compare(frameCorpus())).timeout(30_000);

  it('numbers a capture of one direction alike', () => compare(conversation(true))).timeout(30_000);

  it('prints a capture on any interface alike', () => {
    for (const [parameters, printing] of options) compareOnAny(parameters, printing);
  }).timeout(30_000);

  for (const snapLength of [14, 20, 34, 38, 42, 44, 54, 60, 66, 68, 75, 80, 96, 120]) {
    it(`prints frames cut to ${snapLength} bytes alike`, () => compare(frameCorpus(), snapLength)).timeout(30_000);
  }
});
