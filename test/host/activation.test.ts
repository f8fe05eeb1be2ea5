import assert from 'node:assert/strict';
import { join } from 'node:path';
import { commands as editorCommands, extensions } from 'vscode';
import { commands, contextKeys, views } from '../../src/ui/contributions';
import { editor } from '../support/editorWatch';
import { loadedSources } from '../support/loadedSources';

/** What the editor has to load when it starts: everything else waits until it is used. */
const entry = /^src\/(?:extension|app\/remembered|ui\/(?:contributions|views\/treeSlots))\.ts$/;

describe('the extension in VS Code', () => {
  const extension = extensions.getExtension('vpc-endpoint-labs.vpc-endpoint-labs');

  it('rests until it is needed', () => {
    assert.ok(extension, 'VS Code found the extension');
    assert.equal(extension.isActive, false);
  });

  it('activates with names alone: no store, no view, no SDK, no simulator', async () => {
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
    const sources = loadedSources(join(extension.extensionPath, 'dist'), extension.extensionPath);
    assert.ok(sources.includes('src/extension.ts'), 'the loaded bundles are seen');
    assert.deepEqual(
      sources.filter(source => !entry.test(source)),
      [],
    );
  });

  it('has every command and view, and says that there is nothing yet once one is used', async () => {
    const known = await editorCommands.getCommands(true);
    assert.deepEqual(
      Object.keys(commands).filter(id => !known.includes(id)),
      [],
    );
    assert.deepEqual([...editor.trees.keys()].sort(), Object.values(views).sort());
    await editorCommands.executeCommand('vpcLabs.endpoints.refresh');
    assert.deepEqual(Object.fromEntries(editor.contextKeys), {
      [contextKeys.filteredViews]: [],
      [contextKeys.hasScopes]: false,
      [contextKeys.isPracticeRunning]: false,
    });
  });
});
