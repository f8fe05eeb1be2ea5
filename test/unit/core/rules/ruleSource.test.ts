import assert from 'node:assert/strict';
import { canonicalRange, isSameRule, parsePorts } from '../../../../src/core/rules/ruleSource';
import { endpointGroupId, rule, s3ListId } from '../../../support/networkBuilders';

describe('the source of a rule', () => {
  it('is kept as EC2 keeps it: without bits behind the prefix, an address as a range of one', () => {
    assert.equal(canonicalRange('100.68.0.18/18'), '100.68.0.0/18');
    assert.equal(canonicalRange(' 10.1.2.3 '), '10.1.2.3/32');
    assert.equal(canonicalRange('2001:db8::1/32'), '2001:db8::/32');
    assert.equal(canonicalRange('::1'), '::1/128');
  });

  it('is refused when it is no range', () => {
    for (const text of [
      '',
      '10.0.0.0/33',
      '10.0.0/8',
      '300.1.1.1',
      'example.com',
      '::/129',
      '10.0.0.0/',
      'fe80::%1/64',
    ])
      assert.equal(canonicalRange(text), undefined, text);
  });
});

describe('two rules', () => {
  it('are the same whatever their descriptions and ids, and however the range is written', () => {
    const one = rule({ peer: { kind: 'cidr', cidr: '10.0.0.5/16' } });
    assert.ok(
      isSameRule(one, rule({ id: 'sgr-9', description: 'other', peer: { kind: 'cidr', cidr: '10.0.0.0/16' } })),
    );
    assert.ok(isSameRule(rule({ fromPort: undefined, toPort: undefined }), rule({ fromPort: 0, toPort: 65_535 })));
    assert.ok(isSameRule(rule({ protocol: -1, fromPort: 1, toPort: 2 }), rule({ protocol: -1 })));
  });

  it('differ by direction, protocol, port or source', () => {
    const one = rule();
    for (const other of [
      rule({ direction: 'egress' }),
      rule({ protocol: 17 }),
      rule({ toPort: 444 }),
      rule({ peer: { kind: 'group', groupId: endpointGroupId } }),
      rule({ peer: { kind: 'prefixList', prefixListId: s3ListId } }),
    ])
      assert.ok(!isSameRule(one, other));
  });
});

describe('ports as they are typed', () => {
  it('are one, a range, or all', () => {
    assert.deepEqual(parsePorts('443'), { fromPort: 443, toPort: 443 });
    assert.deepEqual(parsePorts('8000 - 8100'), { fromPort: 8000, toPort: 8100 });
    assert.deepEqual(parsePorts(''), { fromPort: 0, toPort: 65_535 });
  });

  it('are refused backwards, beyond 65535, or with a word', () => {
    for (const text of ['9-8', '65536', 'https', '-1', '80,443']) assert.equal(parsePorts(text), undefined, text);
  });
});
