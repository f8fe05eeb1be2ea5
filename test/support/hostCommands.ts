/** The extension's commands as a test in the extension host runs them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Scope } from '../../src/app/appModel';
import type { Instance } from '../../src/core/network';
import type { CommandArguments, CommandId } from '../../src/ui/contributions';
import { editor } from './editorWatch';
import { waitUntil } from './waitUntil';

const ENTER = 'workbench.action.acceptSelectedQuickOpenItem';
const ESCAPE = 'workbench.action.closeQuickOpen';

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
  return press(ENTER, running);
}

/** Presses Enter until the wizard that has just begun asks its question of this number, and not once more. */
export async function acceptUntil(step: number): Promise<void> {
  const old = editor.questions.at(-1);
  const asked = () => (editor.questions.at(-1) === old ? undefined : editor.questions.at(-1)?.step);
  await waitUntil(
    async () => {
      if (asked() !== step) await vscode.commands.executeCommand(ENTER);
      return asked() === step;
    },
    () => `step ${step}; it is at ${asked()}`,
  );
}

/** Presses Escape until a command is done. */
export function dismiss<Result>(running: Promise<Result>): Promise<Result> {
  return press(ESCAPE, running);
}

async function press<Result>(key: string, until: Promise<Result>): Promise<Result> {
  let isDone = false;
  const done = until.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  await waitUntil(async () => {
    if (!isDone) await vscode.commands.executeCommand(key);
    return isDone;
  }, 'the command to be done');
  return done;
}
