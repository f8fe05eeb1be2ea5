import { type Disposable, DisposableStore } from '../base/disposable';
import { Emitter } from '../base/event';
import type { ScopeId } from '../core/ids';
import type { Identity } from '../core/ports/identityGateway';
import type { Memory, SavedScope, Scope, ScopeStore } from './appModel';
import { savedScopesKey } from './remembered';
import { readSavedScopes, writeSavedScopes } from './savedScopes';

export interface ScopesOptions {
  readonly memory: Memory;
  /** Makes a scope from what was remembered of it; must not touch the network or the disk. */
  readonly revive: (saved: SavedScope) => Scope;
}

/** The scopes of this window. Those with a `saved` part come back in the next one; practice scopes are made anew. */
export class Scopes implements ScopeStore, Disposable {
  readonly #disposables = new DisposableStore();
  readonly #didChange = this.#disposables.add(new Emitter<void>());
  readonly onDidChange = this.#didChange.event;
  readonly #identities = new Map<ScopeId, Promise<Identity>>();
  readonly #memory: Memory;
  #scopes: readonly Scope[];

  constructor(options: ScopesOptions) {
    this.#memory = options.memory;
    this.#scopes = readSavedScopes(options.memory.get(savedScopesKey)).map(options.revive);
  }

  get scopes(): readonly Scope[] {
    return this.#scopes;
  }

  find(id: string): Scope | undefined {
    return this.#scopes.find(scope => scope.id === id);
  }

  add(scope: Scope): void {
    this.#identities.delete(scope.id);
    this.#replace([...this.#scopes.filter(other => other.id !== scope.id), scope].sort(byKind), scope.saved);
  }

  remove(id: ScopeId): void {
    const removed = this.find(id);
    if (!removed) return;
    this.#identities.delete(id);
    this.#replace(
      this.#scopes.filter(scope => scope.id !== id),
      removed.saved,
    );
  }

  setReadOnly(id: ScopeId, isReadOnly: boolean): void {
    const scope: Changeable<Scope> | undefined = this.find(id);
    if (!scope) return;
    scope.isReadOnly = isReadOnly;
    if (scope.saved) scope.saved = { ...scope.saved, isReadOnly };
    this.#replace(this.#scopes, scope.saved);
  }

  noteSignIn(scope: Scope): void {
    this.#identities.delete(scope.id);
    this.#didChange.fire();
  }

  identityOf(scope: Scope): Promise<Identity> {
    const asked = this.#identities.get(scope.id);
    if (asked) return asked;
    const asking = scope.gateways().then(gateways => gateways.identity.whoAmI());
    this.#identities.set(scope.id, asking);
    asking.catch(() => {
      if (this.#identities.get(scope.id) === asking) this.#identities.delete(scope.id);
    });
    return asking;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #replace(scopes: readonly Scope[], changed: SavedScope | undefined): void {
    this.#scopes = scopes;
    if (changed) this.#remember(changed);
    this.#didChange.fire();
  }

  /** Only what was changed here: another window, or settings sync, may have remembered more since. */
  #remember(changed: SavedScope): void {
    const isSame = ({ profile, region }: SavedScope) => profile === changed.profile && region === changed.region;
    const now = this.#scopes.flatMap(({ saved }) => saved ?? []).filter(isSame);
    const others = readSavedScopes(this.#memory.get(savedScopesKey)).filter(saved => !isSame(saved));
    void this.#memory.update(savedScopesKey, writeSavedScopes([...others, ...now]));
  }
}

type Changeable<T> = { -readonly [Key in keyof T]: T[Key] };

const kindOrder = { practice: 0, local: 1, live: 2 } as const;

/** Practice first; `sort` is stable, so the order of adding stays within a kind. */
function byKind(one: Scope, other: Scope): number {
  return kindOrder[one.kind] - kindOrder[other.kind];
}
