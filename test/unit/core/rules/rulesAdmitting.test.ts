import assert from 'node:assert/strict';
import { rulesAdmitting } from '../../../../src/core/rules/rulesAdmitting';
import { everythingOut, rule, securityGroup } from '../../../support/networkBuilders';

describe('rules that admit a port', () => {
  it('are inbound rules of every group whose ports hold it', () => {
    const range = rule({ id: 'sgr-range', fromPort: 1, toPort: 1000 });
    const all = rule({ id: 'sgr-all', protocol: -1, fromPort: undefined, toPort: undefined });
    const other = rule({ id: 'sgr-80', fromPort: 80, toPort: 80 });
    const groups = [securityGroup({ rules: [range, other, everythingOut] }), securityGroup({ rules: [all] })];
    assert.deepEqual(
      rulesAdmitting(groups, 443).map(found => found.rule.id),
      ['sgr-range', 'sgr-all'],
    );
    assert.equal(rulesAdmitting(groups, undefined).length, 3);
  });

  it('are none in a group that only lets out', () => {
    assert.deepEqual(rulesAdmitting([securityGroup({ rules: [everythingOut] })], 443), []);
  });
});
