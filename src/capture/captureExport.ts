import { LINK_TYPE_ETHERNET, writePcap } from '../packet/pcap';
import { writePcapng } from '../packet/pcapng';
import type { CapturePipeline } from './capturePipeline';

/** tcpdump's text; pcap, which holds one link type; pcapng, which holds several. */
export type CaptureFileForm = 'text' | 'pcap' | 'pcapng';

/** In what forms a capture can be saved: without its bytes, as text alone; with packets of several links, not as pcap. */
export function exportForms({ frames }: CapturePipeline): readonly CaptureFileForm[] {
  if (frames.endFrame === 0) return ['text'];
  return linkTypesOf(frames.frames()).length > 1 ? ['pcapng', 'text'] : ['pcapng', 'pcap', 'text'];
}

/** The packets that are still held, as a file. Throws a RangeError for a form that {@link exportForms} does not name. */
export function exportCapture(pipeline: CapturePipeline, form: CaptureFileForm): Uint8Array {
  if (!exportForms(pipeline).includes(form)) throw new RangeError(`the capture cannot be saved as ${form}`);
  if (form === 'text') return pipeline.text();
  const frames = [...pipeline.frames.frames(pipeline.droppedRows)];
  const linkTypes = linkTypesOf(frames);
  if (form === 'pcap') return writePcap(frames, { linkType: linkTypes[0] ?? LINK_TYPE_ETHERNET });
  const interfaces = linkTypes.map(linkType => ({ linkType }));
  return writePcapng({
    interfaces,
    records: frames.map(({ linkType, ...record }) => ({ ...record, interfaceIndex: linkTypes.indexOf(linkType) })),
  });
}

function linkTypesOf(frames: Iterable<{ readonly linkType: number }>): number[] {
  const types = new Set<number>();
  for (const { linkType } of frames) types.add(linkType);
  return [...types];
}
