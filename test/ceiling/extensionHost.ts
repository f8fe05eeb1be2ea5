import { readdirSync, readFileSync } from 'node:fs';

/** How Linux counts CPU time in /proc. */
const ticksPerSecond = 100;

/** CPU time of the extension host's event loop, in seconds, as Linux counts it. */
export class ExtensionHost {
  private constructor(readonly pid: number) {}

  /** Of the workbench that this process has opened. */
  static find(): ExtensionHost {
    const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
    const found = pids.find(pid => isExtensionHost(pid) && descends(pid));
    if (found === undefined) throw new Error('There is no extension host');
    return new ExtensionHost(found);
  }

  /** Of the thread that runs the extensions; garbage collection and workers beside it are not counted. */
  cpuSeconds(): number {
    const fields = afterName(readFileSync(`/proc/${this.pid}/task/${this.pid}/stat`, 'utf8'));
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  }
}

function isExtensionHost(pid: number): boolean {
  return read(`/proc/${pid}/cmdline`).includes('--type=extensionHost');
}

function descends(pid: number): boolean {
  for (let at = pid; at > 1; at = Number(afterName(read(`/proc/${at}/stat`))[1])) if (at === process.pid) return true;
  return false;
}

/** The fields of a process's `stat` from its state on; its name before them may hold anything. */
const afterName = (stat: string) => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

/** Empty for a process that has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
