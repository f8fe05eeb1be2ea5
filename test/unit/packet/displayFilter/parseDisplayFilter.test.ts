import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ipv4 } from '../../../../src/core/ipv4';
import { parseIpv6 } from '../../../../src/core/ipv6';
import { type DisplayProblemCode, parseDisplayFilter } from '../../../../src/packet/displayFilter/parseDisplayFilter';

const names = { interfaces: ['172.31.36.107', '172.31.14.109'], routes: ['172.31.0.0/16', '0.0.0.0/0'] };

function questions(text: string) {
  const parsing = parseDisplayFilter(text, names);
  assert.ok(parsing.isFilter, JSON.stringify(parsing));
  return parsing.terms.map(({ question }) => question);
}

describe('parseDisplayFilter', () => {
  it('asks nothing where nothing stands', () => {
    assert.deepEqual(questions('   '), []);
    assert.deepEqual(questions('""'), []);
  });

  it('knows an address, a range, and an address with a port', () => {
    const at = (first: string, last = first) => ({ first: ipv4(first), last: ipv4(last) });
    assert.deepEqual(questions('172.31.41.81 172.31.17.0/20 dst:172.31.0.2:53'), [
      { kind: 'address', side: 'either', range: at('172.31.41.81') },
      { kind: 'address', side: 'either', range: at('172.31.16.0', '172.31.31.255') },
      { kind: 'address', side: 'destination', range: at('172.31.0.2'), port: 53 },
    ]);
  });

  it('knows IPv6 addresses and ranges in any of their forms', () => {
    const range = (text: string, prefixLength: number) => ({ first: parseIpv6(text), prefixLength });
    assert.deepEqual(questions('FD00:0:0::1 src:[fd00::2]:443 fd00:1::/32'), [
      { kind: 'address6', side: 'either', range: range('fd00::1', 128) },
      { kind: 'address6', side: 'source', range: range('fd00::2', 128), port: 443 },
      { kind: 'address6', side: 'either', range: range('fd00:1::', 32) },
    ]);
  });

  it('knows ports, protocols, classes and flags', () => {
    assert.deepEqual(questions('port:443,1024-2048 src:53 TCP class:endpoint,noroute flag:syn,rst'), [
      {
        kind: 'port',
        side: 'either',
        ranges: [
          { first: 443, last: 443 },
          { first: 1024, last: 2048 },
        ],
      },
      { kind: 'port', side: 'source', ranges: [{ first: 53, last: 53 }] },
      { kind: 'protocol', protocol: 'tcp' },
      { kind: 'class', classes: ['endpointInterface', 'gatewayEndpoint', 'noRoute'] },
      { kind: 'flags', mask: 6 },
    ]);
  });

  it('finds the rows that interfaces and routes have in the panel', () => {
    assert.deepEqual(questions('interface:172.31.14.109 route:0.0.0.0/0'), [
      { kind: 'row', column: 'interfaceRow', rows: [2] },
      { kind: 'row', column: 'routeRow', rows: [2] },
    ]);
  });

  it('takes every other word, and what stands in quotes, for text of the line', () => {
    for (const [filter, text] of [
      ['amazonaws', 'amazonaws'],
      ['12:21:53', '12:21:53'],
      ['mss:1460', 'mss:1460'],
      ['172.31.', '172.31.'],
      ['"A? ec2"', 'A? ec2'],
      ['"tcp"', 'tcp'],
    ] as const)
      assert.deepEqual(questions(filter), [{ kind: 'text', text }]);
  });

  it('takes a minus for the opposite', () => {
    const parsing = parseDisplayFilter('-tcp -"no such" tcp');
    assert.ok(parsing.isFilter);
    assert.deepEqual(
      parsing.terms.map(({ isNot }) => isNot),
      [true, true, false],
    );
  });

  it('says which word is wrong, and where', () => {
    const wrong: readonly (readonly [string, DisplayProblemCode, string])[] = [
      ['tcp port:70000', 'port', 'port:70000'],
      ['port:', 'port', 'port:'],
      ['port:9-1', 'port', 'port:9-1'],
      ['300.1.2.3', 'address', '300.1.2.3'],
      ['172.31.0.0/33 tcp', 'address', '172.31.0.0/33'],
      ['172.31.0.2:0', 'address', '172.31.0.2:0'],
      ['fd00::/129', 'address', 'fd00::/129'],
      ['src:web-1', 'address', 'src:web-1'],
      ['class:elsewhere', 'class', 'class:elsewhere'],
      ['flag:odd', 'flag', 'flag:odd'],
      ['interface:10.0.0.1', 'interface', 'interface:10.0.0.1'],
      ['route:10.0.0.0/8', 'route', 'route:10.0.0.0/8'],
      ['tcp "ec2', 'unclosedQuote', '"ec2'],
      ['tcp -', 'nothingAfterMinus', '-'],
    ];
    for (const [filter, code, word] of wrong) {
      const start = filter.indexOf(word);
      assert.deepEqual(parseDisplayFilter(filter, names), {
        isFilter: false,
        problem: { code, word, start, end: start + word.length },
      });
    }
  });

  it('answers to any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'-":/., \t[]%abfp0129é') }), text => {
        const parsing = parseDisplayFilter(text, names);
        if (!parsing.isFilter)
          assert.equal(parsing.problem.word, text.slice(parsing.problem.start, parsing.problem.end));
      }),
    );
  });
});
