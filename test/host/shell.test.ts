import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Scope } from '../../src/app/appModel';
import { deferred } from '../../src/base/async';
import type { Instance } from '../../src/core/network';
import type { LeftSessionTarget } from '../../src/ui/views/targets';
import { editor } from '../support/editorWatch';
import { watchSessions } from '../support/gatewaySpies';
import { acceptAll, onlineInstance, practiceScopes, refusal, run, unregisteredInstance } from '../support/hostCommands';
import { TerminalText } from '../support/terminalText';
import { waitUntil } from '../support/waitUntil';

async function openShell(scope: Scope, instance: Instance): Promise<TerminalText> {
  const terminal = await run<vscode.Terminal>('vpcLabs.instance.openShell', { scope, instance });
  return new TerminalText(terminal);
}

describe('an instance shell in VS Code', () => {
  let consumer: Scope;

  before(async () => {
    consumer = (await practiceScopes()).consumer;
  });

  afterEach(() => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
  });

  it('runs what is typed, and says when its session is over', async () => {
    const { scope, alive } = watchSessions(consumer);
    const shell = await openShell(scope, await onlineInstance(consumer));
    await waitUntil(() => vscode.window.activeTerminal === shell.terminal, 'the terminal to be in front');
    await shell.waitFor(/sh-5\.2\$ $/);
    shell.terminal.sendText('echo $((6 * 7)) && whoami');
    await shell.waitFor(/^42\r?\nssm-user\r?$/m);
    shell.terminal.sendText('exit');
    await shell.waitFor(/The session has ended\. Press any key to close\./);
    assert.deepEqual(await alive(), []);
    const closed = new Promise(resolve => vscode.window.onDidCloseTerminal(resolve));
    shell.terminal.sendText('x', false);
    assert.equal(await closed, shell.terminal);
  });

  it('ends its session with its tab', async () => {
    const { scope, sessionIds, alive } = watchSessions(consumer);
    const shell = await openShell(scope, await onlineInstance(consumer));
    await shell.waitFor(/sh-5\.2\$ $/);
    assert.deepEqual(await alive(), sessionIds);
    shell.terminal.dispose();
    await waitUntil(async () => (await alive()).length === 0, 'the session to end');
  });

  it('leaves no session when its tab is closed while it connects', async () => {
    const asked = deferred<void>();
    const answer = deferred<void>();
    const { scope, sessionIds, alive } = watchSessions(consumer, () => {
      asked.resolve();
      return answer.promise;
    });
    const shell = await openShell(scope, await onlineInstance(consumer));
    await asked.promise;
    shell.terminal.dispose();
    answer.resolve();
    await waitUntil(async () => (await alive()).length === 0, 'the session to end');
    assert.equal(sessionIds.length, 1);
  });

  it('asks where to open when it is run from the palette', async () => {
    const terminal = await acceptAll(run<vscode.Terminal>('vpcLabs.instance.openShell'));
    assert.equal(terminal.name, 'provider-instance · provider');
    await new TerminalText(terminal).waitFor(/sh-5\.2\$ $/);
  });

  it('ends with the world that it ran in', async () => {
    const shell = await openShell(consumer, await onlineInstance(consumer));
    await shell.waitFor(/sh-5\.2\$ $/);
    await run('vpcLabs.practice.reset');
    await shell.waitFor(/Press any key to close\./);
    consumer = (await practiceScopes()).consumer;
  });

  it('is listed under its scope when it could not be ended, and ended from there', async () => {
    const refusing = () => Promise.reject(new Error('no way to Systems Manager'));
    const { scope, sessionIds, alive } = watchSessions(consumer, undefined, refusing);
    const shell = await openShell(scope, await onlineInstance(consumer));
    await shell.waitFor(/sh-5\.2\$ $/);
    shell.terminal.dispose();
    await vscode.commands.executeCommand('vpcLabs.instances.focus');
    const rows = () => editor.tree('vpcLabs.instances').underScope('consumer');
    const group = () => rows()?.find(({ id }) => id.endsWith('/leftSessions'));
    await waitUntil(() => group() !== undefined, 'the session to be listed');
    const [left] = ((await group()?.children?.()) ?? []) as unknown as readonly LeftSessionTarget[];
    assert.ok(left);
    assert.equal(left.session.sessionId, sessionIds[0]);

    assert.match(
      await refusal(run('vpcLabs.session.end', { scope, session: left.session })),
      /no way to Systems Manager/,
    );
    assert.deepEqual(await alive(), sessionIds);

    assert.equal(await acceptAll(run('vpcLabs.session.end')), sessionIds[0]);
    assert.deepEqual(await alive(), []);
    await waitUntil(() => group() === undefined, 'the line to be gone');
  });

  it('is not asked for when none was left', async () => {
    const notes = editor.notes.length;
    assert.equal(await run('vpcLabs.session.end'), undefined);
    assert.match(editor.notes.slice(notes).join(), /No session was left/);
  });

  it('says why there is none on an instance that Session Manager does not know', async () => {
    const { scope, sessionIds } = watchSessions(consumer);
    const shell = await openShell(scope, await unregisteredInstance(consumer));
    await shell.waitFor(/is not connected to Session Manager.*Press any key to close\./s);
    assert.deepEqual(sessionIds, []);
  });
});
