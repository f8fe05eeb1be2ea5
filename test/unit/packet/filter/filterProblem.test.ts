import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findFilterProblem } from '../../../../src/packet/filter/filterProblem';
import { filterText } from '../../../support/filterTexts';

/** The code, and the expression with its problem between angle quotes. */
function told(text: string): string {
  const problem = findFilterProblem(text);
  if (!problem) return 'a filter';
  const { code, start, end } = problem;
  return `${code}: ${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`;
}

describe('a problem of a filter', () => {
  it('is none in a filter, names of hosts included', () => {
    for (const text of ['', '  ', 'port 443 or port 53', 'host web.example and tcp[tcpflags] & tcp-syn != 0']) {
      assert.equal(told(text), 'a filter', text);
    }
  });

  it('stands at the first word that fits no reading', () => {
    assert.equal(told('port 443 port 53'), 'unexpected: port 443 «port» 53');
    assert.equal(told('tcp prot 80'), 'unexpected: tcp «prot» 80');
    assert.equal(told('prot 80'), 'unexpected: «prot» 80');
    assert.equal(told('port 443 or (host 10.0.0.1 hots)'), 'unexpected: port 443 or (host 10.0.0.1 «hots»)');
    assert.equal(told('tcp[13] = = 2'), 'unexpected: tcp[13] = «=» 2');
    assert.equal(told('host 10.0.0.1 "'), 'unexpected: host 10.0.0.1 «"»');
    assert.equal(told('host 10.0.0.0 mask 255'), 'unexpected: host 10.0.0.0 mask «255»');
  });

  it('stands at the end when something is missing there', () => {
    assert.equal(told('port 443 or'), 'incomplete: port 443 or«»');
    assert.equal(told('src  '), 'incomplete: src«»  ');
    assert.equal(told('tcp[13]'), 'incomplete: tcp[13]«»');
  });

  it('stands at the whole of an address or number that cannot be', () => {
    assert.equal(told('port 99999 or icmp'), 'value: port «99999» or icmp');
    assert.equal(told('net 10.0.0.1/8'), 'value: net «10.0.0.1/8»');
    assert.equal(told('tcp host 10.0.0.1'), 'value: tcp host «10.0.0.1»');
    assert.equal(told('udp or host 10.0.0.300'), 'value: udp or host «10.0.0.300»');
    assert.equal(findFilterProblem('port 99999')?.detail, 'illegal port number 99999 > 65535');
  });

  it('is a parenthesis without its other half', () => {
    assert.equal(told('(port 443'), 'unpaired: «(»port 443');
    assert.equal(told('port 443) or port 53'), 'unpaired: port 443«)» or port 53');
  });

  it('is a word that we know of and not what it means', () => {
    assert.equal(told('mpls 100'), 'notOurs: «mpls» 100');
  });

  it('is text that reaches no shell', () => {
    assert.equal(told(' -w /tmp/x'), 'refused:  «-»w /tmp/x');
    assert.equal(told('port 443\u0003'), 'refused: port 443«\u0003»');
    assert.equal(findFilterProblem('port 443 or '.repeat(400))?.code, 'refused');
  });

  it('is found in any text, at a place within it', () => {
    fc.assert(
      fc.property(fc.oneof(filterText, fc.string({ unit: 'binary' })), text => {
        const problem = findFilterProblem(text);
        if (!problem) return;
        assert.ok(
          problem.start >= 0 && problem.start <= problem.end && problem.end <= text.length,
          JSON.stringify(problem),
        );
      }),
    );
  });
});
