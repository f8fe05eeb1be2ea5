import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluateNetworkAcl } from '../../../../src/core/rules/evaluateNetworkAcl';
import { TCP } from '../../../../src/core/rules/flow';
import { aclEntry, networkAcl } from '../../../support/networkBuilders';

const flow = { protocol: TCP, source: '10.0.1.5', sourcePort: 40000, destination: '10.0.2.7', destinationPort: 443 };
const finalDeny = aclEntry({ ruleNumber: 32767, action: 'deny' });

describe('evaluating a network ACL (Amazon VPC User Guide: Network ACL rules)', () => {
  it('lets the lowest number decide, whatever the order of the entries', () => {
    const deny = aclEntry({ ruleNumber: 90, action: 'deny', protocol: TCP, fromPort: 443, toPort: 443 });
    for (const entries of [
      [aclEntry(), deny, finalDeny],
      [finalDeny, deny, aclEntry()],
    ]) {
      assert.deepEqual(evaluateNetworkAcl('ingress', flow, networkAcl({ entries })), { isAllowed: false, entry: deny });
      assert.equal(
        evaluateNetworkAcl('ingress', { ...flow, destinationPort: 80 }, networkAcl({ entries })).isAllowed,
        true,
      );
    }
  });

  it('denies what no entry matches, whether the final deny is listed or not', () => {
    for (const entries of [[], [finalDeny]]) {
      assert.equal(evaluateNetworkAcl('ingress', flow, networkAcl({ entries })).isAllowed, false);
    }
  });

  it('looks at the source coming in and at the destination going out', () => {
    const entries = [aclEntry({ cidr: '10.0.1.0/24' }), aclEntry({ direction: 'egress', cidr: '10.0.2.0/24' })];
    const acl = networkAcl({ entries });
    assert.equal(evaluateNetworkAcl('ingress', flow, acl).isAllowed, true);
    assert.equal(evaluateNetworkAcl('egress', flow, acl).isAllowed, true);
    const reply = { ...flow, source: flow.destination, destination: flow.source };
    assert.equal(evaluateNetworkAcl('ingress', reply, acl).isAllowed, false);
  });

  it('agrees with walking the entries in order of their numbers', () => {
    const anyEntry = fc
      .record({
        ruleNumber: fc.integer({ min: 1, max: 8 }),
        action: fc.constantFrom('allow' as const, 'deny' as const),
        from: fc.nat(500),
        to: fc.nat(500),
      })
      .map(({ from, to, ...rest }) => aclEntry({ ...rest, protocol: TCP, fromPort: from, toPort: to }));
    const anyEntries = fc.uniqueArray(anyEntry, { selector: entry => entry.ruleNumber, maxLength: 8 });
    fc.assert(
      fc.property(anyEntries, fc.nat(500), (entries, destinationPort) => {
        const sorted = [...entries].sort((a, b) => a.ruleNumber - b.ruleNumber);
        const decisive = sorted.find(entry => entry.fromPort! <= destinationPort && destinationPort <= entry.toPort!);
        const decision = evaluateNetworkAcl('ingress', { ...flow, destinationPort }, networkAcl({ entries }));
        assert.deepEqual(decision, { isAllowed: decisive?.action === 'allow', entry: decisive });
      }),
    );
  });
});
