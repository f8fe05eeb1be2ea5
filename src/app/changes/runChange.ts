import { LabError } from '../../core/errors';
import type { Scope } from '../appModel';
import { noteErrorScope } from '../errorScope';
import type { ChangeContext, MadeThing } from './plannedChange';

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly report?: (text: string) => void;
}

/** How a change ended. Stopped half-way it says what exists, the newest last. */
export type ChangeOutcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'stopped'; readonly error: unknown; readonly made: readonly MadeThing[] };

/** Runs a write. The one place that says no for a read-only scope. Never rejects. */
export async function runChange<Result>(
  scope: Scope,
  change: { run(context: ChangeContext): Promise<Result> },
  { signal = new AbortController().signal, report = () => undefined }: RunOptions = {},
): Promise<ChangeOutcome<Result>> {
  const made: MadeThing[] = [];
  try {
    if (scope.isReadOnly) throw new LabError('scopeReadOnly', { scope: scope.label });
    const result = await change.run({ signal, report, made: thing => made.push(thing) });
    return { kind: 'done', result };
  } catch (error) {
    noteErrorScope(error, scope.id);
    return { kind: 'stopped', error, made };
  }
}

/** Takes away what a stopped change left, the newest first. Resolves with what would not go, and why. */
export async function removeMade(
  made: readonly MadeThing[],
): Promise<readonly { readonly thing: MadeThing; readonly error: unknown }[]> {
  const survivors: { readonly thing: MadeThing; readonly error: unknown }[] = [];
  for (const thing of made.toReversed()) {
    try {
      await thing.remove({});
    } catch (error) {
      survivors.push({ thing, error });
    }
  }
  return survivors;
}
