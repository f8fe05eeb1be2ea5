import type { FilterProblemCode } from '../core/captureFilter';
import type { CaptureMode } from '../core/captureOptions';

/** The words around what a capture is started with. */
export interface StartLabels {
  /** Of the button that opens the list of filters. */
  readonly presets: string;
  /** `{0}` is the text at the place, `{1}` what tcpdump would say. */
  readonly filterProblems: Readonly<Record<FilterProblemCode, string>>;
  /** Of the button that opens the form. */
  readonly options: string;
  readonly mode: string;
  readonly modes: Readonly<Record<CaptureMode, string>>;
  /** One word of each, for the summary. */
  readonly modeNames: Readonly<Record<CaptureMode, string>>;
  readonly packetLimit: string;
  readonly timeLimitSeconds: string;
  readonly snapLengthBytes: string;
  readonly interfaceName: string;
  /** Instead of a name: the interface that carries the instance's address. */
  readonly interfaceFound: string;
  readonly interfaceAny: string;
  readonly interfaceInvalid: string;
  /** A whole number from `{0}` to `{1}`. */
  readonly outOfRange: string;
  /** `{0}` packets at most. */
  readonly summaryPackets: string;
  readonly summaryMinutes: string;
  readonly summarySeconds: string;
  readonly fromSettings: string;
}
