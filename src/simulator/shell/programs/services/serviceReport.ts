import type { ServiceStatus } from '../../services/guestServices';
import { unitFile } from '../../services/serviceUnit';
import type { Run } from '../../system';
import { formatDate } from '../dates';

/** What `systemctl status` prints above the journal's lines. */
export function describeService(run: Run, state: ServiceStatus): string {
  const { unit, isEnabled, activeState } = state;
  const { services } = run.system;
  const word = (is: boolean) => (is ? 'enabled' : 'disabled');
  const mark = { active: '●', failed: '×', inactive: '○', activating: '●', deactivating: '●' }[activeState];
  const processes = services.processesOf(unit);
  const lines = [
    `${mark} ${unitFile(unit.name)} - ${unit.description}`,
    `     Loaded: loaded (/usr/lib/systemd/system/${unitFile(unit.name)}; ${word(isEnabled)}; preset: ${word(unit.isEnabledByPreset)})`,
    `     Active: ${activity(run, state)}`,
  ];
  if (state.mainProcess) {
    lines.push(`   Main PID: ${state.mainProcess.pid} (${baseNameOf(unit.command[0] as string)})`);
    lines.push(`      Tasks: ${processes.length} (limit: 1053)`);
    lines.push(`     Memory: ${(1.1 + processes.length * 0.7).toFixed(1)}M`);
    lines.push('        CPU: 47ms');
    lines.push(`     CGroup: /system.slice/${unitFile(unit.name)}`);
    for (const [index, member] of processes.entries()) {
      const branch = index === processes.length - 1 ? '└─' : '├─';
      lines.push(`             ${branch}${member.pid} ${shownCommand(member.commandLine)}`);
    }
  } else if (activeState === 'failed') lines.push(`        CPU: 21ms`);
  return `${lines.join('\n')}\n`;
}

function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A title that a process gave itself has blanks in its first word, and is quoted. */
function shownCommand(commandLine: readonly string[]): string {
  return commandLine.map(word => (word.includes(' ') ? `"${word}"` : word)).join(' ');
}

function activity(run: Run, { activeState, sinceMs, exitCode }: ServiceStatus): string {
  if (sinceMs === undefined) return 'inactive (dead)';
  const when = `since ${formatDate(sinceMs, '%a %Y-%m-%d %H:%M:%S %Z')}; ${age(run.process.timeline.now() - sinceMs)} ago`;
  if (activeState === 'active') return `active (running) ${when}`;
  if (activeState === 'failed') return `failed (Result: ${(exitCode ?? 0) > 128 ? 'signal' : 'exit-code'}) ${when}`;
  return activeState === 'inactive' ? `inactive (dead) ${when}` : `${activeState} ${when}`;
}

/** `5s`, `2min 3s`, `1h 4min`, `2 days`. */
function age(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1000);
  if (seconds < 1) return `${Math.max(1, Math.floor(durationMs))}ms`;
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}min${seconds % 60 ? ` ${seconds % 60}s` : ''}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h${minutes % 60 ? ` ${minutes % 60}min` : ''}`;
  const days = Math.floor(hours / 24);
  return `${days} day${days === 1 ? '' : 's'}`;
}
