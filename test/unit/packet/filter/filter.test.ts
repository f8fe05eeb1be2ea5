import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FilterError } from '../../../../src/packet/filter/filterError';
import { matchesFilter } from '../../../../src/packet/filter/matchesFilter';
import { type Filter, parseFilter } from '../../../../src/packet/filter/parseFilter';
import { frameCorpus } from '../../../support/frameCorpus';
import { CLIENT, RESOLVER, SERVER, tcp, udp } from '../../../support/frames';

const https = tcp(CLIENT, SERVER, { flags: 0x02 });
const answer = tcp(SERVER, CLIENT, { sourcePort: 443, destinationPort: 38482, flags: 0x12 });
const dns = udp(CLIENT, RESOLVER, 53273, 53, new Uint8Array(20));

/** Which of the three frames pass. */
function passing(filter: string): string {
  const parsed = parseFilter(filter, {
    hostAddresses: name => (name === 'server.example' ? [SERVER, '10.9.9.9'] : undefined),
  });
  return [https, answer, dns].map(frame => (matchesFilter(parsed, frame) ? 'x' : '-')).join('');
}

function complaint(filter: string): string {
  try {
    parseFilter(filter);
    return '';
  } catch (error) {
    assert.ok(error instanceof FilterError);
    return error.message;
  }
}

describe('the filter language', () => {
  it('lets everything through when it is empty', () => assert.equal(passing('  '), 'xxx'));

  it('knows protocols, ports, hosts and nets', () => {
    assert.equal(passing('tcp'), 'xx-');
    assert.equal(passing('dst port 443'), 'x--');
    assert.equal(passing('port domain or https'), 'xxx');
    assert.equal(passing('src host 172.31.36.107'), '-x-');
    assert.equal(passing('dst net 172.31.0.0/24'), '--x');
    assert.equal(passing('portrange 50-60'), '--x');
  });

  it('carries qualifiers over and binds and and or alike from the left', () => {
    assert.equal(passing('dst port 53 or 443'), 'x-x');
    assert.equal(passing('udp or tcp and src port 443'), '-x-');
    assert.equal(passing('udp or (tcp and src port 443)'), '-xx');
    assert.equal(passing('not udp and not src port 443'), 'x--');
  });

  it('looks at bytes', () => {
    assert.equal(passing('tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn'), 'x--');
    assert.equal(passing('ip[9] = 17'), '--x');
    assert.equal(passing('len < 54 - 1 or greater 62'), '--x');
  });

  it('rejects what lies past the captured bytes, even behind a not', () => {
    const parsed = parseFilter('not tcp[13] = 2');
    assert.equal(matchesFilter(parsed, answer), true);
    assert.equal(matchesFilter(parsed, answer.subarray(0, 40), answer.length), false);
  });

  it('looks names up where it may', () => {
    assert.equal(passing('dst host server.example'), 'x--');
    assert.equal(complaint('host server.example'), "unknown host 'server.example'");
  });

  it("refuses in libpcap's words", () => {
    assert.equal(complaint('port'), "can't parse filter expression: syntax error");
    assert.equal(complaint('(port 80'), "can't parse filter expression: syntax error");
    assert.equal(complaint('port 70000'), 'illegal port number 70000 > 65535');
    assert.equal(complaint('net 10.0.0.1/24'), 'non-network bits set in "10.0.0.1/24"');
    assert.equal(complaint('tcp and udp'), 'expression rejects all packets');
  });

  it('marks the words that it does not know the meaning of', () => {
    for (const filter of ['mpls 5', 'ip protochain 6', 'geneve']) {
      assert.throws(
        () => parseFilter(filter),
        (error: unknown) => error instanceof FilterError && error.unsupported,
        filter,
      );
    }
  });

  it('survives deep nesting', () => {
    const depth = 300;
    assert.equal(passing(`${'('.repeat(depth)}port 443${')'.repeat(depth)}`), 'xx-');
    assert.notEqual(complaint(`${'('.repeat(depth)}port 443 +${')'.repeat(depth)}`), '');
  });

  it('ends in a filter or a FilterError for any text, and matching never throws', () => {
    const word = fc.constantFrom(
      ...'tcp udp port host net 443 10.0.0.1 ( ) and or not src dst [ ] 13 & = != tcp-syn len > 5 / : ip arp mask -'.split(
        ' ',
      ),
    );
    const frames = frameCorpus();
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.nat(frames.length - 1), fc.nat(90), (words, index, length) => {
        let parsed: Filter;
        try {
          parsed = parseFilter(words.join(' '));
        } catch (error) {
          assert.ok(error instanceof FilterError);
          return;
        }
        matchesFilter(parsed, frames[index]!.subarray(0, length));
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.string({ maxLength: 40 }), text => void complaint(text)));
  });
});
