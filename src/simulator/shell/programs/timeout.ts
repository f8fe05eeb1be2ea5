/** timeout(1) of GNU coreutils. */
import { waitForEnd } from '../kernel/kernel';
import { shellStatusOf } from '../kernel/process';
import { parseSignal, type SignalName } from '../kernel/signals';
import type { Program, Run } from '../system';
import { startChild } from './child';
import { complain, readArguments } from './console';
import { hasOption, lastOption } from './options';

const timedOutStatus = 124;
const ownFailureStatus = 125;

export const timeout: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 's:k:v',
    long: { foreground: false, signal: true, 'kill-after': true, 'preserve-status': false, verbose: false },
    stopsAtOperand: true,
  });
  const [durationText, ...argv] = parsed.operands;
  if (durationText === undefined || argv.length === 0) {
    await complain(run, 'missing operand');
    await run.process.write(2, "Try 'timeout --help' for more information.\n");
    return ownFailureStatus;
  }
  const durationMs = readDuration(durationText);
  if (durationMs === undefined) return complain(run, `invalid time interval ‘${durationText}’`, ownFailureStatus);
  const killText = lastOption(parsed, 'k', 'kill-after');
  const killMs = killText === undefined ? 0 : readDuration(killText);
  if (killMs === undefined) return complain(run, `invalid time interval ‘${killText}’`, ownFailureStatus);
  const signalText = lastOption(parsed, 's', 'signal') ?? 'TERM';
  const signal = parseSignal(signalText);
  if (!signal) return complain(run, `‘${signalText}’: invalid signal`, ownFailureStatus);
  return supervise(run, argv, {
    durationMs,
    killMs,
    signal,
    isForeground: hasOption(parsed, 'foreground'),
    keepsStatus: hasOption(parsed, 'preserve-status'),
    isVerbose: hasOption(parsed, 'v', 'verbose'),
  });
};

/** `2`, `1.5`, `3m`, `0`: milliseconds; undefined for what is none. */
export function readDuration(text: string): number | undefined {
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  if (!match) return text === 'infinity' ? Number.POSITIVE_INFINITY : undefined;
  const seconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400 };
  return Number(match[1]) * (seconds[match[2] ?? ''] ?? 1) * 1_000;
}

interface Supervision {
  readonly durationMs: number;
  readonly killMs: number;
  readonly signal: SignalName;
  readonly isForeground: boolean;
  readonly keepsStatus: boolean;
  readonly isVerbose: boolean;
}

async function supervise(run: Run, argv: readonly string[], plan: Supervision): Promise<number> {
  const { process, system } = run;
  // Without --foreground the command leaves the terminal's foreground group, and Ctrl-C does not reach it.
  if (!plan.isForeground) process.groupId = process.pid;
  let hasTimedOut = false;
  const child = startChild(run, argv, { groupId: process.groupId }, async (failure, self) => {
    const what =
      failure.reason === 'denied' || failure.reason === 'isDirectory'
        ? 'Permission denied'
        : 'No such file or directory';
    await self.write(2, `timeout: failed to run command ‘${argv[0]}’: ${what}\n`);
    return failure.status;
  });
  const send = (signal: SignalName) => {
    if (plan.isVerbose)
      void process
        .write(2, `timeout: sending signal ${signal.slice(3)} to command ‘${argv[0]}’\n`)
        .catch(() => undefined);
    child.deliver(signal);
    if (plan.isForeground) return;
    for (const other of system.kernel.processes) {
      if (other.groupId === process.groupId && other !== process && other !== child) other.deliver(signal);
    }
  };
  const terminate = (signal: SignalName) => {
    send(signal);
    if (plan.killMs > 0) process.resources.add(process.timeline.after(plan.killMs, () => send('SIGKILL')));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)
    process.handle(signal, () => terminate(signal));
  if (plan.durationMs > 0 && Number.isFinite(plan.durationMs)) {
    process.resources.add(
      process.timeline.after(plan.durationMs, () => {
        hasTimedOut = true;
        terminate(plan.signal);
      }),
    );
  }
  const status = await waitForEnd(process, child);
  if (!hasTimedOut || plan.keepsStatus) return shellStatusOf(status);
  return status.signal === 'SIGKILL' ? 137 : timedOutStatus;
}
