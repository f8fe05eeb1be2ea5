import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writePcap } from '../../src/packet/pcap';
import { editor, type WatchedPage } from '../support/editorWatch';
import { conversation } from '../support/frameCorpus';
import { onlineInstance, practiceScopes } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

/** A panel as the editor hands it over after a reload, with what its page had kept. */
async function restored(pageState: unknown): Promise<{ panel: vscode.WebviewPanel; page: WatchedPage }> {
  // The object that is watched: VS Code 1.103 has another for those who require it.
  const { window } = await import('vscode');
  const panel = window.createWebviewPanel('vpcLabs.capture', 'Capture', vscode.ViewColumn.One);
  const page = editor.pages.at(-1) as WatchedPage;
  const serializer = editor.serializers.get('vpcLabs.capture');
  assert.ok(serializer, 'the extension takes kept panels');
  await serializer.deserializeWebviewPanel(panel, pageState);
  return { panel, page };
}

describe('a capture’s panel after a reload of the window', () => {
  let folder = '';
  let panel: vscode.WebviewPanel | undefined;
  before(async () => {
    // The editor does so when it has a panel to fill.
    await vscode.extensions.getExtension('vpc-endpoint-labs.vpc-endpoint-labs')?.activate();
    folder = mkdtempSync(join(tmpdir(), 'captures-'));
  });
  afterEach(() => panel?.dispose());
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('shows its file again, read anew', async () => {
    const file = join(folder, 'web.pcap');
    writeFileSync(file, writePcap(conversation().map((bytes, index) => ({ timeMicros: 1.7e15 + index, bytes }))));
    const { page, ...made } = await restored({ origin: { kind: 'file', uri: String(vscode.Uri.file(file)) } });
    panel = made.panel;
    await waitUntil(() => page.state !== undefined, 'the page to say that it is there');
    assert.deepEqual([page.state?.phase, page.state?.instanceName], ['stopped', 'web.pcap']);
  });

  it('stands ready on its instance, with what it was started with, and says that the capture has ended', async () => {
    const { consumer } = await practiceScopes();
    const instance = await onlineInstance(consumer);
    const startOptions = {
      filter: 'icmp',
      mode: 'compact',
      packetLimit: 7,
      timeLimitSeconds: 30,
      snapLengthBytes: 96,
    } as const;
    const origin = { kind: 'instance', scopeId: consumer.id, scopeLabel: consumer.label, instanceId: instance.id };
    const { page, ...made } = await restored({ origin, startOptions, firstTimeMicros: 1 });
    panel = made.panel;
    await waitUntil(() => page.state !== undefined, 'the page to say that it is there');
    assert.deepEqual(page.state?.startOptions, { ...startOptions, interfaceName: undefined });
    assert.match(page.state?.message ?? '', /Start it again/);
  });

  it('says so when its file is gone, or nothing is known of it', async () => {
    const gone = await restored({ origin: { kind: 'file', uri: String(vscode.Uri.file(join(folder, 'gone.pcap'))) } });
    assert.match(gone.panel.webview.html, /gone\.pcap/);
    gone.panel.dispose();
    const unknown = await restored({ origin: { kind: 'elsewhere' } });
    panel = unknown.panel;
    assert.match(panel.webview.html, /Nothing is known/);
  });
});
