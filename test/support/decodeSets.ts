import { cookedBytes, LINK_TYPE_LINUX_SLL2 } from '../../src/packet/headers/cookedFrame';
import { writePcap } from '../../src/packet/pcap';
import { protocolFrames } from './protocolFrames';

/** How a capture is printed, and the file of golden text that has it: `test/golden/decode/<name>.txt`. */
export interface DecodeSet {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly pcap: Uint8Array;
}

const timeOf = (index: number) => 1_700_000_000_000_000 + index * 1_250;
const frames = protocolFrames();
const ethernet = writePcap(frames.map((bytes, index) => ({ timeMicros: timeOf(index), bytes })));
const any = writePcap(
  frames.map((frame, index) => {
    const direction = index % 2 === 0 ? 'in' : 'out';
    const bytes = cookedBytes(frame, { interfaceName: 'lo', interfaceIndex: 1, direction });
    return { timeMicros: timeOf(index), bytes };
  }),
  { linkType: LINK_TYPE_LINUX_SLL2 },
);

/** What our captures ask tcpdump for, and what people do. */
export const decodeSets: readonly DecodeSet[] = [
  { name: 'lines', parameters: ['-nn', '-tttt'], pcap: ethernet },
  { name: 'compact', parameters: ['-nn', '-tttt', '-q'], pcap: ethernet },
  { name: 'link', parameters: ['-nn', '-tttt', '-e'], pcap: ethernet },
  { name: 'details', parameters: ['-nn', '-tttt', '-v'], pcap: ethernet },
  { name: 'any', parameters: ['-nn', '-tttt'], pcap: any },
];
