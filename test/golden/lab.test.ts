import assert from 'node:assert/strict';
import { labAccounts } from '../../src/app/labs/labAccounts';
import { runLab } from '../../src/app/labs/runLab';
import { LabTranscript } from '../../src/cli/lab/labTranscript';
import { secureShellClient } from '../../src/compose';
import type { Breakage, Lab } from '../../src/labs/lab';
import { labs } from '../../src/labs/labs';
import { matchGolden } from '../support/golden';
import { labLedger } from '../support/labLedger';
import { numbered } from '../support/numberedWords';
import { PracticeScopes } from '../support/practiceScopes';

/** Hides what another seed or another scheduling would change: ids, addresses, ports, clocks and sequence numbers. */
function masked(text: string): string {
  const calm = text
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}/g, '<time>')
    .replace(/\b(seq|ack|win) \d+(:\d+)?/g, '$1 #')
    .replace(/TS val \d+ ecr \d+/g, 'TS val # ecr #')
    .replace(/\.(?:3[2-9]|[4-6]\d)\d{3}(?=[ :])/g, '.<port>')
    .replace(/: \d+(?=[+ ].*\(\d+\)$)/gm, ': <id>');
  const ids = numbered(
    calm,
    /\b(?:vpce-svc|vpce|vpc|subnet|eni|sg|igw|rtb|nat|eipalloc|eice|pcx|dopt|i|r)-[0-9a-f]{17}\b/g,
    word => `${word.slice(0, -18)}-#`,
  );
  const named = ids.replace(/(vpce-#\d+)-[a-z0-9]{8}\b/g, '$1-<name>');
  return numbered(
    named,
    /\b(?:172\.31|10\.\d+)\.\d+\.\d+\b(?!\/)/g,
    word => `${word.split('.').slice(0, 2).join('.')}.#`,
  );
}

/** Simulated time stands still while real files are loaded, which happens in the first run only. */
async function runPatiently<T>(practice: PracticeScopes, work: Promise<T>): Promise<T> {
  let isSettled = false;
  const settled = work.finally(() => {
    isSettled = true;
  });
  settled.catch(() => undefined);
  while (!isSettled) {
    await practice.until(() => isSettled).catch(() => new Promise(resolve => setTimeout(resolve, 5)));
  }
  return settled;
}

async function transcribe(lab: Lab, breakage: Breakage | undefined) {
  const practice = new PracticeScopes('default-vpc');
  const lines: string[] = [];
  const transcript = new LabTranscript(line => lines.push(line));
  try {
    const scopes = practice.scopes.slice(0, lab.accounts.length);
    transcript.begin(lab, scopes, breakage);
    const work = runLab(lab, {
      accounts: await labAccounts(lab, scopes, practice.ports, secureShellClient),
      ledger: labLedger(),
      clock: practice.timeline,
      runId: 'golden',
      breakage,
      pollMs: 1000,
      patienceMs: 120_000,
      onProgress: progress => transcript.tell(progress),
    });
    const outcome = await runPatiently(practice, work);
    transcript.end(outcome);
    return { outcome, text: masked(`${lines.join('\n')}\n`) };
  } finally {
    practice.dispose();
  }
}

describe('the transcript of a lab', function () {
  this.timeout(60_000);

  before(async () => {
    await PracticeScopes.load();
    if (labs[0]) await transcribe(labs[0], undefined);
  });

  for (const lab of labs) {
    it(`proves what ${lab.id} is about`, async () => {
      const { outcome, text } = await transcribe(lab, undefined);
      matchGolden(`lab-${lab.id}.golden.txt`, text);
      assert.deepEqual([outcome.isProved, outcome.survivors], [true, []]);
    });

    for (const breakage of lab.breakages) {
      it(`names the cause when ${lab.id} is broken by ${breakage.id}`, async () => {
        const { outcome, text } = await transcribe(lab, breakage);
        matchGolden(`lab-${lab.id}-${breakage.id}.golden.txt`, text);
        // What AWS refuses is explained by the words of its refusal.
        const isExplained = outcome.steps.some(({ cause, error }) => cause !== undefined || error !== undefined);
        assert.deepEqual([outcome.isProved, isExplained, outcome.survivors], [false, true, []]);
      });
    }
  }
});
