import assert from 'node:assert/strict';
import type { Loadable, ResourceStore, Scope } from '../../src/app/appModel';
import { deferred } from '../../src/base/async';
import type { ArrangedView } from '../../src/ui/views/arrangedView';
import { ScopeBranch } from '../../src/ui/views/scopeBranch';
import { HandClock } from '../support/handClock';

describe('a scope that takes its time, in VS Code', () => {
  it('says so soon, and so holds up no other scope of its view', async () => {
    const clock = new HandClock();
    const rows = deferred<Loadable<readonly object[]>>();
    const state = { value: undefined, isLoading: true, error: undefined, isPartial: false };
    const store = { get: () => state, firstRows: () => rows.promise, load: () => rows.promise };
    const options = { viewId: 'test', store: store as unknown as ResourceStore<object>, clock };
    const view: ArrangedView<object> = {
      options: options as unknown as ArrangedView<object>['options'],
      grouping: undefined,
      filter: '',
      redraw: () => undefined,
      whileReading: work => work(),
    };
    const { node } = new ScopeBranch(view, { id: 'slow', label: 'slow' } as Scope);
    let isTold = false;
    const reading = node.children().finally(() => {
      isTold = true;
    });
    await clock.advance(399);
    assert.equal(isTold, false);
    await clock.advance(1);
    assert.deepEqual(
      (await reading).map(child => child.item().label),
      ['Reading…'],
    );
    rows.resolve(state);
  });
});
