import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountId, region } from '../../../../src/core/ids';
import { WorldFolder } from '../../../../src/simulator/node/worldFolder';
import type { SavedWorld } from '../../../../src/simulator/save/savedWorld';

const place = { accountId: accountId('111122223333'), region: region('ap-south-1') };
const saved = (atMs: number): SavedWorld => ({
  format: 1,
  rules: 'test',
  seed: 'folder',
  atMs,
  accounts: {},
  places: [{ place, tables: { vpcs: new Map([['vpc-1', { tags: {} }]]) } }],
  shared: {},
  due: [],
});
const entry = (atMs: number) => ({ atMs, effect: { kind: 'placeOpened', place, subject: 'ap-south-1' } });

describe('a folder that keeps a practice world', () => {
  let path: string;

  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'world-'));
  });

  afterEach(() => rmSync(path, { recursive: true }));

  it('holds nothing at first', () => {
    assert.equal(new WorldFolder(path).read(), undefined);
  });

  it('gives back the snapshot and all that came since', () => {
    const folder = new WorldFolder(path);
    folder.keep(saved(1), 20);
    folder.append(entry(2));
    folder.append(entry(3));
    assert.deepEqual(new WorldFolder(path).read(), { saved: saved(1), pace: 20, journal: [entry(2), entry(3)] });
  });

  it('begins a new journal with each snapshot', () => {
    const folder = new WorldFolder(path);
    folder.keep(saved(1), 20);
    folder.append(entry(2));
    folder.keep(saved(3), 1);
    assert.deepEqual(new WorldFolder(path).read(), { saved: saved(3), pace: 1, journal: [] });
    assert.equal(readdirSync(path).filter(name => name.startsWith('journal')).length, 1);
  });

  it('leaves out a line that was torn when the machine went down', () => {
    const folder = new WorldFolder(path);
    folder.keep(saved(1), 20);
    folder.append(entry(2));
    appendFileSync(join(path, 'journal-1.jsonl'), '{"atMs":3,"eff');
    assert.deepEqual(new WorldFolder(path).read()?.journal, [entry(2)]);
  });

  it('refuses what it did not write, and can set it aside', () => {
    for (const text of ['', '{', '{"journal":1}', '{"journal":1,"pace":20,"saved":{"format":2}}']) {
      writeFileSync(join(path, 'world.json'), text);
      const folder = new WorldFolder(path);
      assert.throws(() => folder.read(), text);
      folder.setAside();
      assert.equal(folder.read(), undefined);
    }
  });

  it('keeps its name, and is read by its owner alone', () => {
    const folder = new WorldFolder(path);
    folder.keep(saved(1), 20);
    assert.equal(new WorldFolder(path).identity, folder.identity);
    for (const name of readdirSync(path)) assert.equal(statSync(join(path, name)).mode & 0o077, 0, name);
  });
});
