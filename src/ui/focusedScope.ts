import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../app/appModel';
import { type Disposable, DisposableStore } from '../base/disposable';
import type { ScopeTarget } from './views/targets';
import type { TreeNode } from './views/treeNode';

/** A tree whose lines can be selected. */
export interface SelectableView {
  readonly view: Pick<vscode.TreeView<TreeNode>, 'onDidChangeSelection'>;
}

/** The scope that a person looks at: of the panel, the terminal or the tree's line that was focused last, else the first of all. */
export class FocusedScope implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #didChange = this.#owned.add(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#didChange.event;
  readonly #scopes: ScopeStore;
  #last: Scope | undefined;

  constructor(scopes: ScopeStore, views: readonly SelectableView[]) {
    this.#scopes = scopes;
    this.#owned.add(scopes.onDidChange(() => this.#didChange.fire()));
    for (const { view } of views) {
      this.#owned.add(
        view.onDidChangeSelection(({ selection: [node] }) => {
          const { scope } = (node ?? {}) as Partial<ScopeTarget>;
          if (scope) this.note(scope);
        }),
      );
    }
  }

  /** Undefined while there is no scope. */
  get scope(): Scope | undefined {
    const { scopes } = this.#scopes;
    return this.#last && scopes.includes(this.#last) ? this.#last : scopes[0];
  }

  note(scope: Scope): void {
    if (scope === this.#last) return;
    this.#last = scope;
    this.#didChange.fire();
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
