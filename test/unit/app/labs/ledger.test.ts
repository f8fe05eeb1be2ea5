import assert from 'node:assert/strict';
import { ProcessLedgerLog } from '../../../../src/cli/lab/processLedgerLog';
import { labLedger } from '../../../support/labLedger';

const run = { labId: 'iface-ec2', runId: 'r1', scopeId: 'practice:provider' };
const role = { kind: 'instanceRole', name: 'x' } as const;

describe('the ledger of the labs', () => {
  it('knows in the next window what may exist, what exists and what is gone', async () => {
    const log = new ProcessLedgerLog();
    const { id } = await labLedger(log).intend(run, role, 1);
    const states = async () => (await labLedger(log).open('r1')).map(({ state, resourceId }) => [state, resourceId]);
    assert.deepEqual(await states(), [['intended', undefined]]);
    await labLedger(log).made(id, 'role-1');
    assert.deepEqual(await states(), [['made', 'role-1']]);
    assert.deepEqual(await labLedger(log).open('another'), []);
    await labLedger(log).gone(id);
    assert.deepEqual(await states(), []);
  });

  it('only ever adds lines', async () => {
    const log = new ProcessLedgerLog();
    const ledger = labLedger(log);
    const { id } = await ledger.intend(run, role, 1);
    const before = [...(await log.read())];
    await ledger.made(id, 'role-1');
    await ledger.gone(id);
    assert.deepEqual((await log.read()).slice(0, before.length), before);
    assert.equal((await log.read()).length, 3);
  });

  it('gives the same entry to two windows that intend the same at once', async () => {
    const log = new ProcessLedgerLog();
    const [one, two] = await Promise.all([labLedger(log).intend(run, role, 1), labLedger(log).intend(run, role, 1)]);
    assert.equal(one.id, two.id);
    assert.equal((await labLedger(log).open()).length, 1);
  });

  it('gives another entry, with another token, to what is made again after it was gone', async () => {
    const ledger = labLedger();
    const first = await ledger.intend(run, role, 1);
    await ledger.gone(first.id);
    const second = await ledger.intend(run, role, 2);
    assert.notEqual(second.id, first.id);
    assert.deepEqual(
      (await ledger.open()).map(({ id }) => id),
      [second.id],
    );
  });

  it('keeps the same name in two accounts apart', async () => {
    const ledger = labLedger();
    await ledger.intend(run, role, 1);
    await ledger.intend({ ...run, scopeId: 'practice:consumer' }, role, 1);
    assert.equal((await ledger.open('r1')).length, 2);
  });

  it('keeps the first value of what is changed twice', async () => {
    const ledger = labLedger();
    const change = (previous: boolean) => ({ kind: 'privateDns', endpointId: 'vpce-1', previous }) as const;
    await ledger.intend(run, change(true), 1);
    const second = await ledger.intend(run, change(false), 2);
    assert.deepEqual([(await ledger.open()).length, second.thing], [1, change(true)]);
  });

  it('passes over a line that a crash has cut off', async () => {
    const log = new ProcessLedgerLog();
    await log.append('{"version":1,"record":"inten');
    await labLedger(log).intend(run, role, 1);
    assert.equal((await labLedger(log).open()).length, 1);
  });

  it('refuses what another version wrote, rather than forget it', async () => {
    const log = new ProcessLedgerLog();
    await log.append('{"version":2,"record":"intended"}');
    await assert.rejects(labLedger(log).open(), { code: 'ledgerUnknown' });
  });
});
