import { type PcapFile, readPcap } from './pcap';
import { readPcapng } from './pcapng';

export interface CaptureFile extends PcapFile {
  /** Of each record; a pcapng file may hold several. */
  readonly linkTypes: readonly number[];
}

/** What a pcap or pcapng file holds; of a pcapng file the link type and length are its first interface's. Undefined for other files. */
export function readCaptureFile(bytes: Uint8Array): CaptureFile | undefined {
  const file = readPcapng(bytes);
  if (!file) {
    const classic = readPcap(bytes);
    return classic && { ...classic, linkTypes: classic.records.map(() => classic.linkType) };
  }
  const [first] = file.interfaces;
  return {
    linkType: first?.linkType ?? 0,
    snapLength: first?.snapLength ?? 0,
    records: file.records,
    linkTypes: file.records.map(({ interfaceIndex }) => file.interfaces[interfaceIndex]?.linkType ?? 0),
    isCut: file.problem !== undefined,
  };
}
