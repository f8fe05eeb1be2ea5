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
/** A command of many steps, on a busy machine. */
const commandTimeoutMs = 60_000;
const keyGapMs = 20;

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
    commandTimeoutMs,
    keyGapMs,
  );
}

/** How questions are answered that Enter alone would answer otherwise: a text to type, or what the items to take say. */
export type Answers = readonly (readonly [question: RegExp, answer: string | readonly string[]])[];

/** Presses Enter until a command is done; each of the answers is given to the first question that it is for. */
export function answerAll<Result>(running: Promise<Result>, answers: Answers): Promise<Result> {
  const give = answering(answers);
  return press(ENTER, running, give);
}

/** Goes through a wizard as {@link answerAll} does, up to its last step, the summary, and gives it up there. */
export async function giveUp<Result>(running: Promise<Result>, answers: Answers = []): Promise<Result> {
  const old = editor.questions.at(-1);
  const give = answering(answers);
  const isLast = () => {
    const question = editor.questions.at(-1);
    return question !== old && question !== undefined && question.step === question.totalSteps;
  };
  await waitUntil(
    async () => {
      if (!isLast()) await give();
      if (!isLast()) await vscode.commands.executeCommand(ENTER);
      return isLast();
    },
    () => `the summary; it asks ${questionWords(editor.questions.at(-1))}`,
    commandTimeoutMs,
    keyGapMs,
  );
  return dismiss(running);
}

/** Goes through a command that is refused: it makes nothing, and says why once. */
export async function refusal(running: Promise<unknown>, answers: Answers = []): Promise<string> {
  const errors = editor.errors.length;
  const result = await answerAll(running, answers);
  assert.ok(result === undefined || result === false, `it did something: ${JSON.stringify(result)}`);
  assert.equal(editor.errors.length, errors + 1);
  return editor.errors.at(-1) ?? '';
}

function answering(answers: Answers): () => Promise<void> {
  const open = [...answers];
  let last = editor.questions.at(-1);
  return async () => {
    const question = editor.questions.at(-1);
    if (!question || question === last) return;
    last = question;
    const at = open.findIndex(([form]) => form.test(questionWords(question)));
    const [found] = at < 0 ? [] : open.splice(at, 1);
    if (!found) return;
    giveAnswer(question, found[1]);
    // The editor hears of it in the next turn.
    await new Promise(resolve => setTimeout(resolve, 20));
  };
}

type Question = (typeof editor.questions)[number];

function questionWords(question: Question | undefined): string {
  if (!question) return 'nothing';
  return ('items' in question ? question.placeholder : question.prompt) ?? '';
}

function giveAnswer(question: Question, answer: string | readonly string[]): void {
  if (!('items' in question)) {
    question.value = String(answer);
    return;
  }
  const wanted = typeof answer === 'string' ? [answer] : answer;
  const words = ({ label, description, detail }: vscode.QuickPickItem) => [label, description, detail].join(' ');
  const items = question.items.filter(item => wanted.some(part => words(item).includes(part)));
  assert.ok(items.length > 0, `${wanted} is not among ${question.items.map(({ label }) => label)}`);
  if (question.canSelectMany) question.selectedItems = items;
  else question.activeItems = items.slice(0, 1);
}

/** Does something while a scope is read-only. */
export async function whileReadOnly<Result>(scope: Scope, work: () => Promise<Result>): Promise<Result> {
  await run('vpcLabs.scope.makeReadOnly', { scope });
  try {
    return await work();
  } finally {
    await run('vpcLabs.scope.allowChanges', { scope });
  }
}

/** Does something while dialogs are dismissed; each is one that would have been answered with its deed. */
export async function whileDismissing<Result>(work: () => Promise<Result>): Promise<Result> {
  editor.confirms = false;
  try {
    return await work();
  } finally {
    editor.confirms = true;
  }
}

/** Runs a command as the palette does; `choices` say what is taken of the lists that it shows, in their order. */
export function runFromPalette<Result>(id: CommandId, ...choices: readonly RegExp[]): Promise<Result> {
  editor.choices.push(...choices);
  return run<Result>(id);
}

/** The same scope with nothing in its network. */
export function withoutNetwork(scope: Scope): Scope {
  return {
    ...scope,
    async gateways() {
      const gateways = await scope.gateways();
      const empty = { known: true, value: [] } as const;
      const readSnapshot: typeof gateways.network.readSnapshot = async (...asked) => {
        const snapshot = await gateways.network.readSnapshot(...asked);
        return Object.fromEntries(
          Object.entries(snapshot).map(([part, value]) => [part, isReading(value) ? empty : value]),
        ) as unknown as typeof snapshot;
      };
      return { ...gateways, network: { readSnapshot } as typeof gateways.network };
    },
  };
}

function isReading(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'known' in value;
}

/** Presses Escape until a command is done. */
export function dismiss<Result>(running: Promise<Result>): Promise<Result> {
  return press(ESCAPE, running);
}

async function press<Result>(key: string, until: Promise<Result>, before = async () => {}): Promise<Result> {
  let isDone = false;
  const done = until.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  await waitUntil(
    async () => {
      await before();
      if (!isDone) await vscode.commands.executeCommand(key);
      return isDone;
    },
    () => `the command to be done; the last question was: ${questionWords(editor.questions.at(-1))}`,
    commandTimeoutMs,
    keyGapMs,
  );
  return done;
}
