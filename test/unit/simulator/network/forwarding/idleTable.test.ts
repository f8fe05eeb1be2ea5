import assert from 'node:assert/strict';
import { IdleTable } from '../../../../../src/simulator/network/forwarding/idleTable';
import { Timeline } from '../../../../../src/simulator/timeline';

describe('a table that forgets', () => {
  it('keeps what is asked for, and forgets what is idle', () => {
    const timeline = new Timeline(0);
    const table = new IdleTable<string>(timeline, 10);
    table.add('a', 'one', 100);
    timeline.advanceTo(90);
    assert.equal(table.renew('a', 100), 'one');
    timeline.advanceTo(180);
    assert.equal(table.renew('a', 100), 'one');
    timeline.advanceTo(281);
    assert.equal(table.renew('a', 100), undefined);
    assert.equal(table.size, 0);
  });

  it('forgets the least recently used first, and says what it forgets', () => {
    const forgotten: string[] = [];
    const table = new IdleTable<string>(new Timeline(0), 2, value => forgotten.push(value));
    table.add('a', 'one', 100);
    table.add('b', 'two', 100);
    table.renew('a', 100);
    table.add('c', 'three', 100);
    table.add('a', 'four', 100);
    table.delete('c');
    assert.deepEqual(forgotten, ['two', 'one', 'three']);
    assert.equal(table.renew('a', 100), 'four');
  });
});
