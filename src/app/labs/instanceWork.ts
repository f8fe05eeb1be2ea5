import type { CaptureEvidence } from '../../core/evidence';
import type { InstanceConnectEndpointId, InstanceId } from '../../core/ids';
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

/** What to watch, and where. */
export interface Watch {
  readonly instanceId: InstanceId;
  /** As tcpdump takes it. */
  readonly filter: string;
}

export interface InstanceCommand {
  readonly instanceId: InstanceId;
  readonly commandLine: string;
}

/** A way to work on instances: shells and captures. Both reject with a `LabError`, or with the signal's reason, and leave no session. */
export interface InstanceWork {
  run(instanceId: InstanceId, commandLine: string, signal?: AbortSignal): Promise<CommandResult>;
  /** Captures with a filter while a command runs, there or on another instance, and a little longer. */
  captureWhile(watch: Watch, command: InstanceCommand, signal?: AbortSignal): Promise<WatchedCommand>;
  /** Runs a command through an EC2 Instance Connect Endpoint. Resolves with the refusal when nobody answers or the key is not taken. */
  logIn(
    instanceId: InstanceId,
    endpointId: InstanceConnectEndpointId,
    commandLine: string,
    signal?: AbortSignal,
  ): Promise<CommandResult>;
}
