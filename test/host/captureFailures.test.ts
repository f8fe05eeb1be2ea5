import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Scope } from '../../src/app/appModel';
import { runOnInstance } from '../../src/app/operations/runOnInstance';
import { deferred } from '../../src/base/async';
import { silentLog } from '../../src/base/log';
import { wallClock } from '../../src/compose';
import type { Instance } from '../../src/core/network';
import { nodeChannelPorts } from '../../src/ssm/node/nodeChannelPorts';
import { closeTabs, openPage, waitForPhase } from '../support/capturePages';
import { editor, type WatchedPage } from '../support/editorWatch';
import { extensionError } from '../support/extensionError';
import { type FaultySessions, faultySessions } from '../support/faultySessions';
import { type WatchedSessions, watchSessions } from '../support/gatewaySpies';
import { acceptAll, dismiss, onlineInstance, practiceScopes, run, unregisteredInstance } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

const FILTER = 'port 443 or port 53';
const SUDO_RULE = '/etc/sudoers.d/ssm-agent-users';

describe('a capture that fails says so in its panel and leaves no session', () => {
  let consumer: Scope;
  let instance: Instance;
  let watched: WatchedSessions;
  let faults: FaultySessions;
  let page: WatchedPage;

  before(async () => {
    consumer = (await practiceScopes()).consumer;
    instance = await onlineInstance(consumer);
  });

  beforeEach(async () => {
    watched = watchSessions(consumer);
    faults = faultySessions(watched.scope);
    page = await openPage(faults.scope, instance);
  });

  afterEach(async () => {
    await closeTabs();
    await nothingIsLeft();
  });

  // What the tests did to the instance goes with its world.
  after(() => run('vpcLabs.practice.reset'));

  /** No session at the service, and no tcpdump on the instance while it runs. */
  async function nothingIsLeft(): Promise<void> {
    await waitUntil(
      async () => (await watched.alive()).length === 0,
      () => `the sessions to end: ${watched.sessionIds}`,
    );
    const { instances } = await consumer.gateways();
    if ((await instances.listSessionManagerStatus()).get(instance.id) !== 'online') return;
    await waitUntil(async () => (await onInstance('pgrep -x tcpdump')) === '', 'tcpdump to be gone');
  }

  /** What a command prints on the instance. */
  async function onInstance(command: string): Promise<string> {
    const { sessions } = await consumer.gateways();
    const ports = nodeChannelPorts(wallClock, silentLog);
    return (await runOnInstance(sessions, instance.id, command, { ports })).output.trim();
  }

  const says = (form: RegExp) =>
    waitUntil(
      () => form.test(page.state?.message ?? ''),
      () => `the page to say ${form}; it is ${page.state?.phase}: ${page.state?.message}`,
    );

  const offers = (words: string) =>
    waitUntil(
      () => page.state?.remedy === words,
      () => `the button ${words}; there is: ${page.state?.remedy}`,
    );

  async function begin(): Promise<void> {
    page.start(FILTER);
    await waitForPhase(page, 'running');
    assert.equal((await watched.alive()).length, 1);
  }

  it('by nothing: it starts, stops, and starts again', async () => {
    await begin();
    page.call('stop');
    await waitForPhase(page, 'stopped');
    await nothingIsLeft();
    assert.deepEqual([page.state?.message, page.state?.remedy], ['Stopped.', '']);
    await begin();
  });

  it('by a tab that is closed while it starts, at each of its sessions', async () => {
    for (const session of [1, 2]) {
      const asked = deferred<void>();
      const answer = deferred<void>();
      watched = watchSessions(consumer, async () => {
        if (watched.sessionIds.length < session) return;
        asked.resolve();
        await answer.promise;
      });
      await closeTabs();
      page = await openPage(watched.scope, instance);
      page.start(FILTER);
      await asked.promise;
      await closeTabs();
      answer.resolve();
      await nothingIsLeft();
      assert.equal(watched.sessionIds.length, session);
    }
  });

  it('by a stop while it starts', async () => {
    const asked = deferred<void>();
    const answer = deferred<void>();
    watched = watchSessions(consumer, async () => {
      asked.resolve();
      await answer.promise;
    });
    await closeTabs();
    page = await openPage(watched.scope, instance);
    page.start(FILTER);
    await asked.promise;
    page.call('stop');
    answer.resolve();
    await waitForPhase(page, 'stopped');
    assert.equal(page.state?.message, 'Stopped.');
  });

  it('by a link that is lost: it says so, and goes on when the link is back', async () => {
    await begin();
    faults.refusals.resumeSession = await extensionError(consumer, 'cloudUnreachable');
    faults.cutLinks();
    await says(/^The connection is lost\. Trying again in \d+ s/);
    delete faults.refusals.resumeSession;
    await waitUntil(() => page.state?.message === '', 'the link to be back');
    assert.equal(page.state?.phase, 'running');
    page.call('stop');
    await waitForPhase(page, 'stopped');
  });

  it('by a session that somebody else has ended', async () => {
    await begin();
    const { sessions } = await consumer.gateways();
    await sessions.terminateSession(watched.sessionIds.at(-1) ?? '');
    await waitForPhase(page, 'stopped');
    await says(/the session has ended/);
  });

  it('by an agent that is offline, with the reason and what helps', async () => {
    await closeTabs();
    const alone = await unregisteredInstance(consumer);
    const { instances } = await consumer.gateways();
    await waitUntil(async () => (await instances.findInstance(alone.id))?.state === 'running', 'it to run');
    await run('vpcLabs.instances.refresh');
    page = await openPage(faults.scope, alone);
    page.start(FILTER);
    await waitForPhase(page, 'failed');
    await says(/is not connected to Session Manager: it has no instance profile/);
    await offers('Attach Instance Profile');
  });

  it('by credentials that have expired before it starts', async () => {
    faults.refusals.startSession = await extensionError(consumer, 'credentialsExpired');
    page.start(FILTER);
    await waitForPhase(page, 'failed');
    await says(/expired/);
    delete faults.refusals.startSession;
    await begin();
  });

  it('by credentials that expire while it runs: whoever signs in again goes on', async () => {
    await closeTabs();
    let signedIn = 0;
    const signIn = async () => {
      signedIn++;
    };
    page = await openPage({ ...faults.scope, signIn }, instance);
    await begin();
    const expired = await extensionError(consumer, 'credentialsExpired');
    Object.assign(faults.refusals, { resumeSession: expired, terminateSession: expired });
    faults.cutLinks();
    await says(/^The connection is lost, and cannot be made again: .*expired/);
    await offers('Sign In Again');
    delete faults.refusals.resumeSession;
    delete faults.refusals.terminateSession;
    page.call('remedy');
    await waitUntil(() => signedIn === 1, 'the question to sign in');
    await waitUntil(() => page.state?.message === '', 'the link to be back');
    await waitUntil(() => page.state?.remedy === '', 'the button to go');
    page.call('stop');
    await waitForPhase(page, 'stopped');
  });

  it('by credentials that have expired when its tab is closed: its session is remembered, and ended with new ones', async () => {
    await begin();
    faults.refusals.terminateSession = await extensionError(consumer, 'credentialsExpired');
    await closeTabs();
    await vscode.commands.executeCommand('vpcLabs.instances.focus');
    const left = () =>
      editor
        .tree('vpcLabs.instances')
        .underScope('consumer')
        ?.some(({ id }) => id.endsWith('/leftSessions'));
    await waitUntil(() => left() === true, 'the session to be listed');
    delete faults.refusals.terminateSession;
    assert.equal(await acceptAll(run('vpcLabs.session.end')), watched.sessionIds.at(-1));
  });

  it('by a filter that tcpdump does not understand', async () => {
    page.start('tcp port');
    await waitForPhase(page, 'failed');
    await says(/does not understand the filter/);
  });

  it('by an interface that the instance has not: its button captures on all', async () => {
    const { startOptions } = page.state ?? assert.fail('the page has no state');
    page.call('start', { ...startOptions, interfaceName: 'eth9' });
    await waitForPhase(page, 'failed');
    await says(/has no network interface eth9\. It has lo, enX0\./);
    assert.deepEqual(page.state?.interfaceNames, ['lo', 'enX0']);
    await offers('Capture on All Interfaces');
    page.call('remedy');
    await waitForPhase(page, 'running');
    assert.equal(page.state?.startOptions.interfaceName, 'any');
  });

  it('by tcpdump that is missing, and given up when the question is dismissed', async () => {
    await onInstance('sudo dnf -y remove tcpdump');
    page.start(FILTER);
    await waitForPhase(page, 'failed');
    await says(/^tcpdump is not installed on the instance\./);
    const questions = editor.questions.length;
    assert.equal(await dismiss(run('vpcLabs.instance.installTcpdump', { scope: faults.scope, instance })), false);
    assert.equal(editor.questions.length, questions + 1);
    assert.equal(await onInstance('command -v tcpdump'), '');
  });

  it('by tcpdump that is missing, and mended by its button', async () => {
    page.start(FILTER);
    await waitForPhase(page, 'failed');
    await offers('Install tcpdump');
    editor.pressesNoteButton = true;
    const notes = editor.notes.length;
    try {
      page.call('remedy');
      await acceptAll(waitUntil(() => editor.notes.length > notes, 'tcpdump to be installed', 60_000));
      assert.equal(editor.notes[notes], 'tcpdump is installed on consumer-instance.');
      await waitForPhase(page, 'running');
    } finally {
      editor.pressesNoteButton = false;
    }
  });

  it('by an instance that is stopped in the middle, and started by its button', async () => {
    await begin();
    const { instances } = await consumer.gateways();
    await instances.stopInstance(instance.id);
    await waitForPhase(page, 'failed');
    await says(/does not run \((?:stopping|stopped)\)/);
    await waitUntil(async () => (await instances.findInstance(instance.id))?.state === 'stopped', 'it to be stopped');
    await run('vpcLabs.instances.refresh');
    page.start(FILTER);
    await says(/does not run \(stopped\)/);
    await offers('Start Instance');
    const state = async () => (await instances.findInstance(instance.id))?.state;
    page.call('remedy');
    await acceptAll(waitUntil(async () => (await state()) !== 'stopped', 'it to start'));
    instance = await onlineInstance(consumer);
  });

  it('by sudo that wants a password: its button copies what allows it', async () => {
    await onInstance(`sudo rm ${SUDO_RULE}`);
    page.start(FILTER);
    await waitForPhase(page, 'failed');
    await says(/The session’s user ssm-user may not capture: sudo on the instance wants a password/);
    await offers('Copy Command');
    page.call('remedy');
    const rule = `echo 'ssm-user ALL=(ALL) NOPASSWD:ALL' | sudo tee -a ${SUDO_RULE}`;
    await waitUntil(async () => (await vscode.env.clipboard.readText()) === rule, 'the command to be copied');
  });
});
