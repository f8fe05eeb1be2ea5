import assert from 'node:assert/strict';
import { silentLog } from '../../src/base/log';
import { DetailNode } from '../../src/ui/views/detailNode';
import { NodeTree } from '../../src/ui/views/nodeTree';
import { TimeNode } from '../../src/ui/views/timeNode';

const minuteMs = 60_000;

describe('times in a tree of VS Code', () => {
  let nowMs = Date.parse('2026-11-21T09:00:05Z');
  const moment = { atMs: nowMs, label: 'created', icon: 'calendar' };
  const created = new TimeNode('created', moment, () => nowMs);
  const fact = new DetailNode('kind', { label: 'interface', icon: 'symbol-class' });
  const tree = new NodeTree(
    () => [created, fact],
    () => undefined,
    silentLog,
  );
  const drawnAgain: unknown[] = [];
  tree.onDidChangeTreeData(nodes => drawnAgain.push(nodes));

  after(() => tree.dispose());

  it('are told as people say them, with the whole time in the tooltip and on the clipboard', () => {
    const item = tree.getTreeItem(created);
    assert.equal(item.label, 'just now');
    assert.equal(item.tooltip, 'just now\ncreated\n2026-11-21 09:00:05 UTC');
    assert.equal(item.accessibilityInformation?.label, 'just now, created');
    assert.equal(created.copyText, '2026-11-21T09:00:05.000Z');
  });

  it('are drawn again when they are wrong, and nothing else is', () => {
    tree.getTreeItem(fact);
    nowMs += 3 * minuteMs;
    tree.redrawAges();
    assert.deepEqual(drawnAgain, [[created]]);
    assert.equal(tree.getTreeItem(created).label, '3 min ago');
  });

  it('are forgotten when the editor does not ask for them any more', () => {
    tree.redrawAges();
    tree.redrawAges();
    assert.equal(drawnAgain.length, 2);
  });
});
