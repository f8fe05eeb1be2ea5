import type { CaptureEvidence } from '../../core/evidence';
import type { InstanceId } from '../../core/ids';
import type { Verdict } from '../../core/verdict';
import type { CommandResult } from '../../labs/labEvidence';

/** What was seen while a command ran. */
export interface WatchedCommand {
  readonly result: CommandResult;
  readonly capture: CaptureEvidence;
  readonly verdict: Verdict;
  /** The packets as tcpdump printed them. */
  readonly packetLines: readonly string[];
}

/** A way to work on instances: shells and captures. Both reject with a `LabError`, or with the signal's reason, and leave no session. */
export interface InstanceWork {
  run(instanceId: InstanceId, commandLine: string, signal?: AbortSignal): Promise<CommandResult>;
  /** Captures with a filter while a command runs, and a little longer. */
  captureWhile(
    instanceId: InstanceId,
    filter: string,
    commandLine: string,
    signal?: AbortSignal,
  ): Promise<WatchedCommand>;
}
