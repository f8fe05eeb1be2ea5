import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installExtension } from '../../src/cli/workbench/installExtension';
import { projectFolder } from '../../src/cli/workbench/projectFolder';
import { newestWorkbench, oldestWorkbench } from '../../src/cli/workbench/workbenchVersion';
import { pictureFailures } from '../support/pictureFailures';
import { WorkbenchDriver } from '../support/workbenchDriver';

const project = projectFolder();
const sizeLimitBytes = 3 * 1024 * 1024;

function packagedExtension(): string {
  const files = readdirSync(project).filter(name => name.endsWith('.vsix'));
  assert.equal(files.length, 1, '`npm run package` makes one .vsix file');
  return join(project, files[0] as string);
}

describe('the packaged extension', function () {
  this.timeout(180_000);
  let scratch: string;
  let workbench: WorkbenchDriver | undefined;

  before(() => {
    scratch = mkdtempSync(join(tmpdir(), 'vpc-labs-package-'));
  });
  pictureFailures(() => workbench);
  afterEach(async () => {
    await workbench?.close();
    workbench = undefined;
  });
  after(() => rmSync(scratch, { recursive: true, force: true }));

  it('is small and ships what runs, and nothing else', async () => {
    const vsix = packagedExtension();
    assert.ok(statSync(vsix).size < sizeLimitBytes, `${vsix} has ${statSync(vsix).size} bytes`);
    const extensions = join(scratch, 'listed');
    await installExtension(vsix, extensions, newestWorkbench);
    const files = readdirSync(extensions, { recursive: true, encoding: 'utf8' });
    const has = (end: string) => files.some(name => name.endsWith(end));
    for (const needed of [
      'dist/extension.js',
      'dist/practiceWorker.js',
      'dist/media/capture.js',
      'dist/media/codicon.ttf',
    ]) {
      assert.ok(has(needed), needed);
    }
    assert.deepEqual(
      files.filter(name => /node_modules|\.ts$|\.map$|\/test\/|\/cli\//.test(name)),
      [],
    );
  });

  for (const [age, version] of [
    ['oldest', oldestWorkbench],
    ['newest', newestWorkbench],
  ] as const) {
    it(`starts the practice cloud in Restricted Mode on the ${age} VS Code`, async () => {
      const [extensions, workspace] = [join(scratch, age), join(scratch, `${age}-workspace`)];
      mkdirSync(workspace);
      await installExtension(packagedExtension(), extensions, version);
      workbench = await WorkbenchDriver.open({
        version,
        extensionFolder: null,
        extensionsFolder: extensions,
        // Not the folder with the extension in it: VS Code never runs one from an untrusted workspace.
        folder: workspace,
        settings: {
          'security.workspace.trust.enabled': true,
          'security.workspace.trust.startupPrompt': 'never',
        },
      });
      await workbench.openContainer('VPC Labs');
      const endpoints = await workbench.tree('Endpoints');
      await endpoints.welcome().getByRole('button', { name: 'Start the practice cloud' }).click();
      const instances = await workbench.tree('Instances');
      await instances.item(/provider/i).waitFor();
    });
  }
});
