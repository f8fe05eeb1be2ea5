import { delay } from '../../base/clock';
import type { CaptureLimits } from '../../core/captureOptions';
import { type ErrorCode, LabError } from '../../core/errors';
import type { InstanceConnectEndpointId, InstanceId } from '../../core/ids';
import type { SecureShellClient } from '../../core/ports/secureShell';
import type { CommandResult } from '../../labs/labEvidence';
import { lineAt, unpackColumns } from '../../packet/packing';
import { describeError } from '../../words/errors';
import type { Scope } from '../appModel';
import { asLabError } from '../asLabError';
import { CaptureSession } from '../captureSession';
import { runOnInstance } from '../operations/runOnInstance';
import { runThroughConnect } from '../operations/runThroughConnect';
import type { SessionPorts } from '../sessionPorts';
import type { InstanceCommand, InstanceWork, Watch, WatchedCommand } from './instanceWork';

/** The AWS CLI gives up after three tries; a lab's command asks for short ones. */
const COMMAND_LIMIT_MS = 120_000;
/** The last packets of a connection come after the command has ended. */
const LINGER_MS = 700;

/** A lab looks at one call. */
const limits: CaptureLimits = { mode: 'lines', packetLimit: 10_000, timeLimitSeconds: 300, snapLengthBytes: 512 };

/** What keeps one out, and is no fault of ours. */
const refusals: readonly ErrorCode[] = ['tunnelUnanswered', 'tunnelBlocked', 'loginRefused'];

/** Works on instances over Session Manager, and logs in through an EC2 Instance Connect Endpoint where that is asked for. */
export class SessionInstanceWork implements InstanceWork {
  constructor(
    private readonly scope: Scope,
    private readonly ports: SessionPorts,
    private readonly secureShell: () => Promise<SecureShellClient>,
  ) {}

  async run(instanceId: InstanceId, commandLine: string, signal?: AbortSignal): Promise<CommandResult> {
    const { sessions } = await this.scope.gateways();
    const register = this.ports.registerOf?.(this.scope);
    const options = { ports: this.ports, signal, timeLimitMs: COMMAND_LIMIT_MS, register };
    const { output, exitCode } = await runOnInstance(sessions, instanceId, commandLine, options);
    return { commandLine, exitCode, output };
  }

  async captureWhile(
    { instanceId, filter }: Watch,
    command: InstanceCommand,
    signal?: AbortSignal,
  ): Promise<WatchedCommand> {
    const capture = new CaptureSession({ scope: this.scope, instanceId }, { ports: this.ports, limits });
    try {
      await capture.start({ ...limits, filter, interfaceName: undefined });
      if (capture.status.error) throw capture.status.error;
      const result = await this.run(command.instanceId, command.commandLine, signal);
      await delay(this.ports.clock, LINGER_MS, signal);
      await capture.stop();
      if (capture.status.error) throw capture.status.error;
      const { verdict } = capture.status;
      return { result, capture: capture.evidence(), verdict, packetLines: linesOf(capture) };
    } finally {
      capture.dispose();
    }
  }

  async logIn(
    instanceId: InstanceId,
    endpointId: InstanceConnectEndpointId,
    commandLine: string,
    signal?: AbortSignal,
  ): Promise<CommandResult> {
    const { instances, instanceConnectEndpoints } = await this.scope.gateways();
    const instance = await instances.findInstance(instanceId, { signal });
    const endpoints = await instanceConnectEndpoints.listInstanceConnectEndpoints({ signal });
    const endpoint = endpoints.find(({ id }) => id === endpointId);
    if (!instance || !endpoint) throw new LabError('internal');
    const client = await this.secureShell();
    const options = { client, ports: this.ports, timeLimitMs: COMMAND_LIMIT_MS, ...(signal && { signal }) };
    try {
      const { output, exitCode } = await runThroughConnect(this.scope, instance, endpoint, commandLine, options);
      return { commandLine, exitCode, output };
    } catch (caught) {
      signal?.throwIfAborted();
      const error = asLabError(caught);
      if (!refusals.includes(error.code)) throw error;
      return { commandLine, exitCode: undefined, output: describeError(error).sentence, refusal: error.code };
    }
  }
}

function linesOf(capture: CaptureSession): readonly string[] {
  const columns = unpackColumns(capture.snapshot().columns);
  return Array.from({ length: columns.count }, (_, row) => lineAt(columns, row));
}
