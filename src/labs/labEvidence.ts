import type { ErrorCode } from '../core/errors';
import type { CaptureEvidence } from '../core/evidence';

/** What a command on an instance did. A terminal joins both streams. */
export interface CommandResult {
  readonly commandLine: string;
  /** Undefined when it was still running at the end of our patience. */
  readonly exitCode: number | undefined;
  readonly output: string;
  /** Why one was not let in to run it. */
  readonly refusal?: ErrorCode;
}

/** What was seen on instances and asked of AWS: the raw material of proofs. Keys are the names that the steps gave. */
export interface LabEvidence {
  readonly captures: Readonly<Record<string, CaptureEvidence | undefined>>;
  readonly commands: Readonly<Record<string, CommandResult | undefined>>;
  /** Whether AWS showed an account the service that it looked up. */
  readonly lookUps: Readonly<Record<string, boolean | undefined>>;
}

export const noEvidence: LabEvidence = { captures: {}, commands: {}, lookUps: {} };
