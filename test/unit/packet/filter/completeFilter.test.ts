import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completeFilter, type FilterValues } from '../../../../src/packet/filter/completeFilter';
import { filterText } from '../../../support/filterTexts';

const values: FilterValues = { addresses: ['172.31.37.141', '172.31.36.107'], networks: ['172.31.0.0/16'] };

/** What is offered where the bar stands. */
function offered(marked: string): readonly string[] {
  return completeFilter(marked.replace('|', ''), marked.indexOf('|'), values).words;
}

describe('the completion of a filter', () => {
  it('offers the beginnings of conditions at first', () => {
    const words = offered('|');
    for (const word of ['not', 'host', 'net', 'port', 'src', 'tcp', 'icmp6', 'arp', 'vlan'])
      assert.ok(words.includes(word), word);
    for (const word of ['and', 'or', '443', '172.31.37.141']) assert.ok(!words.includes(word), word);
  });

  it('offers what goes on from the letters that stand there', () => {
    assert.deepEqual(offered('po|'), ['port', 'portrange']);
    assert.deepEqual(offered('port 443 and ic|'), ['icmp', 'icmp6']);
    assert.deepEqual(offered('port|'), ['portrange']);
    assert.deepEqual(offered('nonsense|'), []);
  });

  it('offers addresses behind host, networks behind net and ports behind port', () => {
    assert.deepEqual(offered('host |').slice(0, 2), values.addresses);
    assert.deepEqual(offered('host 172.31.36|'), ['172.31.36.107']);
    assert.deepEqual(offered('net 1|').slice(0, 1), values.networks);
    assert.deepEqual(offered('tcp port 4|'), ['443']);
    assert.ok(!offered('host |').includes('443'));
    assert.ok(!offered('port |').includes('172.31.37.141'));
  });

  it('offers joints behind a condition, and what a qualifier takes', () => {
    assert.deepEqual(offered('port 443 |'), ['and', 'or']);
    assert.deepEqual(offered('tcp |'), ['and', 'or', 'port', 'portrange', 'src', 'dst']);
    assert.deepEqual(offered('icmp |'), ['and', 'or']);
    const behindDirection = offered('src |');
    for (const word of ['host', 'port', 'net', '172.31.37.141', 'or']) assert.ok(behindDirection.includes(word), word);
  });

  it('carries qualifiers over as the language does', () => {
    assert.ok(offered('port 80 or |').includes('443'));
    assert.ok(offered('host 10.0.0.1 or |').includes('172.31.37.141'));
  });

  it('knows that it is inside parentheses', () => {
    assert.deepEqual(offered('not (port 443 |'), ['and', 'or']);
    assert.ok(offered('not (|').includes('host'));
  });

  it('offers offsets and flags where they are compared', () => {
    assert.deepEqual(offered('tcp[|'), ['tcpflags']);
    assert.deepEqual(offered('tcp[tcpflags] & tcp-s|'), ['tcp-syn']);
    const choice = 'not (tcp[tcpflags] & (tcp-syn|tcp-r';
    assert.deepEqual(completeFilter(choice, choice.length, values).words, ['tcp-rst']);
    assert.deepEqual(offered('icmp[icmptype] = icmp-echo|'), ['icmp-echoreply']);
  });

  it('replaces the word around the cursor, and nothing else', () => {
    const { place, words } = completeFilter('port 443 or hos 10.0.0.1', 14, values);
    assert.deepEqual([place, words], [{ start: 12, end: 15 }, ['host']]);
  });

  it('never throws, and offers only what goes on from what is typed, within the text', () => {
    fc.assert(
      fc.property(fc.oneof(filterText, fc.string({ unit: 'binary' })), fc.nat(), (text, at) => {
        const cursor = at % (text.length + 1);
        const { place, words } = completeFilter(text, cursor, values);
        assert.ok(place.start >= 0 && place.start <= cursor && cursor <= place.end && place.end <= text.length);
        const typed = text.slice(place.start, cursor);
        for (const word of words) assert.ok(word.startsWith(typed) && word !== typed, word);
      }),
    );
  });
});
