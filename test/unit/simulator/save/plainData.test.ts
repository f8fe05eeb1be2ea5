import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodePlainData, encodePlainData } from '../../../../src/simulator/save/plainData';

const scalar = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array(),
);
const key = fc.oneof(fc.string(), fc.constantFrom('$map', '$set', '$', '$$date', '__proto__'));
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value')),
    fc.dictionary(key, tie('value')),
    fc.array(fc.tuple(fc.string(), tie('value'))).map(entries => new Map(entries)),
    fc.array(scalar).map(items => new Set(items)),
  ),
}));

describe('plain data as text', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(value, data => assert.deepEqual(decodePlainData(encodePlainData(data)), withPlainPrototypes(data))),
    );
  });

  it('refuses what it would not write', () => {
    for (const text of ['{', '{"$moon":1}', '{"$map":3}', '{"$set":[],"a":1}', '{"$bytes":"*"}'])
      assert.throws(() => decodePlainData(text), text);
  });
});

/** fast-check makes dictionaries without a prototype, JSON gives them one. */
function withPlainPrototypes(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || data instanceof Date || data instanceof Uint8Array) return data;
  if (Array.isArray(data)) return data.map(withPlainPrototypes);
  if (data instanceof Map) return new Map([...data].map(([name, item]) => [name, withPlainPrototypes(item)]));
  if (data instanceof Set) return data;
  return Object.fromEntries(Object.entries(data).map(([name, item]) => [name, withPlainPrototypes(item)]));
}
