import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import { contextKeys, views } from '../../src/ui/contributions';
import { editor } from '../support/editorWatch';
import { onlineInstance, practiceScopes, run, unregisteredInstance } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

const shown = (view: string, scope: string) => editor.tree(view).labels(editor.tree(view).underScope(scope));

describe('the practice cloud in VS Code', () => {
  let consumer: Scope;

  before(async () => {
    await run('vpcLabs.practice.reset');
    consumer = (await practiceScopes()).consumer;
  });

  it('has two accounts and fills the views', async () => {
    assert.deepEqual([...editor.contextKeys.values()], [true, true]);
    for (const view of Object.values(views)) {
      const tree = editor.tree(view);
      await waitUntil(
        () => shown(view, 'consumer').length > 0,
        () => `${view} to be filled`,
      );
      assert.deepEqual(tree.labels(tree.under()), ['provider', 'consumer']);
    }
    assert.match(shown(views.endpoints, 'consumer').join(), /^No endpoints yet/);
    assert.deepEqual(shown(views.instances, 'consumer'), ['consumer-instance']);
  });

  it('is started once: to start it again answers with the accounts that run', async () => {
    assert.equal((await practiceScopes()).consumer, consumer);
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
    await assert.rejects((await consumer.gateways()).instances.listInstances(), { code: 'practiceFailed' });
  });
});
