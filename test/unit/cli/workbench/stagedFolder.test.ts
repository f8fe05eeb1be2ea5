import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stageFolder } from '../../../../src/cli/workbench/stagedFolder';

describe('staging a folder', () => {
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'vpc-labs-cache-'));
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  it('shows it only when it is complete, and leaves nothing else', async () => {
    const folder = join(cache, 'workbench');
    await stageFolder(folder, async staging => {
      assert.deepEqual(readdirSync(cache).includes('workbench'), false);
      await writeFile(join(staging, 'a'), 'whole');
    });
    assert.deepEqual(readdirSync(cache), ['workbench']);
    assert.equal(readFileSync(join(folder, 'a'), 'utf8'), 'whole');
  });

  it('lets the first of two that fill it at once win', async () => {
    const folder = join(cache, 'workbench');
    const fill = (text: string) => stageFolder(folder, staging => writeFile(join(staging, 'a'), text));
    await Promise.all([fill('one'), fill('two')]);
    assert.deepEqual(readdirSync(cache), ['workbench']);
    assert.match(readFileSync(join(folder, 'a'), 'utf8'), /^(one|two)$/);
  });

  it('does not fill it again', async () => {
    const folder = join(cache, 'workbench');
    await stageFolder(folder, staging => writeFile(join(staging, 'a'), 'first'));
    await stageFolder(folder, () => assert.fail('filled again'));
  });

  it('leaves nothing behind when filling it fails', async () => {
    const fails = stageFolder(join(cache, 'workbench'), async staging => {
      await writeFile(join(staging, 'a'), 'half');
      throw new Error('no network');
    });
    await assert.rejects(fails, /no network/);
    assert.deepEqual(readdirSync(cache), []);
  });
});
