import { readCaptureFile } from '../packet/captureFile';
import { isPrintableLinkType } from '../packet/printableFrame';
import { CapturePipeline, type CapturePipelineOptions } from './capturePipeline';

/** What became of a file's bytes; `isCut`: it ends inside a packet, or is broken from there on. */
export type CaptureReading =
  | { readonly kind: 'packets'; readonly pipeline: CapturePipeline; readonly isCut: boolean }
  /** Its packets come from a link that we do not read; the number is tcpdump.org's. */
  | { readonly kind: 'unknownLink'; readonly linkType: number }
  /** Neither a pcap nor a pcapng file, nor text with a packet of tcpdump's in it. */
  | { readonly kind: 'noCapture' };

/** Reads a pcap or pcapng file or tcpdump's text. All packets count, as far as `options.limits` has room for them. */
export function readCapture(bytes: Uint8Array, options: CapturePipelineOptions = {}): CaptureReading {
  const pipeline = new CapturePipeline(options);
  const file = readCaptureFile(bytes);
  if (!file) {
    pipeline.write(bytes);
    pipeline.end();
    return pipeline.packets === 0 ? { kind: 'noCapture' } : { kind: 'packets', pipeline, isCut: false };
  }
  const unknown = file.linkTypes.find(linkType => !isPrintableLinkType(linkType));
  if (unknown !== undefined) return { kind: 'unknownLink', linkType: unknown };
  for (const [index, record] of file.records.entries())
    pipeline.addFrame({ linkType: file.linkTypes[index] as number, ...record });
  return { kind: 'packets', pipeline, isCut: file.isCut };
}
