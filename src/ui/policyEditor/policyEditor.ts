import * as vscode from 'vscode';
import type { EndpointDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import { planPolicyChange } from '../../app/operations/changeEndpointPolicy';
import type { PolicyDrafts } from '../../app/policyDrafts';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { nameOrId } from '../../core/network';
import { policyProblems } from '../../core/policyProblems';
import { policyProblemWords } from '../../words/policyProblems';
import { t } from '../../words/translation';
import { reviewChange } from '../changes/reviewChange';
import { onEndpoint } from '../commands/modifyEndpoint';
import type { EndpointTarget } from '../views/targets';
import { watchPolicies } from './policyDiagnostics';
import { POLICY_SCHEME, PolicyFiles } from './policyFiles';

/** Policies of endpoints as documents: edited, checked while typed, compared, applied. */
export class PolicyEditor implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #files: PolicyFiles;

  constructor(
    private readonly scopes: ScopeStore,
    private readonly store: ResourceStore<EndpointDetails>,
    private readonly drafts: PolicyDrafts,
  ) {
    this.#files = new PolicyFiles(drafts);
    this.#owned.add(vscode.workspace.registerFileSystemProvider(POLICY_SCHEME, this.#files, { isCaseSensitive: true }));
    this.#owned.add(watchPolicies());
  }

  /** Opens the policy of an endpoint. Resolves with whether an editor is open. */
  edit(target: EndpointTarget | undefined): Promise<boolean> {
    const command = onEndpoint(
      this.scopes,
      this.store,
      () => true,
      async ({ scope, endpoint }) => {
        const { edited } = this.#files.open(scope, endpoint);
        const document = await vscode.workspace.openTextDocument(edited);
        await vscode.window.showTextDocument(document, { preview: false });
        return true;
      },
    );
    return command(target);
  }

  /**
   * Compares the document with what AWS has now, shows what will happen, and gives it to the endpoint. A document with problems stays.
   * Resolves with whether it was applied.
   */
  async apply(uri = vscode.window.activeTextEditor?.document.uri): Promise<boolean> {
    const owner = uri && this.#files.ownerOf(uri);
    if (!owner) {
      void vscode.window.showInformationMessage(t('Open the policy of an endpoint first.'));
      return false;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const [problem] = policyProblems(document.getText());
    if (problem) {
      void vscode.window.showWarningMessage(t('The policy is not applied: {0}', policyProblemWords(problem)));
      return false;
    }
    const command = onEndpoint(
      this.scopes,
      this.store,
      () => true,
      async ({ scope, endpoint }) => {
        const name = nameOrId(endpoint);
        const { current, edited } = this.#files.open(scope, endpoint);
        await vscode.commands.executeCommand('vscode.diff', current, edited, t('{0}: policy now ↔ edited', name));
        const plan = () => planPolicyChange(scope, endpoint, document.getText(), this.store);
        const done = await reviewChange(scope, t('Policy of {0}', name), [], plan);
        if (done) {
          await document.save();
          this.drafts.forget(scope.id, endpoint.id);
        }
        return done !== undefined;
      },
    );
    return command(owner);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
