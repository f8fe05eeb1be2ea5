import assert from 'node:assert/strict';
import { join } from 'node:path';
import { commands as editorCommands, extensions } from 'vscode';
import { commands, contextKeys, views } from '../../src/ui/contributions';
import { editor } from '../support/editorWatch';
import { loadedSources } from '../support/loadedSources';

/** The SDK, the simulator, what opens sessions, and what only a command or a panel needs. */
const notYet = /(?:^|\/)(?:@aws-sdk|@smithy|just-bash|src\/(?:aws|simulator|capture|ui\/(?:commands|panels)))\//;

describe('the extension in VS Code', () => {
  const extension = extensions.getExtension('vpc-endpoint-labs.vpc-endpoint-labs');

  it('rests until it is needed', () => {
    assert.ok(extension, 'VS Code found the extension');
    assert.equal(extension.isActive, false);
  });

  it('activates without the SDK and the simulator', async () => {
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
    const sources = loadedSources(join(extension.extensionPath, 'dist'), extension.extensionPath);
    assert.ok(sources.includes('src/extension.ts'), 'the loaded bundles are seen');
    assert.deepEqual(
      sources.filter(source => notYet.test(source)),
      [],
    );
  });

  it('has every command, both views, and says that there is nothing yet', async () => {
    const known = await editorCommands.getCommands(true);
    assert.deepEqual(
      Object.keys(commands).filter(id => !known.includes(id)),
      [],
    );
    assert.deepEqual([...editor.trees.keys()].sort(), Object.values(views).sort());
    assert.deepEqual(Object.fromEntries(editor.contextKeys), {
      [contextKeys.hasScopes]: false,
      [contextKeys.isPracticeRunning]: false,
    });
  });
});
