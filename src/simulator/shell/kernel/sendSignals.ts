import type { Kernel } from './kernel';
import type { Process } from './process';
import { parseSignal, type SignalName, signalNames } from './signals';

/** kill(1): `[-s SIGNAL | -SIGNAL] pid…`, `-l`. A negative pid is a group. Gives the exit code. */
export async function sendSignals(
  kernel: Kernel,
  sender: Process,
  args: readonly string[],
  complain: (text: string) => Promise<void>,
): Promise<number> {
  if (args[0] === '-l') {
    await sender.write(1, `${signalNames.map(name => name.slice(3)).join(' ')}\n`);
    return 0;
  }
  const { name, targets } = readTargets(args);
  const signal = name === '0' ? undefined : parseSignal(name);
  if (name !== '0' && !signal) {
    await complain(`${name}: invalid signal specification`);
    return 1;
  }
  if (targets.length === 0) {
    await complain('usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]');
    return 2;
  }
  let status = 0;
  for (const target of targets) {
    const complaint = sendOne(kernel, sender, target, signal);
    if (!complaint) continue;
    await complain(complaint);
    status = 1;
  }
  return status;
}

function readTargets(args: readonly string[]): { readonly name: string; readonly targets: readonly string[] } {
  const [first = '', second = '', ...rest] = args;
  if (first === '-s' || first === '-n') return { name: second, targets: rest[0] === '--' ? rest.slice(1) : rest };
  if (first === '--') return { name: 'TERM', targets: args.slice(1) };
  if (/^-[A-Za-z0-9]/.test(first) && args.length > 1) {
    return { name: first.slice(1), targets: second === '--' ? rest : args.slice(1) };
  }
  return { name: 'TERM', targets: args };
}

function sendOne(kernel: Kernel, sender: Process, target: string, signal: SignalName | undefined): string | undefined {
  if (!/^-?\d+$/.test(target)) return `${target}: arguments must be process or job IDs`;
  const number = Number(target);
  const receivers =
    number > 0
      ? kernel.processes.filter(process => process.pid === number)
      : kernel.processes.filter(process => process.groupId === (number === 0 ? sender.groupId : -number));
  if (receivers.length === 0) return `(${target}) - No such process`;
  const allowed = receivers.filter(process => sender.isRoot || process.user.id === sender.user.id);
  if (allowed.length === 0) return `(${target}) - Operation not permitted`;
  if (signal) for (const process of allowed) process.deliver(signal);
  return undefined;
}
