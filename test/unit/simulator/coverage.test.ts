import assert from 'node:assert/strict';
import { coverage, coverageText } from '../../../src/simulator/coverage';
import { limitsOf } from '../../../src/simulator/coverageLimits';

describe('the table of simulated actions', () => {
  const rows = new Map(coverage().map(row => [row.action, row]));

  it('knows every action of every service, simulated or not', () => {
    assert.ok(rows.size > 1000);
    assert.deepEqual(rows.get('ec2:DescribeVpcs'), { action: 'ec2:DescribeVpcs', state: 'done', missing: '' });
    assert.equal(rows.get('ec2:CreateVpc')?.state, 'partial');
    assert.equal(rows.get('ec2:CreateFleet')?.state, 'absent');
  });

  it('notes what is missing of simulated actions only', () => {
    const strangers = Object.keys(limitsOf).filter(action => rows.get(action)?.state !== 'partial');
    assert.deepEqual(strangers, []);
  });

  it('is printed with counts first, and the absent ones by service', () => {
    const [counts, , ...lines] = coverageText().split('\n');
    assert.match(counts ?? '', /^\d+ done, \d+ partial, \d+ absent$/);
    assert.ok(lines.some(line => /^ec2:CreateVpc +partial {2}IPv4/.test(line)));
    assert.match(lines.find(line => line.startsWith('  ec2: ')) ?? '', / CreateFleet /);
  });
});
