import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  cidrAround,
  contains,
  covers,
  formatCidr,
  formatIpv4,
  overlaps,
  parseCidr,
  parseIpv4,
} from '../../../src/core/ipv4';

const anyAddress = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('IPv4 addresses', () => {
  it('survive printing and parsing', () => {
    fc.assert(fc.property(anyAddress, address => assert.equal(parseIpv4(formatIpv4(address)), address)));
  });

  it('are dotted decimals of four parts and nothing else', () => {
    for (const text of [
      '',
      '10.0.0',
      '10.0.0.0.1',
      '10.0.0.256',
      '10.0.0.-1',
      '010.0.0.1',
      '10.0.0.1 ',
      '10..0.1',
      'a.b.c.d',
      '10.0.0.1.',
      '::1',
      '1e1.0.0.1',
    ]) {
      assert.equal(parseIpv4(text), undefined, text);
    }
    assert.equal(parseIpv4('0.0.0.0'), 0);
    assert.equal(parseIpv4('255.255.255.255'), 2 ** 32 - 1);
  });
});

describe('IPv4 ranges', () => {
  it('hold the addresses that share their prefix', () => {
    fc.assert(
      fc.property(anyAddress, anyAddress, fc.integer({ min: 0, max: 32 }), (base, address, prefixLength) => {
        const range = cidrAround(base, prefixLength);
        const mask = prefixLength === 0 ? 0 : (-1 << (32 - prefixLength)) >>> 0;
        assert.equal(contains(range, address), (base & mask) >>> 0 === (address & mask) >>> 0);
        assert.deepEqual(parseCidr(formatCidr(range)), range);
      }),
    );
  });

  it('lose the bits behind their prefix, as EC2 does with them', () => {
    assert.equal(formatCidr(parseCidr('172.31.37.141/16')!), '172.31.0.0/16');
  });

  it('are refused in any other form, and IPv6 covers no IPv4 address', () => {
    for (const text of ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/-1', '10.0/8', '::/0', ''])
      assert.equal(parseCidr(text), undefined, text);
    assert.equal(covers('::/0', '10.0.0.1'), false);
  });

  it('overlap when one holds the first address of the other', () => {
    fc.assert(
      fc.property(
        anyAddress,
        anyAddress,
        fc.integer({ min: 0, max: 32 }),
        fc.integer({ min: 0, max: 32 }),
        (a, b, m, n) => {
          const [left, right] = [cidrAround(a, m), cidrAround(b, n)];
          assert.equal(overlaps(left, right), contains(left, right.first) || contains(right, left.first));
        },
      ),
    );
  });
});
