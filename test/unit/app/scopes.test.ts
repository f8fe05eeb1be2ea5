import assert from 'node:assert/strict';
import type { Memory, SavedScope, Scope } from '../../../src/app/appModel';
import { runChange } from '../../../src/app/changes/runChange';
import { savedScopesKey } from '../../../src/app/remembered';
import { readSavedScopes, writeSavedScopes } from '../../../src/app/savedScopes';
import { Scopes } from '../../../src/app/scopes';
import { LabError } from '../../../src/core/errors';
import { region, scopeId } from '../../../src/core/ids';
import { FakeCloud } from '../../support/fakeGateways';

const revive = (saved: SavedScope): Scope => ({
  id: scopeId(`profile:${saved.profile}`),
  label: saved.profile,
  kind: saved.endpointUrl ? 'local' : 'live',
  region: region(saved.region),
  saved,
  gateways: () => Promise.reject(new LabError('internal')),
});

function memory(stored?: unknown): Memory & { value: unknown } {
  return {
    value: stored,
    get() {
      return this.value;
    },
    async update(key, value) {
      assert.equal(key, savedScopesKey);
      this.value = value;
    },
  };
}

const lab = { profile: 'lab', region: 'ap-south-1', endpointUrl: 'http://127.0.0.1:4000' };

describe('the scopes of a window', () => {
  it('remembers profile scopes for the next window, without anything secret', () => {
    const store = memory();
    new Scopes({ memory: store, revive }).add(revive(lab));
    assert.deepEqual(store.value, { version: 1, scopes: [lab] });
    assert.deepEqual(
      new Scopes({ memory: store, revive }).scopes.map(({ label, kind }) => [label, kind]),
      [['lab', 'local']],
    );
  });

  it('does not remember practice scopes, and shows them first', () => {
    const store = memory({ version: 1, scopes: [lab] });
    const scopes = new Scopes({ memory: store, revive });
    scopes.add(new FakeCloud('provider').scope);
    scopes.add(new FakeCloud('consumer').scope);
    assert.deepEqual(
      scopes.scopes.map(({ label }) => label),
      ['provider', 'consumer', 'lab'],
    );
    assert.deepEqual(store.value, { version: 1, scopes: [lab] });
  });

  for (const [what, stored] of [
    ['nothing', undefined],
    ['another version', { version: 2, scopes: [lab] }],
    ['rubbish', 'rubbish'],
    ['damaged entries', { version: 1, scopes: [{ profile: 1 }, { profile: '', region: 'x' }, null] }],
  ] as const) {
    it(`starts empty from ${what}`, () => {
      const scopes = new Scopes({ memory: memory(stored), revive });
      assert.deepEqual(scopes.scopes, []);
    });
  }

  it('keeps the readable entries of a damaged file', () => {
    const scopes = new Scopes({
      memory: memory({ version: 1, scopes: [null, { profile: 'x', region: 'nowhere' }, lab] }),
      revive,
    });
    assert.deepEqual(
      scopes.scopes.map(({ label }) => label),
      ['lab'],
    );
  });

  it('forgets a removed scope', () => {
    const store = memory({ version: 1, scopes: [lab] });
    const scopes = new Scopes({ memory: store, revive });
    let changes = 0;
    scopes.onDidChange(() => changes++);
    scopes.remove(revive(lab).id);
    scopes.remove(revive(lab).id);
    assert.equal(changes, 1);
    assert.deepEqual(store.value, { version: 1, scopes: [] });
  });

  it('keeps a scope read-only in the next window, and stays the same scope for whoever holds it', async () => {
    const store = memory({ version: 1, scopes: [lab] });
    const scopes = new Scopes({ memory: store, revive });
    const [held] = scopes.scopes;
    assert.ok(held);
    scopes.setReadOnly(held.id, true);
    assert.equal(scopes.find(held.id), held);
    assert.deepEqual(store.value, { version: 1, scopes: [{ ...lab, isReadOnly: true }] });
    const outcome = await runChange(held, { run: async () => assert.fail('nothing may be changed') });
    assert.ok(
      outcome.kind === 'stopped' && outcome.error instanceof LabError && outcome.error.code === 'scopeReadOnly',
    );
    scopes.setReadOnly(held.id, false);
    assert.deepEqual(readSavedScopes(store.value), [lab]);
  });

  it('keeps a practice scope read-only in this window alone', () => {
    const store = memory();
    const scopes = new Scopes({ memory: store, revive });
    const { scope } = new FakeCloud('provider');
    scopes.add(scope);
    scopes.setReadOnly(scope.id, true);
    assert.equal(scope.isReadOnly, true);
    assert.equal(store.value, undefined);
    scopes.setReadOnly(revive(lab).id, true);
    assert.equal(scopes.scopes.length, 1);
  });

  it('leaves alone what another window, or settings sync, has remembered meanwhile', () => {
    const store = memory({ version: 1, scopes: [lab] });
    const scopes = new Scopes({ memory: store, revive });
    const other = { profile: 'other', region: 'eu-west-1' };
    store.value = { version: 1, scopes: [lab, other] };
    const mine = { profile: 'mine', region: 'us-east-1' };
    scopes.add(revive(mine));
    assert.deepEqual(readSavedScopes(store.value), [lab, other, mine]);
    scopes.remove(revive(lab).id);
    assert.deepEqual(readSavedScopes(store.value), [other, mine]);
  });

  it('remembers addresses of single services, and passes over those that are none', () => {
    const saved = { ...lab, serviceEndpointUrls: { ec2: 'http://127.0.0.1:5000' } };
    assert.deepEqual(readSavedScopes(writeSavedScopes([saved])), [saved]);
    assert.deepEqual(readSavedScopes(writeSavedScopes([{ ...lab, serviceEndpointUrls: { ec2: 'nonsense' } }])), []);
  });

  it('asks for an identity anew after a sign-in', async () => {
    const cloud = new FakeCloud();
    const scopes = new Scopes({ memory: memory(), revive });
    await scopes.identityOf(cloud.scope);
    scopes.noteSignIn(cloud.scope);
    await scopes.identityOf(cloud.scope);
    assert.equal(cloud.count('whoAmI'), 2);
  });

  it('asks for an identity once, and again after a failure', async () => {
    const cloud = new FakeCloud();
    const scopes = new Scopes({ memory: memory(), revive });
    cloud.failures.set('whoAmI', new LabError('credentialsExpired'));
    await assert.rejects(scopes.identityOf(cloud.scope));
    cloud.failures.clear();
    const [one, other] = await Promise.all([scopes.identityOf(cloud.scope), scopes.identityOf(cloud.scope)]);
    assert.equal(one, other);
    assert.equal(cloud.count('whoAmI'), 2);
  });
});
