import { type PcapFile, readPcap } from './pcap';
import { readPcapng } from './pcapng';

/** What a pcap or pcapng file holds; of a pcapng file the link type and length are its first interface's. Undefined for other files. */
export function readCaptureFile(bytes: Uint8Array): PcapFile | undefined {
  const file = readPcapng(bytes);
  if (!file) return readPcap(bytes);
  const [first] = file.interfaces;
  return {
    linkType: first?.linkType ?? 0,
    snapLength: first?.snapLength ?? 0,
    records: file.records,
    isCut: file.problem !== undefined,
  };
}
