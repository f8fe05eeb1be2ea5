import { spawnSync } from 'node:child_process';

export interface ToolResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** Runs a judge (tcpdump, tshark) to its end, in UTC and in English. Throws when it is not installed. */
export function runTool(command: string, parameters: readonly string[], input?: Uint8Array): ToolResult {
  const result = spawnSync(command, parameters, {
    input,
    maxBuffer: 1 << 28,
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  });
  if (result.error) throw result.error;
  return { stdout: result.stdout.toString(), stderr: result.stderr.toString(), status: result.status };
}
