/** The extension's commands as a test in the extension host runs them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { Instance } from '../../src/core/network';
import type { CommandArguments, CommandId } from '../../src/ui/contributions';
import { editor } from './editorWatch';
import { waitUntil } from './waitUntil';

/** Runs a command with what a view would hand it; resolves with what it made. */
export async function run<Result, Id extends CommandId = CommandId>(
  id: Id,
  target?: CommandArguments[Id],
): Promise<Result> {
  return vscode.commands.executeCommand<Result>(id, target);
}

/** The accounts of the practice cloud, which starts if it does not run. */
export async function practiceScopes(): Promise<{ readonly provider: Scope; readonly consumer: Scope }> {
  const [provider, consumer] = await run<readonly Scope[]>('vpcLabs.practice.start');
  assert.ok(provider && consumer, 'the practice cloud has two accounts');
  return { provider, consumer };
}

/** The account's own instance, once Session Manager reaches it. */
export async function onlineInstance(scope: Scope): Promise<Instance> {
  const { instances } = await scope.gateways();
  let online: Instance | undefined;
  await waitUntil(async () => {
    const [all, status] = await Promise.all([instances.listInstances(), instances.listSessionManagerStatus()]);
    online = all.find(({ id }) => status.get(id) === 'online');
    return online !== undefined;
  }, 'an instance to be online');
  return online as unknown as Instance;
}

/** A new instance without a role, which Session Manager therefore never hears of. */
export async function unregisteredInstance(scope: Scope): Promise<Instance> {
  const { instances } = await scope.gateways();
  const { subnetId, securityGroupIds } = await onlineInstance(scope);
  assert.ok(subnetId);
  return instances.launchInstance({
    imageParameter: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    instanceType: 't3.micro',
    subnetId,
    securityGroupIds,
    instanceProfileName: undefined,
    tags: { Name: 'without a role' },
    clientToken: crypto.randomUUID(),
  });
}

/** Presses Enter until a command is done. */
export function acceptAll<Result>(running: Promise<Result>): Promise<Result> {
  return press('workbench.action.acceptSelectedQuickOpenItem', running);
}

/** Presses Enter until the wizard asks its question of this number. */
export async function acceptUntil(step: number): Promise<void> {
  const isThere = () => editor.questions.at(-1)?.step === step;
  await press('workbench.action.acceptSelectedQuickOpenItem', waitUntil(isThere, `step ${step}`));
}

/** Presses Enter until the wizard asks its question of this number, then Escape until the command is done. */
export async function cancelAt<Result>(step: number, running: Promise<Result>): Promise<Result> {
  await acceptUntil(step);
  return press('workbench.action.closeQuickOpen', running);
}

async function press<Result>(key: string, until: Promise<Result>): Promise<Result> {
  let isDone = false;
  const done = until.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  while (!isDone) {
    await vscode.commands.executeCommand(key);
    await Promise.race([done.catch(() => undefined), new Promise(resolve => setTimeout(resolve, 150))]);
  }
  return done;
}
