import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../base/disposable';

/** What a step says when it closes: go on, one back, or give up. */
export type StepOutcome = 'next' | 'back' | 'cancelled';

export interface StepFrame {
  readonly title: string;
  /** 1-based. */
  readonly number: number;
  readonly total: number;
}

export type Step = (frame: StepFrame) => Promise<StepOutcome>;

/** Walks through steps, with a way back at each but the first. Resolves with false when the person gave up. */
export async function runSteps(title: string, steps: readonly Step[]): Promise<boolean> {
  for (let index = 0; index < steps.length; ) {
    const outcome = await (steps[index] as Step)({ title, number: index + 1, total: steps.length });
    if (outcome === 'cancelled') return false;
    index += outcome === 'back' ? -1 : 1;
  }
  return true;
}

/** A question of which some answers need a second one; back leads from the second to the first. */
export function withFollowUp(question: Step, followUp: Step, isNeeded: () => boolean): Step {
  return async frame => {
    for (;;) {
      const outcome = await question(frame);
      if (outcome !== 'next' || !isNeeded()) return outcome;
      const next = await followUp(frame);
      if (next !== 'back') return next;
    }
  };
}

export interface PickItem<T> extends vscode.QuickPickItem {
  readonly value: T;
}

interface PickQuestion<T> {
  readonly placeholder: string;
  readonly items: readonly PickItem<T>[];
  /** The one that Enter takes. */
  readonly active?: T;
  /** The same items when more is known of them; whoever has moved on keeps the place. */
  readonly later?: Promise<readonly PickItem<T>[]> | undefined;
  /** An item for a text that nothing listed says; undefined while it makes none. */
  readonly typed?: (text: string) => PickItem<T> | undefined;
}

/** One of several. The answer is handed to `accept` before the step ends. */
export function pickOne<T>(
  frame: StepFrame,
  question: PickQuestion<T>,
  accept: (value: T) => void,
): Promise<StepOutcome> {
  const pick = vscode.window.createQuickPick<PickItem<T>>();
  dress(pick, frame);
  pick.placeholder = question.placeholder;
  pick.items = question.items;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const active = question.items.find(item => item.value === question.active);
  if (active) pick.activeItems = [active];
  pick.onDidChangeValue(text => {
    const item = question.typed?.(text.trim());
    if (question.typed) pick.items = item ? [...question.items, item] : question.items;
  });
  let isOpen = true;
  question.later?.then(
    items => isOpen && exchangeItems(pick, items),
    () => undefined,
  );
  return settle(pick, () => {
    const [chosen] = pick.selectedItems;
    if (!chosen) return false;
    accept(chosen.value);
    return true;
  }).finally(() => {
    isOpen = false;
  });
}

function exchangeItems<T>(pick: vscode.QuickPick<PickItem<T>>, items: readonly PickItem<T>[]): void {
  const [current] = pick.activeItems;
  const place = current ? pick.items.indexOf(current) : -1;
  pick.keepScrollPosition = true;
  pick.items = items;
  const active = items[place];
  if (active) pick.activeItems = [active];
}

interface PickManyQuestion<T> {
  readonly placeholder: string;
  readonly items: readonly PickItem<T>[];
  readonly selected: readonly T[];
  /** Why this choice cannot be; shown in the title bar, and Enter waits. */
  problemOf(values: readonly T[]): string | undefined;
}

/** Any number of several; Enter waits while the choice cannot be. */
export function pickMany<T>(
  frame: StepFrame,
  question: PickManyQuestion<T>,
  accept: (values: readonly T[]) => void,
): Promise<StepOutcome> {
  const pick = vscode.window.createQuickPick<PickItem<T>>();
  dress(pick, frame);
  pick.canSelectMany = true;
  pick.placeholder = question.placeholder;
  pick.items = question.items;
  pick.selectedItems = question.items.filter(item => question.selected.includes(item.value));
  const values = () => pick.selectedItems.map(item => item.value);
  pick.onDidChangeSelection(() => {
    const problem = question.problemOf(values());
    pick.title = problem ? `${frame.title}: ${problem}` : frame.title;
  });
  return settle(pick, () => {
    if (question.problemOf(values())) return false;
    accept(values());
    return true;
  });
}

interface TextQuestion {
  readonly prompt: string;
  readonly value: string;
  /** Asked while typing. */
  problemOf(value: string): string | undefined;
}

/** A line of text; Enter waits while it cannot be. */
export function enterText(
  frame: StepFrame,
  question: TextQuestion,
  accept: (value: string) => void,
): Promise<StepOutcome> {
  const input = vscode.window.createInputBox();
  dress(input, frame);
  input.prompt = question.prompt;
  input.value = question.value;
  input.valueSelection = [0, question.value.length];
  const judge = () => {
    input.validationMessage = question.problemOf(input.value) ?? '';
  };
  input.onDidChangeValue(judge);
  judge();
  return settle(input, () => {
    if (question.problemOf(input.value)) return false;
    accept(input.value);
    return true;
  });
}

type Question = vscode.QuickInput & {
  buttons: readonly vscode.QuickInputButton[];
  readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
  readonly onDidAccept: vscode.Event<void>;
};

function dress(question: Question, frame: StepFrame): void {
  question.title = frame.title;
  question.step = frame.number;
  question.totalSteps = frame.total;
  question.ignoreFocusOut = true;
  if (frame.number > 1) question.buttons = [vscode.QuickInputButtons.Back];
}

/** Shows the question until it is accepted (`take` says whether it may be), left by the back button, or dismissed. */
function settle(question: Question, take: () => boolean): Promise<StepOutcome> {
  const owned = new DisposableStore();
  owned.add(question as Disposable);
  return new Promise<StepOutcome>(resolve => {
    owned.add(question.onDidAccept(() => take() && resolve('next')));
    owned.add(question.onDidTriggerButton(button => button === vscode.QuickInputButtons.Back && resolve('back')));
    owned.add(question.onDidHide(() => resolve('cancelled')));
    question.show();
  }).finally(() => owned.dispose());
}
