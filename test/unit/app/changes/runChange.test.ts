import assert from 'node:assert/strict';
import { askPermission } from '../../../../src/app/changes/askPermission';
import type { ChangeContext } from '../../../../src/app/changes/plannedChange';
import { removeMade, runChange } from '../../../../src/app/changes/runChange';
import { LabError } from '../../../../src/core/errors';
import { FakeCloud } from '../../../support/fakeGateways';

const thing = (id: string, removed: string[], error?: Error) => ({
  id,
  label: id,
  remove: async () => {
    if (error) throw error;
    removed.push(id);
  },
});

describe('running a change', () => {
  const { scope } = new FakeCloud();

  it('gives what it made', async () => {
    const outcome = await runChange(scope, { run: async () => 7 });
    assert.deepEqual(outcome, { kind: 'done', result: 7 });
  });

  it('says what exists when it fails half-way, and takes it away newest first', async () => {
    const removed: string[] = [];
    const outcome = await runChange(scope, {
      run: async (context: ChangeContext) => {
        context.made(thing('target group', removed));
        context.made(thing('load balancer', removed));
        throw new LabError('limitExceeded');
      },
    });
    assert.ok(outcome.kind === 'stopped');
    assert.deepEqual(await removeMade(outcome.made), []);
    assert.deepEqual(removed, ['load balancer', 'target group']);
  });

  it('goes on removing when one thing stays, and names it', async () => {
    const removed: string[] = [];
    const error = new LabError('dependencyViolation');
    const stuck = thing('listener', removed, error);
    assert.deepEqual(await removeMade([thing('first', removed), stuck, thing('last', removed)]), [
      { thing: stuck, error },
    ]);
    assert.deepEqual(removed, ['last', 'first']);
  });

  it('changes nothing through a scope that is read-only', async () => {
    let hasRun = false;
    const outcome = await runChange(
      { ...scope, isReadOnly: true },
      {
        run: async () => {
          hasRun = true;
        },
      },
    );
    assert.ok(outcome.kind === 'stopped' && outcome.error instanceof LabError);
    assert.equal(outcome.error.code, 'scopeReadOnly');
    assert.equal(hasRun, false);
  });
});

describe('asking for permission', () => {
  const { scope } = new FakeCloud();
  const refusing = (error: Error) => async () => {
    throw error;
  };

  it('tells allowed, denied and not known apart', async () => {
    const denied = new LabError('accessDenied', {}, { cloudCode: 'UnauthorizedOperation' });
    assert.deepEqual(await askPermission(scope, refusing(new LabError('rehearsalPassed'))), { kind: 'allowed' });
    assert.deepEqual(await askPermission(scope, refusing(denied)), { kind: 'denied', error: denied });
    assert.deepEqual(await askPermission(scope, refusing(new LabError('cloudUnreachable'))), { kind: 'unknown' });
    assert.deepEqual(await askPermission(scope, undefined), { kind: 'unknown' });
  });

  it('never asks a backend that might do it instead', async () => {
    let asked = 0;
    const rehearse = async () => {
      asked++;
    };
    const saved = { profile: 'x', region: scope.region, endpointUrl: 'https://cloud.example' };
    assert.deepEqual(await askPermission({ ...scope, kind: 'local' }, rehearse), { kind: 'unknown' });
    assert.deepEqual(await askPermission({ ...scope, kind: 'live', saved }, rehearse), { kind: 'unknown' });
    assert.equal(asked, 0);
  });
});
