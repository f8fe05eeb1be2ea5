/**
 * `npm run lab -- <id>`: one lab without an editor, on a practice cloud of its own: every step, its check, the packets, the verdict, the
 * proof, the clean-up. `--break NAME` makes a mistake on purpose, `--keep` leaves everything standing. Exit code 0 when every proof holds, 1
 * when not, 2 for a command line that makes no sense, 130 when interrupted (after the clean-up).
 */
import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Memory } from '../app/appModel';
import { labAccounts } from '../app/labs/labAccounts';
import { Ledger } from '../app/labs/ledger';
import { runLab } from '../app/labs/runLab';
import { silentLog } from '../base/log';
import { composePractice, sessionPorts, wallClock } from '../compose';
import type { Breakage, Lab } from '../labs/lab';
import { labs } from '../labs/labs';
import { startPracticeWorker } from '../simulator/workerClient';
import { describeError } from '../words/errors';
import { t } from '../words/translation';
import { LabTranscript } from './lab/labTranscript';

/** States of the practice cloud settle in seconds. */
const POLL_MS = 300;
const PATIENCE_MS = 120_000;

class UsageError extends Error {}

interface Wanted {
  readonly lab: Lab;
  readonly breakage: Breakage | undefined;
  readonly isKept: boolean;
}

function readArguments(): Wanted {
  const { values, positionals } = parse();
  const ids = labs.map(({ id }) => id).join(', ');
  const [id, ...rest] = positionals;
  const lab = labs.find(each => each.id === id);
  if (!lab || rest.length > 0) throw new UsageError(t('Say which lab: {0}', ids));
  const name = values.break;
  const breakage = lab.breakages.find(each => each.id === name);
  const names = lab.breakages.map(each => each.id).join(', ');
  if (name !== undefined && !breakage) throw new UsageError(t('--break takes one of {0}.', names));
  return { lab, breakage, isKept: values.keep };
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { break: { type: 'string' }, keep: { type: 'boolean', default: false } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A run on practice ends with its cloud, so its ledger need not outlive it. */
class ProcessMemory implements Memory {
  readonly #values = new Map<string, unknown>();

  get(key: string): unknown {
    return this.#values.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

async function run({ lab, breakage, isKept }: Wanted, signal: AbortSignal): Promise<boolean> {
  const entry = new URL('../practiceWorker.js', import.meta.url);
  const cloud = await startPracticeWorker(fileURLToPath(entry), { world: 'default-vpc', pace: 'fast' }, silentLog);
  const transcript = new LabTranscript(line => console.log(line));
  try {
    const scopes = composePractice(cloud, silentLog).slice(0, lab.accounts.length);
    transcript.begin(lab, scopes, breakage);
    const outcome = await runLab(lab, {
      accounts: await labAccounts(lab, scopes, await sessionPorts(silentLog)),
      ledger: new Ledger(new ProcessMemory()),
      clock: wallClock,
      runId: randomBytes(4).toString('hex'),
      breakage,
      isKept,
      pollMs: POLL_MS,
      patienceMs: PATIENCE_MS,
      onProgress: progress => transcript.tell(progress),
      signal,
    });
    transcript.end(outcome);
    if (isKept) console.log(t('Nothing was deleted; the practice cloud ends with this run.'));
    return outcome.isProved;
  } finally {
    await cloud.dispose();
  }
}

const interrupted = new AbortController();

function listenForEnd(): void {
  // The parts of the network are read side by side, each call listening for the end.
  setMaxListeners(0, interrupted.signal);
  const interrupt = () => interrupted.abort(new Error('interrupted'));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, interrupt);
  // Whoever read the output has gone, as `head` does: clean up all the same.
  process.stdout.on('error', interrupt);
}

async function main(): Promise<number> {
  // A notice about Node versions to come, of no use to someone who does a lab.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const wanted = readArguments();
  listenForEnd();
  return (await run(wanted, interrupted.signal)) ? 0 : 1;
}

/** Says what went wrong and returns the exit code for it. */
function fail(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(error.message);
    return 2;
  }
  if (interrupted.signal.aborted) {
    console.error(t('Interrupted. What the lab had made was deleted.'));
    return 130;
  }
  const { sentence, hint } = describeError(error);
  console.error([sentence, hint].filter(Boolean).join(' '));
  return 1;
}

main()
  .catch(fail)
  .then(exitCode => {
    process.exitCode = exitCode;
  });
