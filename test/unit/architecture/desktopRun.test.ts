import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desktopTestOptions, runOnDesktop } from '../../support/desktopRun';

const project = process.cwd();

describe('the host tests on desktop VS Code', () => {
  it('download a version only when no executable is named', () => {
    assert.equal(desktopTestOptions({ project }).version, 'stable');
    assert.equal(desktopTestOptions({ project, version: '1.103.2' }).version, '1.103.2');
    const installed = desktopTestOptions({ project, executablePath: '/usr/share/code/code' });
    assert.deepEqual([installed.vscodeExecutablePath, installed.version], ['/usr/share/code/code', undefined]);
  });

  it('test the folder that holds the manifest and the suite that the build makes', () => {
    const options = desktopTestOptions({ project });
    assert.ok(existsSync(join(String(options.extensionDevelopmentPath), 'package.json')));
    assert.match(readFileSync('esbuild.mjs', 'utf8'), /outfile: 'out\/test\/host\.cjs'/);
    assert.equal(options.extensionTestsPath, join(project, 'out/test/host.cjs'));
  });

  describe('with a stand-in for VS Code', function () {
    if (process.platform === 'win32') return;
    this.timeout(10_000);
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'vpc-labs-desktop-'));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    /** A program that writes down how it was started and ends with this code. */
    function standIn(exitCode: number): string {
      const path = join(folder, 'code');
      const report = join(folder, 'report.json');
      const content = { args: 'process.argv.slice(2)', totals: 'process.env.TEST_TOTALS' };
      const json = `JSON.stringify({ args: ${content.args}, totals: ${content.totals} })`;
      const script = `require('node:fs').writeFileSync(${JSON.stringify(report)}, ${json}); process.exit(${exitCode});`;
      writeFileSync(path, `#!${process.execPath}\n${script}\n`);
      chmodSync(path, 0o755);
      return path;
    }

    it('start it with the extension, the suite and the environment', async () => {
      const executablePath = standIn(0);
      await runOnDesktop({ project, executablePath, environment: { TEST_TOTALS: 'here.json' } });
      const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
      assert.ok(report.args.includes(`--extensionDevelopmentPath=${project}`));
      assert.ok(report.args.includes(`--extensionTestsPath=${join(project, 'out/test/host.cjs')}`));
      assert.equal(report.totals, 'here.json');
    });

    it('fail when it ends with another code than 0', async () => {
      await assert.rejects(runOnDesktop({ project, executablePath: standIn(1) }));
    });
  });
});
