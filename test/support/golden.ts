import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Compares a text with `test/golden/<name>`. `UPDATE_GOLDEN=1 node test/run.mjs golden` writes the files anew; their diff is then
 * read like code. A missing file is a failure, so that nothing passes by being forgotten.
 */
export function matchGolden(name: string, actual: string): void {
  const path = `test/golden/${name}`;
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  assert.ok(existsSync(path), `${path} is missing; UPDATE_GOLDEN=1 writes it`);
  assert.equal(actual, readFileSync(path, 'utf8'), `${path} says otherwise; UPDATE_GOLDEN=1 writes it anew`);
}
