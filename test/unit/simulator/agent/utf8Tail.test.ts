import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitUtf8 } from '../../../../src/simulator/agent/utf8Tail';

const bytesOf = (text: string) => new TextEncoder().encode(text);

function joined(chunks: readonly Uint8Array[]): { sent: Uint8Array[]; held: Uint8Array } {
  let held: Uint8Array = new Uint8Array(0);
  const sent: Uint8Array[] = [];
  for (const chunk of chunks) {
    const split = splitUtf8(Uint8Array.from([...held, ...chunk]));
    sent.push(split.ready);
    held = split.held;
  }
  return { sent, held };
}

describe('cutting terminal output as the agent does', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 }).filter(value => !value.includes('\ufffd'));

  it('never cuts a valid character, wherever the reads cut', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(240), { maxLength: 6 }), (value, cuts) => {
        const bytes = bytesOf(value);
        const edges = [0, ...cuts.filter(cut => cut < bytes.length).sort((left, right) => left - right), bytes.length];
        const chunks = edges.slice(1).map((end, index) => bytes.slice(edges[index], end));
        const { sent, held } = joined(chunks);
        const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
        assert.equal(sent.map(part => strict.decode(part)).join(''), value);
        assert.equal(held.length, 0);
      }),
    );
  });

  it('passes random bytes as they are, but for the last three at most', () => {
    const noReplacement = (bytes: Uint8Array) => !Buffer.from(bytes).includes(Buffer.from('efbfbd', 'hex'));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }).filter(noReplacement), bytes => {
        const { ready, held } = splitUtf8(bytes);
        assert.deepEqual(Uint8Array.from([...ready, ...held]), bytes);
        assert.ok(held.length <= 3);
      }),
    );
  });

  it('sends a genuine U+FFFD as its first byte alone, as the agent does', () => {
    const { ready, held } = splitUtf8(bytesOf('a\ufffdbcd'));
    assert.deepEqual([...ready], [0x61, 0xef, 0x62, 0x63, 0x64]);
    assert.equal(held.length, 0);
  });

  for (const [name, hex] of [
    ['an overlong form', 'c080'],
    ['a surrogate', 'eda080'],
    ['a number above U+10FFFF', 'f4908080'],
    ['a lone continuation', '80'],
  ] as const) {
    it(`does not take ${name} for a character`, () => {
      const bytes = Uint8Array.from([...Buffer.from(hex, 'hex')]);
      assert.ok(splitUtf8(bytes).held.length > 0);
      assert.deepEqual(
        splitUtf8(Uint8Array.from([...bytes, 0x61, 0x61, 0x61, 0x61])).ready.slice(0, bytes.length),
        bytes,
      );
    });
  }
});
