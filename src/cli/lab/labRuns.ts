import { randomBytes, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import type { Scope } from '../../app/appModel';
import { checkLab } from '../../app/labs/checkLab';
import { cleanUp } from '../../app/labs/cleanUp';
import { labAccounts } from '../../app/labs/labAccounts';
import { checkWords, thingWords } from '../../app/labs/labWords';
import { Ledger } from '../../app/labs/ledger';
import { runLab } from '../../app/labs/runLab';
import { silentLog } from '../../base/log';
import { composePractice, secureShellClient, sessionPorts, wallClock } from '../../compose';
import type { Lab } from '../../labs/lab';
import { startPracticeWorker } from '../../simulator/workerClient';
import { costSentence } from '../../words/endpointPlans';
import { say } from '../../words/prose';
import { t } from '../../words/translation';
import { FileLedgerLog, ledgerFile } from './fileLedgerLog';
import type { AccountsWanted, LabCommand, RunWanted } from './labCommand';
import { LabTranscript, survivorWords } from './labTranscript';
import { ProcessLedgerLog } from './processLedgerLog';
import { profileScopes } from './profileScopes';

/** States settle in seconds on practice, in minutes on AWS. */
const practicePace = { pollMs: 300, patienceMs: 120_000 };
const awsPace = { pollMs: 5_000, patienceMs: 600_000 };

/** Each resolves with whether everything held. */
export async function practise(
  wanted: Extract<LabCommand, { kind: 'practise' }>,
  signal: AbortSignal,
): Promise<boolean> {
  let isProved = true;
  for (const lab of wanted.labs) isProved = (await practiseOne(lab, wanted, signal)) && isProved;
  return isProved;
}

async function practiseOne(
  lab: Lab,
  wanted: Extract<LabCommand, { kind: 'practise' }>,
  signal: AbortSignal,
): Promise<boolean> {
  const entry = new URL('../practiceWorker.js', import.meta.url);
  const options = { world: wanted.world, pace: 'fast' } as const;
  const cloud = await startPracticeWorker(fileURLToPath(entry), options, silentLog);
  try {
    // A run on practice ends with its cloud, so its ledger need not outlive it.
    const ledger = new Ledger(new ProcessLedgerLog(), randomUUID);
    const isProved = await runOne(
      lab,
      composePractice(cloud, silentLog),
      ledger,
      { ...wanted, ...practicePace },
      signal,
    );
    if (wanted.isKept) console.log(t('Nothing was deleted; the practice cloud ends with this run.'));
    return isProved;
  } finally {
    await cloud.dispose();
  }
}

export async function runOnAws(wanted: Extract<LabCommand, { kind: 'onAws' }>, signal: AbortSignal): Promise<boolean> {
  const { lab, accounts, isConfirmed } = wanted;
  const scopes = await profileScopes(accounts);
  if (!isConfirmed && !(await isPriceConfirmed(lab, scopes, signal))) return false;
  return runOne(
    lab,
    scopes,
    new Ledger(new FileLedgerLog(ledgerFile()), randomUUID),
    { ...wanted, ...awsPace },
    signal,
  );
}

async function isPriceConfirmed(lab: Lab, scopes: readonly Scope[], signal: AbortSignal): Promise<boolean> {
  const [first] = scopes;
  if (!process.stdin.isTTY) {
    console.error(t('Say --yes to begin: {0}', costSentence(first?.kind ?? 'live', lab.hourlyPriceUsd)));
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const places = scopes.map(({ label, region }) => `${label} (${region})`).join(', ');
    const question = t(
      '{0} in {1}. {2}',
      say(lab.title),
      places,
      costSentence(first?.kind ?? 'live', lab.hourlyPriceUsd),
    );
    const answer = await terminal.question(`${question} ${t('Type yes to begin:')} `, { signal });
    return answer.trim().toLowerCase() === t('yes');
  } finally {
    terminal.close();
  }
}

async function runOne(
  lab: Lab,
  scopes: readonly Scope[],
  ledger: Ledger,
  wanted: RunWanted & typeof practicePace,
  signal: AbortSignal,
): Promise<boolean> {
  const transcript = new LabTranscript(line => console.log(line));
  const own = scopes.slice(0, lab.accounts.length);
  transcript.begin(lab, own, wanted.breakage);
  const { breakage, isKept, pollMs, patienceMs } = wanted;
  const outcome = await runLab(lab, {
    accounts: await labAccounts(lab, own, await sessionPorts(silentLog), secureShellClient),
    ledger,
    clock: wallClock,
    runId: randomBytes(4).toString('hex'),
    breakage,
    isKept,
    pollMs,
    patienceMs,
    onProgress: progress => transcript.tell(progress),
    signal,
  });
  transcript.end(outcome);
  return outcome.isProved;
}

/** Says how each step stands; proofs are left aside, since they take packets. */
export async function check(lab: Lab, accounts: AccountsWanted, signal: AbortSignal): Promise<boolean> {
  const scopes = await profileScopes(accounts);
  const sites = await labAccounts(lab, scopes, await sessionPorts(silentLog), secureShellClient);
  const gateways = new Map([...sites].map(([role, site]) => [role, site.gateways]));
  const standings = await checkLab(lab, gateways, { signal });
  for (const { step, check: standing } of standings) {
    if (step.isCleanUp) continue;
    const mark = !standing ? '·' : { holds: '✓', fails: '✗', unknown: '?' }[standing.state];
    console.log(`${mark} ${step.id}  ${say(step.title)}`);
    console.log(`       ${standing ? checkWords(standing) : t('Packets prove this; looking alone does not.')}`);
  }
  return standings.every(({ check: standing }) => !standing || standing.state === 'holds');
}

/** Takes away what earlier runs have left in these accounts. */
export async function clean(accounts: AccountsWanted, signal: AbortSignal): Promise<boolean> {
  const scopes = await profileScopes(accounts);
  const ledger = new Ledger(new FileLedgerLog(ledgerFile()), randomUUID);
  const gateways = new Map(
    await Promise.all(scopes.map(async scope => [scope.id as string, await scope.gateways()] as const)),
  );
  const open = await ledger.open();
  const runIds = new Set(open.flatMap(({ runId, scopeId }) => (gateways.has(scopeId) ? [runId] : [])));
  let isClean = true;
  for (const runId of runIds) {
    const survivors = await cleanUp({
      gateways,
      ledger,
      clock: wallClock,
      runId,
      ...awsPace,
      onEntry: ({ thing, resourceId }, state) => {
        if (state === 'gone') console.log(`− ${thingWords(thing, resourceId)}`);
      },
      signal,
    });
    for (const survivor of survivors) console.log(survivorWords(survivor));
    isClean &&= survivors.length === 0;
  }
  if (isClean) console.log(t('Nothing that runs of labs made is left in these accounts.'));
  return isClean;
}
