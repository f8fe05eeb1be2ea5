import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable';
import { policyProblems } from '../../core/policyProblems';
import { policyProblemWords } from '../../words/policyProblems';
import { POLICY_SCHEME } from './policyFiles';

/** Marks what AWS would refuse in policies that are being edited, while they are typed. */
export function watchPolicies(): Disposable {
  const owned = new DisposableStore();
  const marks = owned.add(vscode.languages.createDiagnosticCollection('vpc-labs-policy'));
  const mark = (document: vscode.TextDocument) => {
    if (document.uri.scheme === POLICY_SCHEME) marks.set(document.uri, diagnosticsOf(document));
  };
  owned.add(vscode.workspace.onDidOpenTextDocument(mark));
  owned.add(vscode.workspace.onDidChangeTextDocument(({ document }) => mark(document)));
  owned.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => marks.delete(uri)));
  for (const document of vscode.workspace.textDocuments) mark(document);
  return owned;
}

/** Every problem of a policy's text, where it stands. */
export function diagnosticsOf(document: vscode.TextDocument): vscode.Diagnostic[] {
  return policyProblems(document.getText()).map(problem => {
    const { offset, length } = problem;
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    const diagnostic = new vscode.Diagnostic(range, policyProblemWords(problem), vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'VPC Labs';
    diagnostic.code = problem.code;
    return diagnostic;
  });
}
