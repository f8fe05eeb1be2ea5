import * as vscode from 'vscode';
import type { Settings } from './contributions';

/** The one place that reads settings. Defaults live in package.json. */
export function setting<Key extends keyof Settings>(key: Key): Settings[Key] {
  const value = vscode.workspace.getConfiguration().get<Settings[Key]>(key);
  if (value === undefined) throw new Error(`package.json declares no setting ${key}`);
  return value;
}
