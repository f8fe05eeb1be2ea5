import assert from 'node:assert/strict';
import { ResourceList } from '../../../src/app/resourceList';
import { type Deferred, deferred } from '../../../src/base/async';
import { LabError } from '../../../src/core/errors';
import { FakeCloud } from '../../support/fakeGateways';
import { HandClock, settle } from '../../support/handClock';

interface Thing {
  readonly id: string;
}

const things = (from: number, to: number): Thing[] =>
  Array.from({ length: to - from }, (_, index) => ({ id: `thing-${from + index}` }));

/** A list whose pages and end come when the test says so. */
function setUp() {
  const clock = new HandClock();
  const { scope } = new FakeCloud();
  let onPage: (items: readonly Thing[]) => void = () => {};
  let end: Deferred<readonly Thing[]> = deferred();
  const list = new ResourceList<Thing>(
    {
      read: (_scope, _signal, hear) => {
        onPage = hear;
        end = deferred();
        return end.promise;
      },
      idOf: ({ id }) => id,
      fingerprint: ({ id }) => id,
      isMoving: () => false,
    },
    clock,
  );
  let events = 0;
  list.onDidChange(() => events++);
  return {
    clock,
    scope,
    list,
    events: () => events,
    page: (items: readonly Thing[]) => onPage(items),
    finish: (items: readonly Thing[]) => end.resolve(items),
    fail: (code: 'throttled' | 'credentialsExpired') => end.reject(new LabError(code)),
    shown: () => list.get(scope).value?.length,
  };
}

describe('a list that comes in pages', () => {
  it('has rows as soon as the first page is there, and says that they are not all', async () => {
    const { list, scope, page } = setUp();
    const first = list.firstRows(scope);
    page(things(0, 100));
    const { value, isPartial, isLoading } = await first;
    assert.deepEqual([value?.length, isPartial, isLoading], [100, true, true]);
  });

  it('announces the first page at once, and those that follow together', async () => {
    const { list, scope, page, events, clock } = setUp();
    const whole = list.load(scope);
    page(things(0, 100));
    assert.equal(events(), 1);
    for (let from = 100; from < 900; from += 100) page(things(from, from + 100));
    assert.equal(events(), 1);
    await clock.advance(500);
    assert.equal(events(), 2);
    assert.equal(list.get(scope).value?.length, 900);
    list.keepOnly([]);
    whole.catch(() => undefined);
  });

  it('is whole only when everything came', async () => {
    const { list, scope, page, finish } = setUp();
    const whole = list.load(scope);
    page(things(0, 100));
    finish(things(0, 150));
    assert.equal((await whole).length, 150);
    const { isPartial, isLoading, error } = list.get(scope);
    assert.deepEqual([isPartial, isLoading, error], [false, false, undefined]);
  });

  it('keeps the rows that came before a failure, marked as incomplete, and reads all again when asked', async () => {
    const { list, scope, page, fail, finish, shown } = setUp();
    const whole = list.load(scope);
    page(things(0, 100));
    fail('credentialsExpired');
    await assert.rejects(whole);
    const { isPartial, isLoading, error } = list.get(scope);
    assert.deepEqual([shown(), isPartial, isLoading, error?.code], [100, true, false, 'credentialsExpired']);
    const again = list.load(scope);
    page(things(0, 50));
    assert.equal(shown(), 100);
    finish(things(0, 120));
    assert.equal((await again).length, 120);
    assert.equal(list.get(scope).isPartial, false);
  });

  it('does not take a shorter part for a whole that is known', async () => {
    const { list, scope, page, finish, fail, shown } = setUp();
    const first = list.load(scope);
    finish(things(0, 150));
    await first;
    const second = list.refresh(scope);
    page(things(0, 100));
    assert.equal(shown(), 150);
    assert.equal(list.get(scope).isPartial, false);
    page(things(100, 200));
    assert.equal(shown(), 200);
    assert.equal(list.get(scope).isPartial, true);
    fail('throttled');
    await assert.rejects(second);
    assert.equal(shown(), 200);
  });

  it('is never known to be empty while a page is still to come', async () => {
    const { list, scope, page, finish } = setUp();
    const first = list.firstRows(scope);
    page([]);
    const rows = await first;
    assert.deepEqual([rows.value, rows.isPartial], [[], true]);
    finish([]);
    await settle();
    assert.equal(list.get(scope).isPartial, false);
  });

  it('asks once when a failure is only looked at, and again when somebody wants it', async () => {
    const { list, scope, fail } = setUp();
    const first = list.firstRows(scope);
    fail('throttled');
    assert.equal((await first).error?.code, 'throttled');
    assert.equal((await list.firstRows(scope)).isLoading, false);
    const again = list.load(scope);
    assert.equal(list.get(scope).isLoading, true);
    fail('throttled');
    await assert.rejects(again);
  });

  it('tells of the list instead of each thing when very many changed, and finds each by its id', async () => {
    const { list, scope, finish, events } = setUp();
    const whole = list.load(scope);
    finish(things(0, 5_000));
    await whole;
    assert.equal(events(), 1);
    assert.equal(list.find(scope, 'thing-4999')?.id, 'thing-4999');
    assert.equal(list.find(scope, 'thing-5000'), undefined);
  });
});
