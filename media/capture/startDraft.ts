import {
  type CaptureLimitName,
  type CaptureMode,
  type CaptureStartOptions,
  captureRanges,
  isInterfaceName,
} from '../../src/core/captureOptions';

/** What stands in the form: text as typed, whether it makes sense or not. */
export interface StartDraft {
  readonly mode: CaptureMode;
  readonly packetLimit: string;
  readonly timeLimitSeconds: string;
  readonly snapLengthBytes: string;
  /** Empty for the interface that carries the instance's address. */
  readonly interfaceName: string;
}

export type ReadDraft = Omit<CaptureStartOptions, 'filter'>;

export function draftOf(options: CaptureStartOptions): StartDraft {
  const { mode, packetLimit, timeLimitSeconds, snapLengthBytes, interfaceName = '' } = options;
  return {
    mode,
    packetLimit: String(packetLimit),
    timeLimitSeconds: String(timeLimitSeconds),
    snapLengthBytes: String(snapLengthBytes),
    interfaceName,
  };
}

/** The number that was typed; undefined for none and for one outside its range. */
export function readLimit(name: CaptureLimitName, text: string): number | undefined {
  const { least, most } = captureRanges[name];
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

/** No name at all is one of the possibilities. */
export function isInterfaceFit(text: string): boolean {
  return text.trim() === '' || isInterfaceName(text.trim());
}

/** What the form asks for; undefined while something in it makes no sense. */
export function readDraft(draft: StartDraft): ReadDraft | undefined {
  const packetLimit = readLimit('packetLimit', draft.packetLimit);
  const timeLimitSeconds = readLimit('timeLimitSeconds', draft.timeLimitSeconds);
  const snapLengthBytes = readLimit('snapLengthBytes', draft.snapLengthBytes);
  if (packetLimit === undefined || timeLimitSeconds === undefined || snapLengthBytes === undefined) return undefined;
  if (!isInterfaceFit(draft.interfaceName)) return undefined;
  const interfaceName = draft.interfaceName.trim() || undefined;
  return { mode: draft.mode, packetLimit, timeLimitSeconds, snapLengthBytes, interfaceName };
}
