import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { ResourceStore, Scope, ScopeStore } from '../../../src/app/appModel';
import { runChange } from '../../../src/app/changes/runChange';
import { createStores, type Stores } from '../../../src/app/stores';
import { LabError } from '../../../src/core/errors';
import { type Disturbance, disturbances } from '../../support/disturbedCloud';
import { faultedInstances } from '../../support/faultedInstances';
import { faultedNetwork } from '../../support/faultedNetwork';
import { type FaultedOperation, faultedOperations } from '../../support/faultedOperations';
import { FaultRig } from '../../support/faultRig';
import { PracticeScopes } from '../../support/practiceScopes';

const tablePath = 'docs/faults.md';
/** Worlds at once: most of a run is the SDK waiting before it tries again. */
const atOnce = 12;

const scopeStore = (scopes: readonly Scope[]) =>
  ({ scopes, onDidChange: () => ({ dispose: () => undefined }) }) as unknown as ScopeStore;

async function withRig<T>(work: (rig: FaultRig, stores: Stores) => Promise<T>): Promise<T> {
  const rig = new FaultRig();
  const stores = createStores(scopeStore(rig.scopes), rig.timeline);
  try {
    return await work(rig, stores);
  } finally {
    stores.dispose();
    rig.dispose();
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

/** Writing actions of one undisturbed run, and how many things it makes and removes. */
async function cleanRun(operation: FaultedOperation) {
  return withRig(async (rig, stores) => {
    const scope = rig.consumer;
    const change = await rig.run(operation.prepare(scope, stores));
    const before = rig.things();
    rig.disturbed.actions.length = 0;
    const outcome = await rig.run(runChange(scope, change));
    assert.equal(outcome.kind, 'done', `${operation.name}: ${outcome.kind === 'stopped' ? outcome.error : ''}`);
    const made = [...rig.things()].filter(id => !before.has(id));
    const gone = [...before].filter(id => !rig.things().has(id));
    // Readings have a table of their own.
    const actions = [...new Set(rig.disturbed.actions)].filter(action => !/^(?:Describe|Get|List)/.test(action));
    return { actions, made: made.length, gone: gone.length };
  });
}

/** What became of one write whose calls of one action were disturbed. Throws when something was lost or doubled. */
async function disturbedRun(
  operation: FaultedOperation,
  action: string,
  disturbance: Disturbance,
  clean: { readonly made: number; readonly gone: number },
): Promise<string> {
  return withRig(async (rig, stores) => {
    const scope = rig.consumer;
    const change = await rig.run(operation.prepare(scope, stores));
    const before = rig.things();
    rig.disturbed.disturb({ disturbance, meets: name => name === action });
    const outcome = await rig.run(runChange(scope, change));
    rig.disturbed.disturb(undefined);
    const now = rig.things();
    const made = [...now].filter(id => !before.has(id));
    const gone = [...before].filter(id => !now.has(id));
    const what = `${operation.name}, ${action} ${disturbance}`;
    assert.ok(made.length <= clean.made, `${what}: doubled ${made}`);
    assert.ok(gone.length <= clean.gone, `${what}: too much is gone: ${gone}`);
    if (outcome.kind === 'done') {
      assert.equal(made.length, clean.made, `${what}: done, but not all is there`);
      assert.equal(gone.length, clean.gone, `${what}: done, but not all is gone`);
      return 'done';
    }
    const code = codeOf(outcome.error);
    const named = outcome.made.map(({ id }) => id);
    const lost = made.filter(id => !named.includes(id));
    assert.ok(lost.length === 0 || code === 'answerLost', `${what}: ${code}, and ${lost} is not named`);
    return made.length === 0 ? code : `${code}, says what exists`;
  });
}

/** A line that says what could not be read is none of the things that are listed. */
const isRow = (entry: unknown) => (entry as { readonly kind?: string }).kind !== 'unread';

/** What a store shows when one action of its reading is disturbed. Throws when it shows a wrong "empty". */
async function disturbedReadings(name: keyof Stores, action: string): Promise<readonly Row[]> {
  return withRig(async (rig, stores) => {
    const store: ResourceStore<unknown> = stores[name];
    const scope = rig.provider;
    const truth = await rig.run(store.load(scope));
    const rows: Row[] = [];
    for (const disturbance of disturbances) {
      rig.disturbed.disturb({ disturbance, meets: called => called === action });
      const error = await rig.run(
        store.refresh(scope).then(
          () => undefined,
          (caught: unknown) => caught,
        ),
      );
      rig.disturbed.disturb(undefined);
      const shown = store.get(scope);
      const what = `${name}, ${action} ${disturbance}`;
      assert.equal(shown.isLoading, false, `${what}: frozen`);
      assert.equal(shown.value?.filter(isRow).length, truth.length, `${what}: rows are lost`);
      assert.equal(shown.error === undefined, error === undefined, what);
      assert.equal((await rig.run(store.refresh(scope))).length, truth.length, `${what}: it does not come back`);
      assert.equal(store.get(scope).error, undefined, what);
      const isWhole = shown.value?.every(isRow);
      const outcome = error
        ? `${codeOf(error)}, rows stay`
        : isWhole
          ? 'shown'
          : 'rows stay, a line says what was not read';
      rows.push([name, action, disturbance, outcome]);
    }
    return rows;
  });
}

type Row = readonly [subject: string, action: string, disturbance: Disturbance, outcome: string];

function tableOf(title: string, rows: readonly Row[]): string {
  const subjects = [...new Set(rows.map(([subject, action]) => `${subject} | ${action}`))];
  const lines = subjects.map(line => {
    const own = rows.filter(([subject, action]) => `${subject} | ${action}` === line);
    return `| ${line} | ${disturbances.map(kind => own.find(([, , other]) => other === kind)?.[3] ?? '').join(' | ')} |`;
  });
  return [
    `## ${title}`,
    '',
    `| what | disturbed call | ${disturbances.join(' | ')} |`,
    `| --- | --- | ${disturbances.map(() => '---').join(' | ')} |`,
    ...lines,
    '',
  ].join('\n');
}

const introduction = `# What was tried with faults

Every call that a reading or a write makes is disturbed in turn, in a practice world of its own, behind the real SDK clients; \`test/unit/app/faultRuns.test.ts\` runs it and
holds this page (\`UPDATE_GOLDEN=1\` writes it). Nothing may be doubled; what exists after a write that stopped must be named, unless AWS's answer was lost, and then the message says to look; a list
never turns empty, or stays loading, because it could not be read.
`;

const writes: readonly FaultedOperation[] = [...faultedOperations, ...faultedInstances, ...faultedNetwork];

describe('the fault runs', function () {
  this.timeout(120_000);
  const page: string[] = [introduction];

  before(() => PracticeScopes.load());

  it('lose nothing and double nothing in any write', async () => {
    const runs = await inTurn(writes, async operation => ({ operation, clean: await cleanRun(operation) }));
    const cases = runs.flatMap(({ operation, clean }) =>
      clean.actions.flatMap(action => disturbances.map(disturbance => ({ operation, clean, action, disturbance }))),
    );
    const rows = await inTurn(cases, async ({ operation, clean, action, disturbance }): Promise<Row> => {
      const outcome = await disturbedRun(operation, action, disturbance, clean);
      return [operation.name, action, disturbance, outcome];
    });
    assert.ok(rows.some(([, , , outcome]) => outcome === 'done') && rows.some(([, , , outcome]) => outcome !== 'done'));
    page.push(tableOf('Writes', rows));
  });

  it('keep every list as it was when it cannot be read anew', async () => {
    const names = await withRig(async (_rig, stores) =>
      (Object.keys(stores) as (keyof Stores)[]).filter(name => 'refresh' in stores[name]),
    );
    const readings = await inTurn(names, name =>
      withRig(async (rig, stores) => {
        const store: ResourceStore<unknown> = stores[name];
        await rig.run(store.load(rig.provider));
        return { name, actions: [...new Set(rig.disturbed.actions)] };
      }),
    );
    const cases = readings.flatMap(({ name, actions }) => actions.map(action => ({ name, action })));
    const rows = await inTurn(cases, ({ name, action }) => disturbedReadings(name, action));
    page.push(tableOf('Readings', rows.flat()));
  });

  it('are written down', () => {
    const text = page.join('\n');
    if (process.env.UPDATE_GOLDEN) writeFileSync(tablePath, text);
    assert.equal(readFileSync(tablePath, 'utf8'), text);
  });
});
