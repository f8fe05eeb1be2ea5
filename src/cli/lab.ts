/**
 * `npm run lab -- <id>`: one lab without an editor, on a practice cloud of its own: every step, its check, the packets, the verdict, the
 * proof, the clean-up; `all` does them all. `--break NAME` makes a mistake on purpose, `--keep` leaves everything standing, `--world KIND`
 * begins elsewhere. `--aws PROFILE [CONSUMER_PROFILE]` does it on real accounts, with the price confirmed first (`--yes` for scripts), and
 * `clean --aws PROFILE…` takes away what an earlier run had to leave. `check <id> [--profile NAME…] [--endpoint URL]` only looks how far a
 * lab is, whoever did its steps. Exit code 0 when everything holds, 1 when not, 2 for a command line that makes no sense, 130 when
 * interrupted (after the clean-up).
 */
import { setMaxListeners } from 'node:events';
import { describeError } from '../words/errors';
import { t } from '../words/translation';
import { type LabCommand, readLabCommand, UsageError } from './lab/labCommand';
import { check, clean, practise, runOnAws } from './lab/labRuns';

const interrupted = new AbortController();

function listenForEnd(): void {
  // The parts of the network are read side by side, each call listening for the end.
  setMaxListeners(0, interrupted.signal);
  const interrupt = () => interrupted.abort(new Error('interrupted'));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, interrupt);
  // Whoever read the output has gone, as `head` does: clean up all the same.
  process.stdout.on('error', interrupt);
}

function carryOut(command: LabCommand, signal: AbortSignal): Promise<boolean> {
  switch (command.kind) {
    case 'practise':
      return practise(command, signal);
    case 'onAws':
      return runOnAws(command, signal);
    case 'check':
      return check(command.lab, command.accounts, signal);
    case 'clean':
      return clean(command.accounts, signal);
  }
}

async function main(): Promise<number> {
  // A notice about Node versions to come, of no use to someone who does a lab.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const command = readLabCommand(process.argv.slice(2));
  listenForEnd();
  return (await carryOut(command, interrupted.signal)) ? 0 : 1;
}

/** Says what went wrong and returns the exit code for it. */
function fail(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(error.message);
    return 2;
  }
  if (interrupted.signal.aborted) {
    console.error(t('Interrupted. What this run had made was deleted.'));
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
