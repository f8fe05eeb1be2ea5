/** Capture panels as a test in the extension host opens and watches them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { Instance } from '../../src/core/network';
import { editor, type WatchedPage } from './editorWatch';
import { run } from './hostCommands';
import { waitUntil } from './waitUntil';

export const captureTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('vpcLabs.capture'));

export const closeTabs = () => vscode.window.tabGroups.close(captureTabs());

/** Opens the panel on an instance and waits for its page. */
export async function openPage(scope: Scope, instance: Instance): Promise<WatchedPage> {
  const before = editor.pages.length;
  await run('vpcLabs.instance.capture', { scope, instance });
  const page = editor.pages[before];
  assert.ok(page, 'a panel was made');
  await waitUntil(() => page.state !== undefined, 'the page to say that it is there');
  return page;
}

export async function waitForPhase(page: WatchedPage, phase: string): Promise<void> {
  await waitUntil(
    () => page.state?.phase === phase,
    () => `the page to be ${phase}; it is ${page.state?.phase}: ${page.state?.message}`,
  );
}
