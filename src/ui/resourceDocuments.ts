import * as vscode from 'vscode';
import type { ResourceStore, ScopeStore } from '../app/appModel';
import { type Disposable, DisposableStore } from '../base/disposable';
import { LabError } from '../core/errors';

const scheme = 'vpc-labs';

/** The stores of a window as one place to find a resource in. */
type AnyStore = Pick<ResourceStore<object>, 'find' | 'load' | 'onDidChange'>;

/** Resources as read-only JSON documents; one that is open follows the resource, also into the next window. */
export class ResourceDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly scopes: ScopeStore,
    private readonly stores: readonly AnyStore[],
  ) {
    this.#owned.add(this.#changed);
    this.#owned.add(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    for (const store of stores) this.#owned.add(store.onDidChange(change => this.#tell(change.scope.id)));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const scope = this.scopes.find(uri.query);
    const id = uri.path.slice(1, -'.json'.length);
    if (!scope) throw new LabError('resourceNotFound', { id });
    for (const store of this.stores) {
      const value = store.find(scope, id);
      if (value !== undefined) return jsonOf(value);
    }
    // A tab that was open when the window closed: nothing has been read yet.
    for (const store of this.stores) await store.load(scope).catch(() => undefined);
    const value = this.stores.map(store => store.find(scope, id)).find(found => found !== undefined);
    if (value === undefined) throw new LabError('resourceNotFound', { id });
    return jsonOf(value);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #tell(scopeId: string): void {
    for (const { uri } of vscode.workspace.textDocuments)
      if (uri.scheme === scheme && uri.query === scopeId) this.#changed.fire(uri);
  }
}

/** Opens the document of a resource; its tab says the id. */
export async function openResourceDocument(scopeId: string, id: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.from({ scheme, path: `/${id}.json`, query: scopeId });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true });
  return document;
}

function jsonOf(value: object): string {
  return `${JSON.stringify(value, withPolicies, 2)}\n`;
}

/** Policies are JSON in a string; read as what they are, they can be read. */
function withPolicies(key: string, value: unknown): unknown {
  if (key !== 'policyDocument' || typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
