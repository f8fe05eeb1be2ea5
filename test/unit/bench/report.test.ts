import assert from 'node:assert/strict';
import { type Finding, findingRow, isReached, reportText } from '../../bench/report';

const faster: Finding = {
  job: 'lines',
  unit: 'lines/s',
  ours: 30,
  better: 'more',
  peer: { name: 'readline', value: 5 },
  goal: { times: 5 },
};
const smaller: Finding = {
  ...faster,
  job: 'size',
  unit: 'B',
  ours: 5,
  better: 'less',
  peer: { name: 'objects', value: 8 },
};

describe('a finding', () => {
  it('says how many times better ours is, whichever way the unit goes', () => {
    assert.equal(findingRow(faster).ratio, 6);
    assert.equal(findingRow(smaller).ratio, 1.6);
    assert.deepEqual([faster, smaller].map(findingRow).map(isReached), [true, false]);
  });

  it('with a limit is held against the limit, not against what stands beside it', () => {
    const row = findingRow({ ...smaller, goal: { limit: 5 } });
    assert.deepEqual(row, { job: 'size', unit: 'B', ours: 5, peer: null, ratio: null, kind: 'atMost', goal: 5 });
    assert.equal(isReached(row), true);
  });

  it('beside a peer that is only on record makes no ratio', () => {
    const peer = { name: 'tshark', value: 5, isRecorded: true } as const;
    const row = findingRow({ ...faster, peer });
    assert.deepEqual([row.kind, row.peer, row.ratio, row.goal], ['atLeast', null, null, 25]);
    assert.equal(findingRow({ ...smaller, peer }).goal, 1);
    assert.equal(
      reportText([{ ...faster, peer }]),
      'lines: 30 lines/s; tshark 5 as recorded, not measured here; goal at least 25: reached',
    );
  });

  it('without a peer has no ratio to reach', () => {
    const { peer: _, ...alone } = faster;
    assert.throws(() => findingRow(alone), /needs a peer/);
  });

  it('is one line of text', () => {
    assert.equal(reportText([faster]), 'lines: 30 lines/s; readline 5; 6 times better, goal 5: reached');
  });
});
