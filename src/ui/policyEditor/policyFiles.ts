import * as vscode from 'vscode';
import type { Scope } from '../../app/appModel';
import type { PolicyDrafts } from '../../app/policyDrafts';
import { indentedPolicy } from '../../core/endpointPolicy';
import { nameOrId, type VpcEndpoint } from '../../core/network';

/** Documents of this scheme are policies of endpoints. */
export const POLICY_SCHEME = 'vpclabs-policy';

interface PolicyFile {
  readonly scope: Scope;
  readonly endpoint: VpcEndpoint;
  bytes: Uint8Array;
  changedAtMs: number;
}

/** The two documents of an endpoint: what AWS has, to compare with, and what is being edited. */
export interface PolicyUris {
  readonly current: vscode.Uri;
  readonly edited: vscode.Uri;
}

/** Policies as documents in memory: saving keeps the text as a draft of the workspace, and only applying sends it to AWS. */
export class PolicyFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, PolicyFile>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(private readonly drafts: PolicyDrafts) {}

  /** Puts the policy that AWS has into both documents; one that is being edited keeps its text. */
  open(scope: Scope, endpoint: VpcEndpoint): PolicyUris {
    const path = `/${encodeURIComponent(scope.id)}/${endpoint.id}`;
    const name = `${nameOrId(endpoint).replaceAll(/[/\\]/g, '-')}.policy.json`;
    const uri = (folder: string) => vscode.Uri.from({ scheme: POLICY_SCHEME, path: `/${folder}${path}/${name}` });
    const uris = { current: uri('aws'), edited: uri('edit') };
    const text = indentedPolicy(endpoint.policyDocument ?? '');
    this.#put(uris.current, scope, endpoint, text);
    if (!isOpen(uris.edited)) this.#put(uris.edited, scope, endpoint, this.drafts.find(scope.id, endpoint.id) ?? text);
    return uris;
  }

  /** Whose policy a document is. */
  ownerOf(uri: vscode.Uri): { readonly scope: Scope; readonly endpoint: VpcEndpoint } | undefined {
    return this.#files.get(uri.toString());
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { bytes, changedAtMs } = this.#need(uri);
    const permissions = uri.path.startsWith('/aws/') ? { permissions: vscode.FilePermission.Readonly } : {};
    return { type: vscode.FileType.File, ctime: 0, mtime: changedAtMs, size: bytes.length, ...permissions };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#need(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    const file = this.#need(uri);
    Object.assign(file, { bytes, changedAtMs: Date.now() });
    this.drafts.keep(file.scope.id, file.endpoint.id, new TextDecoder().decode(bytes));
  }

  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #need(uri: vscode.Uri): PolicyFile {
    const file = this.#files.get(uri.toString());
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }

  #put(uri: vscode.Uri, scope: Scope, endpoint: VpcEndpoint, text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.#files.set(uri.toString(), { scope, endpoint, bytes, changedAtMs: Date.now() });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some(
    document => document.uri.toString() === uri.toString() && !document.isClosed,
  );
}
