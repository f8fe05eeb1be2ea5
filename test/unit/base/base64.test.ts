import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeBase64, encodeBase64 } from '../../../src/base/base64';

describe('base64', () => {
  it("writes what Node's Buffer writes, and reads it back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), bytes => {
        const text = encodeBase64(bytes);
        assert.equal(text, Buffer.from(bytes).toString('base64'));
        assert.deepEqual(decodeBase64(text), bytes);
      }),
    );
  });

  it('reads nothing else', () => {
    for (const text of ['A', 'AAA', 'AA=A', '====', 'AA-_', 'AAAA ', 'AAAA\n'])
      assert.equal(decodeBase64(text), undefined, text);
  });
});
