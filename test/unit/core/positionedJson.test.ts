import assert from 'node:assert/strict';
import fc from 'fast-check';
import { JsonFault, type PositionedJson, parsePositioned } from '../../../src/core/positionedJson';

function plain(node: PositionedJson): unknown {
  if (node.kind === 'value') return node.value;
  if (node.kind === 'array') return node.items.map(plain);
  return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('JSON with positions', () => {
  it('reads what JSON.parse reads, however it is indented, and knows where each value stands', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 2), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), undefined, indent);
        const node = parsePositioned(spaced);
        assert.deepEqual(JSON.stringify(plain(node)), JSON.stringify(JSON.parse(spaced)));
        assert.deepEqual([node.offset, node.length], [0, spaced.length]);
      }),
    );
  });

  it('refuses what JSON.parse refuses, at a place inside the text', () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', ':', ',', '"a"', '1', ' ', 'tru', 'null', '-', '\\'));
    fc.assert(
      fc.property(pieces, parts => {
        const text = parts.join('');
        let fault: unknown;
        try {
          parsePositioned(text);
        } catch (error) {
          fault = error;
        }
        assert.equal(fault === undefined, isJson(text), text);
        if (fault) assert.ok(fault instanceof JsonFault && fault.offset >= 0 && fault.offset <= text.length, text);
      }),
    );
  });

  it('gives up on a text that is deeper than any policy', () => {
    assert.throws(() => parsePositioned('['.repeat(10_000)), JsonFault);
  });
});
