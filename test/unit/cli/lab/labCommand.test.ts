import assert from 'node:assert/strict';
import { readLabCommand, UsageError } from '../../../../src/cli/lab/labCommand';
import { labs } from '../../../../src/labs/labs';

const read = (line: string) => readLabCommand(line.split(' ').filter(Boolean));

describe('what is typed behind npm run lab', () => {
  it('practises one lab in the world of a new account, or another', () => {
    const plain = read('iface-ec2');
    assert.ok(plain.kind === 'practise');
    assert.deepEqual(
      [plain.labs.map(({ id }) => id), plain.world, plain.isKept, plain.breakage],
      [['iface-ec2'], 'default-vpc', false, undefined],
    );
    const changed = read('iface-ec2 --keep --world default --break no-443');
    assert.ok(changed.kind === 'practise');
    assert.deepEqual([changed.world, changed.isKept, changed.breakage?.id], ['default', true, 'no-443']);
  });

  it('practises all of them', () => {
    const all = read('all');
    assert.ok(all.kind === 'practise');
    assert.deepEqual(all.labs, labs);
  });

  it('takes profiles for real accounts in the order of the lab’s', () => {
    const command = read('iface-ec2 --aws provider consumer --region eu-central-1 --yes');
    assert.ok(command.kind === 'onAws');
    assert.deepEqual(command.accounts, {
      profiles: ['provider', 'consumer'],
      region: 'eu-central-1',
      endpointUrl: undefined,
    });
    assert.equal(command.isConfirmed, true);
    assert.deepEqual(read('clean --aws provider'), {
      kind: 'clean',
      accounts: { profiles: ['provider'], region: undefined, endpointUrl: undefined },
    });
  });

  it('looks at a lab in the accounts of profiles, at the address given', () => {
    const command = read('check iface-ec2 --profile p --endpoint http://127.0.0.1:1');
    assert.ok(command.kind === 'check');
    assert.deepEqual(command.accounts, { profiles: ['p'], region: undefined, endpointUrl: 'http://127.0.0.1:1' });
  });

  for (const line of [
    '',
    'nothing',
    'check',
    'iface-ec2 more',
    'all more',
    'iface-ec2 --break x',
    'iface-ec2 --world x',
    'iface-ec2 --what',
  ])
    it(`refuses “${line}”`, () => {
      assert.throws(() => read(line), UsageError);
    });
});
