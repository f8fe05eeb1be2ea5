import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { Instance, VpcEndpoint } from '../../src/core/network';
import { editor, type WatchedPage } from '../support/editorWatch';
import { acceptAll, dismiss, onlineInstance, practiceScopes, run, runFromPalette } from '../support/hostCommands';
import { ServiceSite } from '../support/serviceSite';
import { waitUntil } from '../support/waitUntil';

const captureTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('vpcLabs.capture'));

/** The two pages that were made last, once both capture. */
async function runningPages(before: number): Promise<readonly [WatchedPage, WatchedPage]> {
  const [one, other] = editor.pages.slice(before);
  assert.ok(one && other && editor.pages.length === before + 2, 'two panels were made');
  const states = () => [one, other].map(page => `${page.state?.phase} ${page.state?.message}`).join(', ');
  await waitUntil(
    () => one.state?.phase === 'running' && other.state?.phase === 'running',
    () => `both to run; they are ${states()}`,
  );
  return [one, other];
}

describe('a capture on both sides in VS Code', () => {
  let provider: Scope;
  let consumer: Scope;
  let provided: Instance;
  let consuming: Instance;

  before(async () => {
    ({ provider, consumer } = await practiceScopes());
    [provided, consuming] = await Promise.all([onlineInstance(provider), onlineInstance(consumer)]);
  });

  afterEach(() => vscode.window.tabGroups.close(captureTabs()));

  it('opens two tabs side by side and starts both, each with what it exchanges with the other', async () => {
    const before = editor.pages.length;
    const document = await vscode.workspace.openTextDocument({ content: 'notes' });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    const ids = await runFromPalette(
      'vpcLabs.capture.pair',
      /consumer/,
      /consumer-instance/,
      /provider/,
      /provider-instance/,
    );
    assert.deepEqual(ids, [consuming.id, provided.id]);
    const [one, other] = await runningPages(before);
    assert.deepEqual(
      captureTabs().map(({ group }) => group.viewColumn),
      [vscode.ViewColumn.Two, vscode.ViewColumn.Three],
    );
    assert.equal(one.state?.startOptions.filter, `host ${provided.privateIpAddress}`);
    assert.equal(other.state?.startOptions.filter, `host ${consuming.privateIpAddress}`);
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });

  it('of an endpoint captures on who uses it and on who is behind its service', async function () {
    this.timeout(180_000);
    const site = await ServiceSite.open(provider, consumer, 'both-sides');
    const endpoint = await site.ask();
    await site.accept(endpoint);
    const before = editor.pages.length;
    editor.choices.push(/consumer-instance/, /provider/, /provider-instance/);
    const ids = await run('vpcLabs.capture.pair', { scope: consumer, endpoint });
    assert.deepEqual(ids, [consuming.id, provided.id]);
    const [one, other] = await runningPages(before);
    assert.match(one.state?.startOptions.filter ?? '', /^host 172\.31\.\d+\.\d+/);
    assert.equal(other.state?.startOptions.filter, 'tcp');
  });

  it('begins nothing when one of its questions is dismissed', async () => {
    const before = editor.pages.length;
    assert.equal(await dismiss(run('vpcLabs.capture.pair', { scope: consumer, instance: consuming })), undefined);
    assert.equal(await dismiss(run('vpcLabs.capture.pair')), undefined);
    assert.equal(editor.pages.length, before);
  });

  it('says that nobody can capture behind a service of AWS', async () => {
    const endpoint = await acceptAll(run<VpcEndpoint>('vpcLabs.endpoint.createInterface', { scope: consumer }));
    const [before, notes] = [editor.pages.length, editor.notes.length];
    assert.equal(await run('vpcLabs.capture.pair', { scope: consumer, endpoint }), undefined);
    assert.match(editor.notes.slice(notes).join(), /there is no instance to capture on/);
    assert.equal(editor.pages.length, before);
  });
});
