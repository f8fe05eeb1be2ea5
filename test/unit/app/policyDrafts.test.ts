import assert from 'node:assert/strict';
import { PolicyDrafts } from '../../../src/app/policyDrafts';
import { scopeId, vpcEndpointId } from '../../../src/core/ids';

const scope = scopeId('practice:provider');
const endpoint = vpcEndpointId('vpce-0123456789abcdef0');

function memory(value?: unknown) {
  const kept = { value };
  return {
    get: () => kept.value,
    update: async (_key: string, next: unknown) => {
      kept.value = next;
    },
  };
}

describe('drafts of policies', () => {
  it('are there again in the next window, until they are applied', () => {
    const store = memory();
    new PolicyDrafts(store).keep(scope, endpoint, 'first');
    new PolicyDrafts(store).keep(scope, endpoint, 'second');
    const next = new PolicyDrafts(store);
    assert.equal(next.find(scope, endpoint), 'second');
    assert.equal(next.find(scopeId('practice:consumer'), endpoint), undefined);
    next.forget(scope, endpoint);
    assert.equal(new PolicyDrafts(store).find(scope, endpoint), undefined);
  });

  it('are not kept without end: the oldest goes first', () => {
    const drafts = new PolicyDrafts(memory());
    const idOf = (number: number) => vpcEndpointId(`vpce-${String(number).padStart(17, '0')}`);
    for (let number = 0; number <= 20; number++) drafts.keep(scope, idOf(number), String(number));
    assert.deepEqual([drafts.find(scope, idOf(0)), drafts.find(scope, idOf(20))], [undefined, '20']);
  });

  it('are none where something else was remembered', () => {
    for (const stored of ['text', [['only a key']], [[1, 2]], { a: 1 }])
      assert.equal(new PolicyDrafts(memory(stored)).find(scope, endpoint), undefined);
  });
});
