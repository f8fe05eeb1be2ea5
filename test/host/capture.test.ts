import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Scope } from '../../src/app/appModel';
import { deferred } from '../../src/base/async';
import type { Instance, VpcEndpoint } from '../../src/core/network';
import { views } from '../../src/ui/contributions';
import { captureTabs, closeTabs, openPage, waitForPhase } from '../support/capturePages';
import { editor } from '../support/editorWatch';
import { watchSessions } from '../support/gatewaySpies';
import { acceptAll, dismiss, onlineInstance, practiceScopes, run, unregisteredInstance } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

const FILTER = 'port 443 or port 53';

describe('a capture in VS Code', () => {
  let consumer: Scope;
  let instance: Instance;

  before(async () => {
    consumer = (await practiceScopes()).consumer;
    instance = await onlineInstance(consumer);
  });

  afterEach(closeTabs);

  it('opens one tab beside what is being worked on, and shows the same one when asked again', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'notes' });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await openPage(consumer, instance);
    await waitUntil(() => captureTabs().length === 1, 'the tab');
    const [tab] = captureTabs();
    assert.equal(tab?.label, 'Capture: consumer-instance');
    assert.equal(tab?.group.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.tabGroups.activeTabGroup.viewColumn, vscode.ViewColumn.One);
    assert.equal(vscode.window.activeTextEditor?.document, document);

    const panels = editor.pages.length;
    assert.equal(await run('vpcLabs.instance.capture', { scope: consumer, instance }), instance.id);
    assert.equal(captureTabs().length, 1);
    assert.equal(editor.pages.length, panels);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('of an endpoint asks for the instance and shows the way to it', async () => {
    const endpoint = await acceptAll(run<VpcEndpoint>('vpcLabs.endpoint.createInterface', { scope: consumer }));
    const { endpoints } = await consumer.gateways();
    await waitUntil(async () => (await endpoints.findEndpoint(endpoint.id))?.state === 'available', 'the endpoint');
    const target = { scope: consumer, endpoint };
    assert.equal(await acceptAll(run('vpcLabs.endpoint.capture', target)), instance.id);
    const page = editor.pages.at(-1);
    const lit = () => page?.state?.interfaces.filter(row => row.endpointId === endpoint.id) ?? [];
    await waitUntil(() => lit().length > 0, "the endpoint's interfaces to be listed");
    assert.equal(await acceptAll(run('vpcLabs.endpoint.capture', target)), instance.id);
    assert.equal(captureTabs().length, 1);
  });

  it('of an endpoint begins nothing when the question for the instance is dismissed', async () => {
    const [endpoint] = await (await consumer.gateways()).endpoints.listEndpoints();
    assert.ok(endpoint);
    const panels = editor.pages.length;
    assert.equal(await dismiss(run('vpcLabs.endpoint.capture', { scope: consumer, endpoint })), undefined);
    assert.equal(editor.pages.length, panels);
  });

  it('shows an endpoint of its table in the sidebar', async () => {
    const { id } = await acceptAll(run<VpcEndpoint>('vpcLabs.endpoint.createInterface', { scope: consumer }));
    const page = await openPage(consumer, instance);
    page.call('openEndpoint', id);
    const view = editor.views.get(views.endpoints);
    await waitUntil(() => view?.selection[0]?.id.endsWith(id) === true, 'the endpoint to be selected');
  });

  it('ends its session when it is stopped', async () => {
    const { scope, alive } = watchSessions(consumer);
    const page = await openPage(scope, instance);
    page.start(FILTER);
    await waitForPhase(page, 'running');
    assert.equal((await alive()).length, 1);
    page.call('stop');
    await waitForPhase(page, 'stopped');
    assert.deepEqual(await alive(), []);
  });

  it('leaves no session when its tab is closed while one is being started', async () => {
    const asked = deferred<void>();
    const answer = deferred<void>();
    const { scope, sessionIds, alive } = watchSessions(consumer, () => {
      asked.resolve();
      return answer.promise;
    });
    const page = await openPage(scope, instance);
    page.start(FILTER);
    await asked.promise;
    await closeTabs();
    answer.resolve();
    await waitUntil(async () => (await alive()).length === 0, 'the session to end');
    assert.ok(sessionIds.length > 0);
  });

  it('leaves no session when its tab is closed while it runs', async () => {
    const { scope, alive } = watchSessions(consumer);
    const page = await openPage(scope, instance);
    page.start(FILTER);
    await waitForPhase(page, 'running');
    await closeTabs();
    await waitUntil(async () => (await alive()).length === 0, 'the session to end');
  });

  it('says on its page why it cannot begin on an instance that Session Manager does not know', async () => {
    const page = await openPage(consumer, await unregisteredInstance(consumer));
    page.start(FILTER);
    await waitForPhase(page, 'failed');
    assert.match(page.state?.message ?? '', /Session Manager does not reach it|is not connected to Session Manager/);
  });

  it('ends with the world that it ran in, and begins anew in the next', async () => {
    const page = await openPage(consumer, instance);
    page.start(FILTER);
    await waitForPhase(page, 'running');
    const errors = editor.errors.length;
    await run('vpcLabs.practice.reset');
    await waitForPhase(page, 'stopped');
    assert.deepEqual(editor.errors.slice(errors), []);
    assert.match(page.state?.message ?? '', /the session has ended/);
    page.start(FILTER);
    await waitForPhase(page, 'failed');
    assert.match(page.state?.message ?? '', /The practice cloud has stopped/);
    consumer = (await practiceScopes()).consumer;
    instance = await onlineInstance(consumer);
    const next = await openPage(consumer, instance);
    next.start(FILTER);
    await waitForPhase(next, 'running');
  });

  it('does not wait for a world that ends while it begins', async () => {
    const asked = deferred<void>();
    const { scope } = watchSessions(consumer, async () => asked.resolve());
    const page = await openPage(scope, instance);
    page.start(FILTER);
    await asked.promise;
    await run('vpcLabs.practice.reset');
    await waitForPhase(page, 'failed');
    assert.match(page.state?.message ?? '', /The practice cloud has stopped|session/i);
  });
});
