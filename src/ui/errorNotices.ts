import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../app/appModel';
import { scopeIdOfError } from '../app/errorScope';
import { findRemedy } from '../app/remedies/findRemedy';
import type { Stores } from '../app/stores';
import { describeError, errorNotice } from '../words/errors';
import { remedyWords } from '../words/remedies';
import type { OutputLog } from './outputLog';
import { applyRemedy, type RemedyParts, type Repeat } from './remedies';

/** What is known beside the error. */
export interface ErrorContext {
  /** Whose error it is, where the error does not know. */
  readonly scope?: Scope | undefined;
  /** Does the same again. */
  readonly repeat?: Repeat | undefined;
  /** In place of the error's own words. */
  readonly sentence?: string;
}

/** A button: what stands on it, and what it does. */
export interface OfferedRemedy {
  readonly words: string;
  /** Shows what goes wrong; never rejects. */
  apply(): Promise<void>;
}

/** Shows what failed and what to try, once, with the one button that helps best. */
export class ErrorNotices {
  constructor(
    private readonly parts: Omit<RemedyParts, 'showLog'> & {
      readonly scopes: ScopeStore;
      readonly stores: Stores;
      readonly log: OutputLog;
    },
  ) {}

  show(doing: string, error: unknown, context: ErrorContext = {}): void {
    this.parts.log.error(`${doing}: ${describeError(error).log}`);
    void this.#show(doing, error, context);
  }

  /** The one button that helps best, for an error that is shown elsewhere. Never rejects. */
  async offer(doing: string, error: unknown, { scope, repeat }: ErrorContext = {}): Promise<OfferedRemedy> {
    const { scopes, stores, log } = this.parts;
    const place = scopes.find(scopeIdOfError(error) ?? '') ?? scope;
    const remedy = await findRemedy(error, { scope: place, stores, canRepeat: repeat !== undefined });
    return {
      words: remedyWords(remedy),
      apply: async () => {
        try {
          await applyRemedy(remedy, { ...this.parts, repeat, showLog: () => log.show() });
        } catch (failure) {
          this.show(doing, failure, { scope: place });
        }
      },
    };
  }

  async #show(doing: string, error: unknown, context: ErrorContext): Promise<void> {
    const { words, apply } = await this.offer(doing, error, context);
    const choice = await vscode.window.showErrorMessage(context.sentence ?? errorNotice(error), words);
    if (choice === words) await apply();
  }
}
