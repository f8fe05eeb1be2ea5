import type { CaptureEvidence } from '../core/evidence';

/** What a command on an instance did. A terminal joins both streams. */
export interface CommandResult {
  readonly commandLine: string;
  /** Undefined when it was still running at the end of our patience. */
  readonly exitCode: number | undefined;
  readonly output: string;
}

/** What was seen on instances: the raw material of proofs. */
export interface LabEvidence {
  readonly capture: CaptureEvidence | undefined;
  /** By the name that the step gave the command. */
  readonly commands: Readonly<Record<string, CommandResult | undefined>>;
}

export const noEvidence: LabEvidence = { capture: undefined, commands: {} };
