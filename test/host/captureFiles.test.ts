import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writePcap } from '../../src/packet/pcap';
import { editor, type WatchedPage } from '../support/editorWatch';
import { conversation } from '../support/frameCorpus';
import { run } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

const packets = writePcap(conversation().map((bytes, index) => ({ timeMicros: 1.7e15 + index, bytes })));

const captureTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('vpcLabs.capture'));

describe('capture files in VS Code', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'captures-'));
  });
  afterEach(() => vscode.window.tabGroups.close(captureTabs()));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const uri = (name: string) => vscode.Uri.file(join(folder, name));
  const written = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return uri(name);
  };

  async function opened(name: string, bytes: Uint8Array): Promise<WatchedPage> {
    const before = editor.pages.length;
    const file = written(name, bytes);
    assert.equal(await run('vpcLabs.capture.open', file), file.fsPath);
    const page = editor.pages[before];
    assert.ok(page, 'a panel was made');
    await waitUntil(() => page.state !== undefined, 'the page to say that it is there');
    return page;
  }

  it('are shown in the panel and saved anew in each form', async () => {
    const page = await opened('web.pcap', packets);
    assert.deepEqual(
      [page.state?.phase, page.state?.scopeKind, page.state?.instanceName],
      ['stopped', 'file', 'web.pcap'],
    );
    assert.equal(await run('vpcLabs.capture.save', uri('again.pcap')), join(folder, 'again.pcap'));
    assert.deepEqual(new Uint8Array(readFileSync(join(folder, 'again.pcap'))), packets);
    await run('vpcLabs.capture.save', uri('again.txt'));
    const text = readFileSync(join(folder, 'again.txt'), 'utf8');
    assert.equal(text.split('\n').length, conversation().length + 1);
    assert.match(text, /^2023-11-14 22:13:20\.000000 IP 172\.31\.37\.141\.38482 > 172\.31\.36\.107\.443: Flags \[S\]/);
  });

  it('say what is wrong with a file that is cut, and with one that is no capture', async () => {
    const page = await opened('cut.pcap', packets.subarray(0, -1));
    assert.match(page.state?.message ?? '', /ends in the middle of a packet/);
    const errors = editor.errors.length;
    assert.equal(
      await run('vpcLabs.capture.open', written('notes.txt', new TextEncoder().encode('hello\n'))),
      undefined,
    );
    await waitUntil(() => editor.errors.length > errors, 'the error to be said');
    assert.match(String(editor.errors.at(-1)), /notes\.txt is no capture/);
  });

  it('cannot be saved as packets where there is text alone, nor without a capture', async () => {
    await opened('web.txt', new TextEncoder().encode('12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3\n'));
    const errors = editor.errors.length;
    await run('vpcLabs.capture.save', uri('web.pcap'));
    await waitUntil(() => editor.errors.length > errors, 'the error to be said');
    assert.match(String(editor.errors.at(-1)), /cannot be saved as \.pcap/);
    await vscode.window.tabGroups.close(captureTabs());
    await run('vpcLabs.capture.save', uri('web.txt'));
    await waitUntil(() => editor.errors.length > errors + 1, 'the other error to be said');
    assert.match(String(editor.errors.at(-1)), /No capture is open/);
  });
});
