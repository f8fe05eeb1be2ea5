import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RawText } from '../../../src/capture/rawText';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Lines cut anywhere. */
const pieces = fc.array(fc.stringMatching(/^[a-c\n]{0,40}$/), { maxLength: 40 });

describe('the stream as it came', () => {
  it('is held whole while it fits, and then from the beginning of a line on', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 200 }), (parts, maxBytes) => {
        const raw = new RawText(maxBytes);
        for (const part of parts) raw.append(bytesOf(part));
        const whole = parts.join('');
        const held = whole.slice(-maxBytes);
        const shown = held.length === whole.length ? whole : held.slice(held.indexOf('\n') + 1);
        const missingBytes = new TextEncoder().encode(whole).length - new TextEncoder().encode(shown).length;
        assert.deepEqual(raw.all(), { text: shown, missingBytes });
      }),
    );
  });

  it('is taken once, as far as it is still held', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), fc.integer({ min: 1, max: 200 }), (takes, maxBytes) => {
        const raw = new RawText(maxBytes);
        for (const parts of takes) {
          for (const part of parts) raw.append(bytesOf(part));
          assert.equal(raw.take(), parts.join('').slice(-maxBytes));
        }
        assert.equal(raw.take(), '');
      }),
    );
  });

  it('is longer than what is held at first', () => {
    const raw = new RawText();
    const line = `${'x'.repeat(999)}\n`;
    for (let count = 0; count < 300; count++) raw.append(bytesOf(line));
    assert.deepEqual(raw.all(), { text: line.repeat(300), missingBytes: 0 });
    raw.clear();
    raw.append(bytesOf(line));
    assert.deepEqual(raw.all(), { text: line, missingBytes: 0 });
    assert.equal(raw.take(), line);
  });

  it('keeps a character together that comes in two pieces', () => {
    const raw = new RawText();
    const [first, second] = [bytesOf('é').subarray(0, 1), bytesOf('é').subarray(1)];
    raw.append(first);
    assert.equal(raw.take(), '');
    raw.append(second);
    assert.equal(raw.take(), 'é');
  });
});
