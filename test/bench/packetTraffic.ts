/** What an instance of a lab sends and receives in a busy minute, made anew and the same in every run. */
import { type PcapRecord, writePcap } from '../../src/packet/pcap';
import { TcpdumpPrinter } from '../../src/packet/tcpdumpPrinter';
import { TrafficSource } from './trafficSource';

export interface Traffic {
  readonly packets: number;
  readonly pcap: Uint8Array;
  /** As `tcpdump -nn -r` prints the file. */
  readonly text: Uint8Array;
  /** The text as it comes out of a pipe. */
  readonly chunks: readonly Uint8Array[];
}

const packetCount = 100_000;
const chunkBytes = 64 * 1024;
/** Holds every header that is printed. */
const snapLength = 128;
const startMicros = 1_700_000_000_000_000;

let made: Traffic | undefined;

/** One capture for all benches of a run. */
export function packetTraffic(): Traffic {
  made ??= makeTraffic();
  return made;
}

function makeTraffic(): Traffic {
  const records = makeRecords();
  const printer = new TcpdumpPrinter({ numeric: true });
  const text = Buffer.from(records.map(record => `${printer.print(record)}\n`).join(''));
  return { packets: records.length, pcap: writePcap(records), text, chunks: [...chunksOf(text)] };
}

function makeRecords(): readonly PcapRecord[] {
  const source = new TrafficSource();
  let timeMicros = startMicros;
  return Array.from({ length: packetCount }, () => {
    const { bytes, isSmall } = source.next();
    timeMicros += 20 + source.random(400);
    return { timeMicros, bytes: isSmall ? bytes : bytes.slice(0, snapLength), originalBytes: bytes.length };
  });
}

function* chunksOf(text: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < text.length; at += chunkBytes) yield text.subarray(at, at + chunkBytes);
}
