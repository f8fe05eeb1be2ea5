import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { npmInstall } from '../../../../src/cli/workbench/npmInstall';

describe('installing from npm', function () {
  if (process.platform === 'win32') return;
  this.timeout(10_000);
  const path = process.env.PATH;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vpc-labs-npm-'));
    process.env.PATH = `${folder}${delimiter}${path}`;
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true, force: true });
  });

  /** An npm that notes each start and fails the first times. */
  function standIn(failures: number): () => string[] {
    const calls = join(folder, 'calls');
    writeFileSync(calls, '');
    const script = `const { appendFileSync, readFileSync } = require('node:fs');
      appendFileSync(${JSON.stringify(calls)}, process.argv.slice(2).join(' ') + '\\n');
      const count = readFileSync(${JSON.stringify(calls)}, 'utf8').split('\\n').length - 1;
      if (count <= ${failures}) { console.error('ENOTFOUND the registry'); process.exit(1); }`;
    writeFileSync(join(folder, 'npm'), `#!${process.execPath}\n${script}\n`);
    chmodSync(join(folder, 'npm'), 0o755);
    return () => readFileSync(calls, 'utf8').trim().split('\n');
  }

  it('runs no package’s script', async () => {
    const calls = standIn(0);
    await npmInstall(folder, 'a thing', ['thing@1.2.3']);
    assert.match(calls()[0] as string, /^install --ignore-scripts .*thing@1\.2\.3$/);
  });

  it('tries once more', async () => {
    const calls = standIn(1);
    await npmInstall(folder, 'a thing', ['thing@1.2.3']);
    assert.equal(calls().length, 2);
  });

  it('says what was wanted, what it needs and what npm said', async () => {
    standIn(9);
    await assert.rejects(npmInstall(folder, 'a thing', ['thing@1.2.3']), (error: Error) => {
      assert.match(error.message, /a thing.*tried twice.*registry reachable.*1 GB/s);
      assert.match(error.message, /ENOTFOUND the registry/);
      return true;
    });
  });
});
