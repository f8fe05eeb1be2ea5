import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { InstanceConnectEndpoint } from '../../src/core/instanceConnectEndpoint';
import type { Instance } from '../../src/core/network';
import { editor } from '../support/editorWatch';
import { watchTunnels } from '../support/gatewaySpies';
import { acceptAll, dismiss, onlineInstance, practiceScopes, run, unregisteredInstance } from '../support/hostCommands';
import { StandInAwsCli } from '../support/standInAwsCli';
import { TerminalText } from '../support/terminalText';
import { waitUntil } from '../support/waitUntil';

/** In the instance's VPC. */
async function connectEndpoint(scope: Scope, { subnetId, vpcId }: Instance): Promise<InstanceConnectEndpoint> {
  const { instanceConnectEndpoints } = await scope.gateways();
  assert.ok(subnetId);
  const usual = { securityGroupIds: [], preservesClientIp: false, tags: {}, clientToken: 'a way in' };
  await instanceConnectEndpoints.createInstanceConnectEndpoint({ ...usual, subnetId });
  let made: InstanceConnectEndpoint | undefined;
  await waitUntil(async () => {
    const all = await instanceConnectEndpoints.listInstanceConnectEndpoints();
    made = all.find(each => each.vpcId === vpcId && each.state === 'createComplete');
    return made !== undefined;
  }, 'the Instance Connect endpoint to be made');
  return made as unknown as InstanceConnectEndpoint;
}

describe('a shell through an Instance Connect endpoint in VS Code', () => {
  let consumer: Scope;
  /** Session Manager does not reach it, so that the other way is offered first. */
  let instance: Instance;
  let endpoint: InstanceConnectEndpoint;

  before(async () => {
    consumer = (await practiceScopes()).consumer;
    const { id } = await unregisteredInstance(consumer);
    const { instances } = await consumer.gateways();
    await waitUntil(async () => {
      const found = await instances.findInstance(id);
      if (found) instance = found;
      return found?.state === 'running';
    }, 'the instance to run');
    endpoint = await connectEndpoint(consumer, instance);
  });

  afterEach(() => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
  });

  const choose = (scope: Scope) =>
    acceptAll(run<vscode.Terminal | undefined>('vpcLabs.instance.chooseShell', { scope, instance }));

  async function open() {
    const { scope, tunnels } = watchTunnels(consumer);
    const terminal = await choose(scope);
    assert.ok(terminal);
    const shell = new TerminalText(terminal);
    await shell.waitFor(/\$ $/);
    return { shell, tunnels };
  }

  it('runs what is typed by SSH through the endpoint, and closes the tunnel when the shell exits', async () => {
    const { shell, tunnels } = await open();
    shell.terminal.sendText('hostname');
    const hostName = `ip-${instance.privateIpAddress?.replaceAll('.', '-')}`;
    await shell.waitFor(new RegExp(`^${hostName}\\.`, 'm'));
    shell.terminal.sendText('exit');
    await shell.waitFor(/The session has ended\. Press any key to close\./);
    await waitUntil(() => tunnels.length === 1 && tunnels.every(({ isClosed }) => isClosed), 'the tunnel to close');
  });

  it('leaves no tunnel open when its tab is closed', async () => {
    const { shell, tunnels } = await open();
    assert.deepEqual([tunnels.length, tunnels[0]?.isClosed], [1, false]);
    shell.terminal.dispose();
    await waitUntil(() => tunnels[0]?.isClosed === true, 'the tunnel to close');
  });

  it('says in the terminal which group is in the way', async () => {
    const { network, instances } = await consumer.gateways();
    assert.ok(instance.vpcId && instance.subnetId);
    const closed = { vpcId: instance.vpcId, name: 'closed', description: 'admits nothing', tags: {} };
    const groupId = await network.createSecurityGroup(closed);
    const launched = await instances.launchInstance({
      imageParameter: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      instanceType: 't3.micro',
      subnetId: instance.subnetId,
      securityGroupIds: [groupId],
      instanceProfileName: undefined,
      tags: { Name: 'closed' },
      clientToken: 'closed',
    });
    await waitUntil(async () => (await instances.findInstance(launched.id))?.state === 'running', 'it to run');
    const target = { scope: consumer, instance: { ...launched, state: 'running' as const } };
    const terminal = await acceptAll(run<vscode.Terminal>('vpcLabs.instance.chooseShell', target));
    const sentence = `${endpoint.id} does not reach port 22 of ${launched.id}, because security group ${groupId} does`;
    await new TerminalText(terminal).waitFor(new RegExp(`${sentence}.*Press any key to close\\.`, 's'));
  });

  it('offers no way that does not work', async () => {
    const stopped = { ...instance, state: 'stopped' as const };
    const running = run<vscode.Terminal>('vpcLabs.instance.chooseShell', { scope: consumer, instance: stopped });
    assert.equal(await acceptAll(running), undefined);
    assert.equal(await dismiss(run('vpcLabs.instance.chooseShell', { scope: consumer, instance })), undefined);
    assert.equal(vscode.window.terminals.length, 0);
  });

  it('brings the scope of the terminal in front into the status bar', async () => {
    const { provider } = await practiceScopes();
    const text = () => editor.statusItems.get('vpcLabs.scope')?.text ?? '';
    const shows = (scope: Scope) =>
      waitUntil(
        () => text().includes(scope.label),
        () => `${scope.label}, not ${text()}`,
      );
    const first = await choose(consumer);
    await shows(consumer);
    const target = { scope: provider, instance: await onlineInstance(provider) };
    const other = await run<vscode.Terminal>('vpcLabs.instance.openShell', target);
    await shows(provider);
    first?.show();
    await shows(consumer);
    other.sendText('pwd');
    await shows(provider);
  });

  describe('of AWS itself, with the AWS CLI', () => {
    let cli: StandInAwsCli;
    const aws = (): Scope => ({
      ...consumer,
      kind: 'live',
      label: 'work',
      saved: { profile: 'it’s "work"; $(exit 1)', region: consumer.region },
    });

    afterEach(() => {
      cli.dispose();
      editor.pressesErrorButton = false;
    });

    it('starts it with each word as it is', async () => {
      cli = new StandInAwsCli('aws-cli/2.31.4 Python/3.13.7 Linux/6.1.0 exe/x86_64.debian.12');
      const terminal = await choose(aws());
      assert.ok(terminal);
      assert.match(terminal.name, / · work$/);
      const { shellPath, shellArgs } = terminal.creationOptions as vscode.TerminalOptions;
      // The oldest VS Code that npm has cannot start programs in terminals.
      execFileSync(shellPath ?? '', [...(shellArgs ?? [])]);
      assert.deepEqual(cli.words, [
        'ec2-instance-connect',
        'ssh',
        '--profile',
        'it’s "work"; $(exit 1)',
        '--region',
        'ap-south-1',
        '--instance-id',
        instance.id,
        '--connection-type',
        'eice',
        '--eice-options',
        `endpointId=${endpoint.id}`,
      ]);
    });

    for (const version of ['2.11.27', '1.44.1'])
      it(`says that ${version} is too old, and opens the page that tells how to install another`, async () => {
        cli = new StandInAwsCli(`aws-cli/${version} Python/3.13.7 Linux/6.1.0`);
        const errors = editor.errors.length;
        editor.pressesErrorButton = true;
        assert.equal(await choose(aws()), undefined);
        await waitUntil(() => editor.pagesOpened.length > 0, 'the page');
        const sentence = `The AWS CLI ${version} is too old for ec2-instance-connect ssh. Install version 2.12 or newer.`;
        assert.deepEqual(editor.errors.slice(errors), [sentence]);
        assert.match(editor.pagesOpened.splice(0).join(), /^https:\/\/docs\.aws\.amazon\.com\/cli\/[^,]*install[^,]*$/);
        assert.equal(cli.words, undefined);
      });

    it('says that it is missing, and opens nothing unasked', async () => {
      cli = new StandInAwsCli(undefined);
      const errors = editor.errors.length;
      assert.equal(await choose(aws()), undefined);
      await waitUntil(() => editor.errors.length > errors, 'the error to be shown');
      assert.match(editor.errors.slice(errors).join(), /^The AWS CLI was not found on this computer/);
      assert.deepEqual(editor.pagesOpened, []);
      assert.equal(vscode.window.terminals.length, 0);
    });
  });
});
