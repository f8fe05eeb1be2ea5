import { LabError } from '../../core/errors';
import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import type { Instance } from '../../core/network';
import type { SecureShell } from '../../core/ports/secureShell';
import type { Scope } from '../appModel';
import type { SessionPorts } from '../sessionPorts';
import { type ConnectShellOptions, openConnectShell } from './connectShell';
import type { CommandResult } from './runOnInstance';

export interface ConnectRunOptions extends Pick<ConnectShellOptions, 'client' | 'signal'> {
  readonly ports: SessionPorts;
  readonly timeLimitMs: number;
}

/** Wide enough that the terminal breaks no line of an answer. */
const size = { columns: 200, rows: 50 };

/**
 * Logs in through an EC2 Instance Connect Endpoint, runs one shell line and hangs up. Rejects as {@link openConnectShell} does, and with
 * `sessionTimedOut` or `channelFailed`.
 */
export async function runThroughConnect(
  scope: Scope,
  instance: Instance,
  endpoint: InstanceConnectEndpoint,
  command: string,
  { ports, timeLimitMs, client, signal }: ConnectRunOptions,
): Promise<CommandResult> {
  const shell = await openConnectShell(scope, instance, endpoint, { client, size, ...(signal && { signal }) });
  try {
    return await collect(shell, command, ports, timeLimitMs, signal);
  } finally {
    shell.dispose();
  }
}

function collect(
  shell: SecureShell,
  command: string,
  ports: SessionPorts,
  timeLimitMs: number,
  signal: AbortSignal | undefined,
): Promise<CommandResult> {
  const mark = `vpc-labs-${ports.uuid()}`;
  // The terminal echoes the line, in which the marks stand before what printf puts behind them.
  const line = `printf '\\n%s:begin\\n' ${mark}; (${command}\n); printf '\\n%s:%s\\n' ${mark} "$?"\n`;
  const whole = new RegExp(`\\n${mark}:begin\\r?\\n([^]*?)\\r?\\n${mark}:(\\d+)\\r?\\n`);
  return new Promise((resolve, reject) => {
    const decoder = new TextDecoder();
    let text = '';
    const timer = ports.clock.after(timeLimitMs, () => reject(new LabError('sessionTimedOut')));
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    shell.onClose(() => reject(new LabError('channelFailed')));
    shell.onOutput(bytes => {
      text += decoder.decode(bytes, { stream: true });
      const found = whole.exec(text);
      if (!found) return;
      timer.dispose();
      resolve({ output: (found[1] ?? '').replaceAll('\r\n', '\n'), exitCode: Number(found[2]) });
    });
    shell.write(new TextEncoder().encode(line));
  });
}
