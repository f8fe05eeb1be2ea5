import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Loadable, ResourceStore, Scope, ScopeStore } from '../../../src/app/appModel';
import { removeMade, runChange } from '../../../src/app/changes/runChange';
import { createStores, type Stores } from '../../../src/app/stores';
import { LabError } from '../../../src/core/errors';
import type { SavedWorld } from '../../../src/simulator/save/savedWorld';
import { type Disturbance, type DisturbedCloud, disturbances, type Plan } from '../../support/faults/disturbedCloud';
import { faultedOperations } from '../../support/faults/faultedOperations';
import type { FaultedOperation, Write } from '../../support/faults/faultGround';
import { FaultRig } from '../../support/faults/faultRig';
import { fillWorld } from '../../support/faults/filledWorld';
import { entriesOf, linesOf, thingsOf } from '../../support/faults/worldEntries';
import { PracticeScopes } from '../../support/practiceScopes';

const tablePath = 'docs/faults.md';
/** Worlds at once: most of a run is the SDK waiting before it tries again. */
const atOnce = 64;

const scopeStore = (scopes: readonly Scope[]) =>
  ({ scopes, onDidChange: () => ({ dispose: () => undefined }) }) as unknown as ScopeStore;

async function withRig<T>(work: (rig: FaultRig, stores: Stores) => Promise<T>): Promise<T> {
  const rig = new FaultRig();
  const stores = createStores(scopeStore(rig.scopes), rig.clock);
  try {
    return await work(rig, stores);
  } finally {
    stores.dispose();
  }
}

async function inTurn<In, Out>(inputs: readonly In[], work: (input: In) => Promise<Out>): Promise<readonly Out[]> {
  const results: Out[] = [];
  const queue = [...inputs.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

const codeOf = (error: unknown) => (error instanceof LabError ? error.code : `not one of ours: ${String(error)}`);

/** A planned write in a world of its own. */
interface Stage {
  readonly rig: FaultRig;
  readonly change: Write;
  /** The world before the write. */
  readonly saved: SavedWorld;
  /** Names of the stores that were told of a change. */
  readonly noted: Set<string>;
}

async function stage(rig: FaultRig, stores: Stores, operation: FaultedOperation): Promise<Stage> {
  const { consumer: scope, provider: other, elsewhere, clock } = rig;
  const change = await rig.run(operation.prepare({ scope, other, elsewhere, stores, clock }));
  const noted = new Set<string>();
  for (const [name, store] of Object.entries(stores))
    if ('noteChange' in store) store.noteChange = async () => void noted.add(name);
  return { rig, change, saved: rig.save(), noted };
}

/** What has come and gone since a moment. */
function effectSince(rig: FaultRig, saved: SavedWorld) {
  const [before, now] = [entriesOf(saved), entriesOf(rig.save())];
  const [linesBefore, linesNow] = [linesOf(before), linesOf(now)];
  const come = minus(linesNow, linesBefore).map(line => `+ ${line}`);
  const left = minus(linesBefore, linesNow).map(line => `- ${line}`);
  const [thingsBefore, thingsNow] = [thingsOf(before), thingsOf(now)];
  return {
    made: minus(thingsNow, thingsBefore),
    gone: minus(thingsBefore, thingsNow),
    lines: [...come, ...left].sort(),
  };
}

const minus = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].filter(item => !other.has(item));

/** What one run does to the world, whom it tells, and how it ends. */
async function runOnce({ rig, change, saved, noted }: Stage, plan?: Parameters<DisturbedCloud['disturb']>[0]) {
  rig.rewind(saved);
  noted.clear();
  rig.disturbed.actions.length = 0;
  rig.disturbed.disturb(plan);
  const outcome = await rig.run(runChange(rig.consumer, change));
  rig.disturbed.disturb(undefined);
  return { outcome, noted: [...noted], actions: [...new Set(rig.disturbed.actions)], ...effectSince(rig, saved) };
}

type Run = Awaited<ReturnType<typeof runOnce>>;

/** What became of one write whose calls of one action were disturbed. Throws when something was lost or doubled. */
async function disturbedRun(at: Stage, what: string, plan: Plan, clean: Run): Promise<string> {
  const { outcome, made, gone, lines, noted } = await runOnce(at, plan);
  assert.ok(made.length <= clean.made.length, `${what}: doubled ${made}`);
  assert.ok(gone.length <= clean.gone.length, `${what}: too much is gone: ${gone}`);
  // Only the answer is missing: whoever lists it must look.
  if (clean.lines.every(line => lines.includes(line))) assert.deepEqual(noted, clean.noted, `${what}: not told`);
  if (outcome.kind === 'done') {
    assert.deepEqual(lines, clean.lines, `${what}: done, but the world is another`);
    return 'done';
  }
  const code = codeOf(outcome.error);
  const named = outcome.made.map(({ id }) => id);
  const lost = made.filter(thing => !named.some(id => thing.endsWith(`/${id}`)));
  const isNamed = lost.every(thing => goesWith(thing, named));
  assert.ok(isNamed || code === 'answerLost', `${what}: ${code}, and ${lost} is not named`);
  const survivors = await at.rig.run(removeMade(outcome.made));
  // What is unknown may hold what is known.
  const stays = survivors.map(({ thing, error }) => `${thing.id}: ${error}`);
  if (code !== 'answerLost') assert.deepEqual(stays, [], what);
  const left = effectSince(at.rig, at.saved).made;
  const isClean = left.every(thing => lost.includes(thing));
  assert.ok(isClean || code === 'answerLost', `${what}: not all that was named went away: ${left}`);
  return made.length === 0 ? code : `${code}, says what exists`;
}

/** A listener goes with its load balancer, a profile with the role that was made for it. */
function goesWith(thing: string, named: readonly string[]): boolean {
  if (thing.startsWith('listeners/')) return named.some(id => thing.includes(id.replace(/^.*:loadbalancer\//, '')));
  return false;
}

/** Each call of a write disturbed in each way. What went wrong that should not is pushed to `faults`. */
async function disturbedRuns(operation: FaultedOperation, faults: unknown[]): Promise<readonly Row[]> {
  return withRig(async (rig, stores) => {
    const at = await stage(rig, stores, operation);
    const clean = await runOnce(at);
    const { outcome, actions } = clean;
    assert.equal(outcome.kind, 'done', `${operation.name}: ${outcome.kind === 'stopped' ? outcome.error : ''}`);
    const rows: Row[] = [];
    for (const action of actions)
      for (const disturbance of disturbances) {
        const plan: Plan = { disturbance, meets: name => name === action };
        const what = `${operation.name}, ${action} ${disturbance}`;
        const told = await disturbedRun(at, what, plan, clean).catch((fault: unknown) => {
          faults.push(fault);
          return 'fault';
        });
        rows.push([operation.name, action, disturbance, told]);
      }
    return rows;
  });
}

/** A line that says what could not be read is none of the things that are listed. */
const isRow = (entry: unknown) => (entry as { readonly kind?: string }).kind !== 'unread';
/** What a row, or a line of its own, says of what is missing. */
const lackForm = /"gaps":\[\{|"problems":\[\{|"sessionManagerError":\{|"kind":"unread"/;

/** The zone of an instance, and what another account's network adds to a peering: nobody is told what these lack. */
const mayBeLeftOut =
  /^(?:instances, DescribeSubnets|peering, Describe(?:RouteTables|SecurityGroups|SecurityGroupRules)) /;

type Name = keyof Stores;

/** A filled world, saved before anybody has read its lists. */
const filledWorld = () =>
  withRig(async (rig, stores) => {
    const { provider: scope, consumer: other, elsewhere, clock } = rig;
    await rig.run(fillWorld({ scope, other, elsewhere, stores, clock }));
    return rig.save();
  });

/** The calls of one undisturbed reading, each as often as it was made. */
async function actionsOf(rig: FaultRig, saved: SavedWorld, name: Name): Promise<readonly string[]> {
  rig.rewind(saved);
  rig.disturbed.actions.length = 0;
  const store: ResourceStore<unknown> = freshStores(rig)[name];
  await rig.run(store.load(rig.provider));
  return [...rig.disturbed.actions];
}

const freshStores = (rig: FaultRig) => createStores(scopeStore(rig.scopes), rig.clock);

const outcomeOf = (shown: Loadable<readonly unknown[]>, truth: string, what: string): string => {
  const text = JSON.stringify(shown.value);
  if (shown.error) return shown.value?.length ? `${codeOf(shown.error)}, rows stay` : codeOf(shown.error);
  if (text === truth) return 'shown';
  if (lackForm.test(text)) return 'rows are shown, and what was not read';
  assert.match(what, mayBeLeftOut, `${what}: something is missing, and nothing says so`);
  return 'rows are shown with less';
};

interface ReadingKind {
  /** From which call of an action on; 2 breaks off after the first page. */
  readonly from: number;
  readonly hasSmallPages: boolean;
  readonly disturbances: readonly Disturbance[];
}

interface Reading extends ReadingKind {
  readonly name: Name;
  readonly action: string;
}

/** What a store shows when one action of its readings is disturbed. Throws when it shows a wrong "empty". */
async function disturbedReading(rig: FaultRig, saved: SavedWorld, reading: Reading): Promise<Row[]> {
  const { name, action, from } = reading;
  const rows: Row[] = [];
  for (const disturbance of reading.disturbances) {
    rig.rewind(saved);
    const store: ResourceStore<unknown> = freshStores(rig)[name];
    const scope = rig.provider;
    const plan: Plan = { disturbance, meets: (called, count) => called === action && count >= from };
    const what = `${name}, ${action} ${disturbance}`;
    await readDisturbed(rig, plan, store);
    const first = store.get(scope);
    assert.equal(first.isLoading, false, `${what}: frozen at first`);
    assert.ok(first.error || first.value?.filter(isRow).length, `${what}: wrongly empty`);
    assert.ok(!first.error || first.isPartial || !first.value, `${what}: taken for the whole`);
    const truth = await rig.run(store.refresh(scope));
    await readDisturbed(rig, plan, store);
    const shown = store.get(scope);
    assert.equal(shown.isLoading, false, `${what}: frozen`);
    assert.equal(shown.value?.filter(isRow).length, truth.length, `${what}: rows are lost`);
    rows.push([name, action, disturbance, outcomeOf(shown, JSON.stringify(truth), what)]);
    assert.equal((await rig.run(store.refresh(scope))).length, truth.length, `${what}: it does not come back`);
    assert.equal(store.get(scope).error, undefined, what);
  }
  return rows;
}

async function readDisturbed(rig: FaultRig, plan: Plan, store: ResourceStore<unknown>): Promise<void> {
  rig.disturbed.actions.length = 0;
  rig.disturbed.disturb(plan);
  await rig.run(store.refresh(rig.provider).catch(() => undefined));
  rig.disturbed.disturb(undefined);
}

/** Readings of every store in the filled world; those that break off, of lists with more pages than one. */
async function disturbedReadings(kind: ReadingKind) {
  const saved = await filledWorld();
  const names = await withRig(async (_rig, stores) =>
    // What is billed is a sum, not a list: what may not be read is left out of it.
    (Object.keys(stores) as Name[]).filter(name => 'refresh' in stores[name] && name !== 'billed'),
  );
  const perStore = await inTurn(names, name =>
    withRig(async rig => {
      rig.hasSmallPages = kind.hasSmallPages;
      const all = await actionsOf(rig, saved, name);
      const rows: Row[] = [];
      for (const action of new Set(all))
        if (all.filter(other => other === action).length >= kind.from)
          rows.push(...(await disturbedReading(rig, saved, { ...kind, name, action })));
      return rows;
    }),
  );
  return perStore.flat();
}

type Row = readonly [subject: string, action: string, disturbance: Disturbance, outcome: string];

function tableOf(title: string, rows: readonly Row[], columns: readonly Disturbance[]): string {
  const subjects = [...new Set(rows.map(([subject, action]) => `${subject} | ${action}`))];
  const lines = subjects.map(line => {
    const own = rows.filter(([subject, action]) => `${subject} | ${action}` === line);
    return `| ${line} | ${columns.map(kind => own.find(([, , other]) => other === kind)?.[3] ?? '').join(' | ')} |`;
  });
  return [
    `## ${title}`,
    '',
    `| what | disturbed call | ${columns.join(' | ')} |`,
    `| --- | --- | ${columns.map(() => '---').join(' | ')} |`,
    ...lines,
    '',
  ].join('\n');
}

const introduction = `# What was tried with faults

Every call that a reading or a write makes is disturbed in turn, in a practice world that is rewound each time, behind the real SDK clients; \`test/unit/app/faultRuns.test.ts\` runs it and
holds this page (\`UPDATE_GOLDEN=1\` writes it). Every operation of \`src/app/operations\` is tried (\`faultedOperations.test.ts\`).

- A write that says it is done leaves the same world as one that nothing happened to, to the last value but the times.
- Nothing is doubled. What exists after a write that stopped is named, and goes away when it is asked to, unless AWS's answer was lost: then the message says to look.
- When only the answer is missing, the view of what was changed reads it anew.
- A list never turns empty, or stays loading, because it could not be read, and half of it is never taken for the whole. What is missing of a row, it says.
`;

describe('the fault runs', function () {
  this.timeout(600_000);
  const page: string[] = [introduction];

  before(() => PracticeScopes.load());

  it('lose nothing and double nothing in any write', async () => {
    const faults: unknown[] = [];
    const rows = (await inTurn(faultedOperations, operation => disturbedRuns(operation, faults))).flat();
    assert.equal(faults.map(String).join('\n'), '');
    assert.ok(rows.some(([, , , outcome]) => outcome === 'done') && rows.some(([, , , outcome]) => outcome !== 'done'));
    page.push(tableOf('Writes', rows, disturbances));
  });

  it('keep every list as it was when it cannot be read anew', async () => {
    const rows = await disturbedReadings({ from: 1, hasSmallPages: false, disturbances });
    page.push(tableOf('Readings', rows, disturbances));
  });

  it('take no half of a list for the whole', async () => {
    const chosen = ['throttled for good', 'unauthorised', 'expired', 'unreachable'] as const;
    const rows = await disturbedReadings({ from: 2, hasSmallPages: true, disturbances: chosen });
    page.push(tableOf('Readings that break off after the first page', rows, chosen));
  });

  it('are written down', () => {
    const text = page.join('\n');
    if (process.env.UPDATE_GOLDEN) writeFileSync(tablePath, text);
    assert.equal(readFileSync(tablePath, 'utf8'), text);
  });
});
