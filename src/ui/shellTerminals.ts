import * as vscode from 'vscode';
import type { Scope } from '../app/appModel';
import { type Disposable, DisposableStore } from '../base/disposable';
import type { Instance } from '../core/network';
import { nameOrId } from '../core/network';
import { ShellTerminal, type ShellWay } from './shellTerminal';

/** The terminals on instances; tells whose scope is looked at when one of them comes to the front or is typed into. */
export class ShellTerminals implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #scopes = new Map<vscode.Terminal, Scope>();

  constructor(private readonly onFocus: (scope: Scope) => void) {
    this.#owned.add(
      vscode.window.onDidChangeActiveTerminal(terminal => {
        const scope = terminal && this.#scopes.get(terminal);
        if (scope) onFocus(scope);
      }),
    );
    this.#owned.add(vscode.window.onDidCloseTerminal(terminal => this.#scopes.delete(terminal)));
  }

  /** A terminal that draws a shell. */
  openShell(scope: Scope, instance: Instance, way: ShellWay): vscode.Terminal {
    const pty = new ShellTerminal(way);
    pty.onDidInput(() => this.onFocus(scope));
    return this.#show(scope, { ...optionsOf(scope, instance), pty });
  }

  /** A terminal in which a program of this machine runs, without a shell between: nothing needs quoting. */
  runProgram(scope: Scope, instance: Instance, [program, ...words]: readonly [string, ...string[]]): vscode.Terminal {
    return this.#show(scope, { ...optionsOf(scope, instance), shellPath: program, shellArgs: words });
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #show(scope: Scope, options: vscode.TerminalOptions | vscode.ExtensionTerminalOptions): vscode.Terminal {
    const terminal = 'pty' in options ? vscode.window.createTerminal(options) : vscode.window.createTerminal(options);
    this.#scopes.set(terminal, scope);
    terminal.show();
    return terminal;
  }
}

function optionsOf(scope: Scope, instance: Instance) {
  return {
    name: `${nameOrId(instance)} · ${scope.label}`,
    iconPath: new vscode.ThemeIcon('vm-connect'),
    isTransient: true,
  };
}
