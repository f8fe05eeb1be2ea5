import assert from 'node:assert/strict';
import { labAccounts } from '../../src/app/labs/labAccounts';
import { runLab } from '../../src/app/labs/runLab';
import { LabTranscript } from '../../src/cli/lab/labTranscript';
import { ifaceEc2 } from '../../src/labs/ifaceEc2/ifaceEc2';
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
  const ids = numbered(calm, /\b(?:vpce|vpc|subnet|eni|sg|igw|i|r)-[0-9a-f]{17}\b/g, word => `${word.split('-')[0]}-#`);
  return numbered(ids, /\b172\.31\.\d+\.\d+\b(?!\/)/g, () => '172.31.#');
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

async function transcribe(breakageId: string | undefined) {
  const practice = new PracticeScopes('default-vpc');
  const breakage = ifaceEc2.breakages.find(({ id }) => id === breakageId);
  const lines: string[] = [];
  const transcript = new LabTranscript(line => lines.push(line));
  try {
    const scope = practice.provider;
    transcript.begin(ifaceEc2, [scope], breakage);
    const work = runLab(ifaceEc2, {
      accounts: await labAccounts(ifaceEc2, [scope], practice.ports),
      ledger: labLedger(),
      clock: practice.timeline,
      runId: 'golden',
      breakage,
      pollMs: 1000,
      patienceMs: 600_000,
      onProgress: progress => transcript.tell(progress),
    });
    const outcome = await runPatiently(practice, work);
    transcript.end(outcome);
    return { outcome, text: masked(`${lines.join('\n')}\n`) };
  } finally {
    practice.dispose();
  }
}

describe('the transcript of lab iface-ec2', function () {
  this.timeout(60_000);

  before(async () => {
    await PracticeScopes.load();
    await transcribe(undefined);
  });

  it('proves the private path', async () => {
    const { outcome, text } = await transcribe(undefined);
    matchGolden('lab-iface-ec2.golden.txt', text);
    assert.equal(outcome.isProved, true);
  });

  for (const breakage of ['private-dns-off', 'no-443']) {
    it(`names the cause when broken by ${breakage}`, async () => {
      const { outcome, text } = await transcribe(breakage);
      matchGolden(`lab-iface-ec2-${breakage}.golden.txt`, text);
      assert.deepEqual([outcome.isProved, outcome.survivors], [false, []]);
    });
  }
});
