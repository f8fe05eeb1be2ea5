import assert from 'node:assert/strict';
import { join } from 'node:path';
import { extensions } from 'vscode';
import type { Scope } from '../../src/app/appModel';
import { contextKeys, views } from '../../src/ui/contributions';
import { editor } from '../support/editorWatch';
import {
  acceptAll,
  acceptUntil,
  onlineInstance,
  practiceScopes,
  run,
  unregisteredInstance,
} from '../support/hostCommands';
import { loadedSources } from '../support/loadedSources';
import { waitUntil } from '../support/waitUntil';

const shown = (view: string, scope: string) => editor.tree(view).labels(editor.tree(view).underScope(scope));

describe('the practice cloud in VS Code', () => {
  let consumer: Scope;

  before(async () => {
    await run('vpcLabs.practice.reset');
    consumer = (await practiceScopes()).consumer;
  });

  it('has two accounts and fills the views', async () => {
    for (const key of [contextKeys.hasScopes, contextKeys.isPracticeRunning])
      assert.equal(editor.contextKeys.get(key), true);
    for (const view of Object.values(views)) {
      const tree = editor.tree(view);
      await waitUntil(
        () => shown(view, 'consumer').length > 0 && !/^Reading/.test(shown(view, 'consumer').join()),
        () => `${view} to be filled`,
      );
      assert.deepEqual(tree.labels(tree.under()), ['provider', 'consumer']);
    }
    // The world before may still be told to be over.
    await waitUntil(
      () => /^No endpoints yet/.test(shown(views.endpoints, 'consumer').join()),
      () => `the new world's endpoints; the view shows ${shown(views.endpoints, 'consumer')}`,
    );
    await waitUntil(
      () => shown(views.instances, 'consumer').join() === 'consumer-instance',
      () => `the new world's instances; the view shows ${shown(views.instances, 'consumer')}`,
    );
  });

  it('is started once: to start it again answers with the accounts that run', async () => {
    assert.equal((await practiceScopes()).consumer, consumer);
  });

  it('works in its worker: nothing of it is loaded beside the editor', () => {
    const root = extensions.getExtension('vpc-endpoint-labs.vpc-endpoint-labs')?.extensionPath ?? '';
    const sources = loadedSources(join(root, 'dist'), root);
    assert.deepEqual(
      sources.filter(source => /(?:^|\/)(?:just-bash|src\/simulator)\//.test(source)),
      ['src/simulator/workerClient.ts'],
    );
  });

  it('shows what was launched elsewhere after a refresh', async () => {
    await unregisteredInstance(consumer);
    await run('vpcLabs.instances.refresh');
    await waitUntil(
      () => shown(views.instances, 'consumer').includes('without a role'),
      () => `the view to show it; it shows ${shown(views.instances, 'consumer')}`,
    );
  });

  it('is left alone when the dialog of the reset is dismissed', async () => {
    editor.confirms = false;
    try {
      assert.equal(await run('vpcLabs.practice.reset'), false);
    } finally {
      editor.confirms = true;
    }
    assert.equal((await practiceScopes()).consumer, consumer);
  });

  it('is a fresh world after a reset', async () => {
    const errors = editor.errors.length;
    assert.equal(await run('vpcLabs.practice.reset'), true);
    assert.match(editor.dialogs.at(-1)?.detail ?? '', /practice accounts is lost/);
    const { consumer: fresh } = await practiceScopes();
    assert.notEqual(fresh, consumer);
    const { instances } = await fresh.gateways();
    assert.equal((await instances.listInstances()).length, 1);
    await onlineInstance(fresh);
    await waitUntil(
      () => shown(views.instances, 'consumer').join() === 'consumer-instance',
      () => `the view to show the fresh world; it shows ${shown(views.instances, 'consumer')}`,
    );
    assert.equal(editor.contextKeys.get(contextKeys.isPracticeRunning), true);
    assert.deepEqual(editor.errors.slice(errors), []);
    await assert.rejects((await consumer.gateways()).instances.listInstances(), { code: 'practiceFailed' });
  });

  it('says so when a wizard that began in the old world ends in the new one', async () => {
    const { consumer: old } = await practiceScopes();
    const running = run('vpcLabs.endpoint.createInterface', { scope: old });
    await acceptUntil(7);
    await run('vpcLabs.practice.reset');
    const errors = editor.errors.length;
    assert.equal(await acceptAll(running), undefined);
    assert.equal(editor.errors.length, errors + 1);
    assert.match(editor.errors.at(-1) ?? '', /The practice cloud has stopped/);
  });
});
