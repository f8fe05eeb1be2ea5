import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSourceStrings } from '../../support/sourceStrings';

const root = process.cwd();
const bundlePath = join(root, 'l10n', 'bundle.l10n.json');

describe('the bundle of source strings', () => {
  const { messages, notLiteral } = readSourceStrings(root);

  it('can be collected: every message is a literal where it is said', () => {
    assert.deepEqual(notLiteral, []);
    assert.ok(messages.length > 100);
  });

  it('holds what the sources say, no more and no less (UPDATE_GOLDEN=1 writes it)', () => {
    const wanted = `${JSON.stringify(Object.fromEntries(messages.map(message => [message, message])), undefined, 2)}\n`;
    if (process.env.UPDATE_GOLDEN) writeFileSync(bundlePath, wanted);
    assert.ok(existsSync(bundlePath), 'l10n/bundle.l10n.json is missing');
    assert.equal(readFileSync(bundlePath, 'utf8'), wanted);
  });

  it('numbers the placeholders of each message without a gap', () => {
    for (const message of messages) {
      const numbers = [...new Set([...message.matchAll(/\{(\d+)\}/g)].map(([, digits]) => Number(digits)))].sort();
      assert.deepEqual(
        numbers,
        numbers.map((_, i) => i),
        message,
      );
    }
  });
});
