/** Sees what the extension asks of the editor and answers its dialogs; begins before the first test, and so before it is activated. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { CallName, CaptureCalls, CaptureMessage, CaptureState } from '../../src/protocol/capture';
import { contextKeys } from '../../src/ui/contributions';
import type { TreeNode } from '../../src/ui/views/treeNode';

/** What the editor asked of a tree, and was given. */
export class WatchedTree {
  readonly #children = new Map<TreeNode | undefined, readonly TreeNode[]>();

  constructor(private readonly provider: vscode.TreeDataProvider<TreeNode>) {
    const getChildren = provider.getChildren.bind(provider);
    provider.getChildren = async node => {
      const children = (await getChildren(node)) ?? [];
      this.#children.set(node, children);
      return children;
    };
  }

  /** The lines that the editor was given under a node; undefined while it has not asked, or waits. */
  under(node?: TreeNode): readonly TreeNode[] | undefined {
    return this.#children.get(node);
  }

  /** The first lines under a scope of this name, out of the groups that they may stand in. */
  underScope(label: string): readonly TreeNode[] | undefined {
    const scopes = this.under() ?? [];
    const scope = scopes.find(node => this.label(node) === label);
    const lines = scope && this.under(scope);
    return lines?.flatMap(node => ('group' in node && 'rows' in node ? (this.under(node) ?? []) : [node]));
  }

  /** Asks for what is under a node, as the editor does. */
  async open(node?: TreeNode): Promise<readonly TreeNode[]> {
    return (await this.provider.getChildren(node)) ?? [];
  }

  /** A line as the editor draws it. */
  item(node: TreeNode): vscode.TreeItem {
    return this.provider.getTreeItem(node) as vscode.TreeItem;
  }

  label(node: TreeNode): string {
    const { label } = this.item(node);
    return typeof label === 'string' ? label : (label?.label ?? '');
  }

  labels(nodes: readonly TreeNode[] | undefined): readonly string[] {
    return (nodes ?? []).map(node => this.label(node));
  }
}

/** A capture's page as the host sees it. */
export class WatchedPage {
  readonly #listeners: ((message: unknown) => unknown)[] = [];
  #state: CaptureState | undefined;
  #lastCall = 1_000_000;

  constructor({ webview }: vscode.WebviewPanel) {
    replace(webview, 'onDidReceiveMessage', listen => (listener, ...more) => {
      this.#listeners.push(listener);
      return listen(listener, ...more);
    });
    replace(webview, 'postMessage', post => (message: CaptureMessage) => {
      if (message.kind === 'state') this.#state = message.state;
      return post(message);
    });
  }

  /** What the page was told last; undefined until it has said that it is there. */
  get state(): CaptureState | undefined {
    return this.#state;
  }

  /** Calls the host as the page's buttons do. */
  call<Name extends CallName>(call: Name, ...argument: Parameters<CaptureCalls[Name]>): void {
    const message = { kind: 'call', id: ++this.#lastCall, call, argument: argument[0] };
    for (const listener of this.#listeners) listener(message);
  }

  /** Starts with what the page proposes, but for the filter. The page has been told its state. */
  start(filter: string): void {
    if (this.#state) this.call('start', { ...this.#state.startOptions, filter });
  }
}

type PanelSerializer = vscode.WebviewPanelSerializer<unknown>;

interface Dialog {
  readonly message: string;
  readonly detail: string;
}

class EditorWatch {
  readonly trees = new Map<string, WatchedTree>();
  readonly views = new Map<string, vscode.TreeView<TreeNode>>();
  readonly pages: WatchedPage[] = [];
  /** What fills the panels that the editor keeps over a reload. */
  readonly serializers = new Map<string, PanelSerializer>();
  readonly questions: (vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox)[] = [];
  readonly errors: string[] = [];
  /** What each of the errors offers. */
  readonly errorButtons: (readonly string[])[] = [];
  /** Whether the button of an error is pressed, or the error dismissed. */
  pressesErrorButton = false;
  /** Whether the first button of a message that tells something is pressed. */
  pressesNoteButton = false;
  /** Addresses that were handed to the browser. */
  readonly pagesOpened: string[] = [];
  readonly statusItems = new Map<string, vscode.StatusBarItem>();
  readonly dialogs: Dialog[] = [];
  /** Messages that ask nothing. */
  readonly notes: string[] = [];
  /** Which item is taken of the lists to come; without one a list is shown, for the keyboard. */
  readonly choices: RegExp[] = [];
  /** What is typed into the input boxes to come. */
  readonly texts: string[] = [];
  readonly contextKeys = new Map<string, unknown>();
  /** Errors of the extension that nobody took. */
  readonly unhandled: string[] = [];
  /** Whether a dialog is answered with the deed that it names, or dismissed. */
  confirms = true;

  begin({ window, commands, env, extensions }: typeof vscode): void {
    const home = extensions.getExtension('vpc-endpoint-labs.vpc-endpoint-labs')?.extensionPath ?? '';
    process.on('unhandledRejection', (reason: unknown) => {
      const stack = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
      if (stack.includes(join(home, 'dist'))) this.unhandled.push(stack);
    });
    replace(window, 'createTreeView', create => (id: string, options: vscode.TreeViewOptions<TreeNode>) => {
      this.trees.set(id, new WatchedTree(options.treeDataProvider));
      const view = create(id, options);
      this.views.set(id, view);
      return view;
    });
    replace(window, 'createWebviewPanel', create => (...asked: Parameters<typeof window.createWebviewPanel>) => {
      const panel = create(...asked);
      this.pages.push(new WatchedPage(panel));
      return panel;
    });
    replace(window, 'registerWebviewPanelSerializer', register => (type: string, serializer: PanelSerializer) => {
      this.serializers.set(type, serializer);
      return register(type, serializer);
    });
    for (const name of ['createQuickPick', 'createInputBox'] as const) {
      replace(window, name, create => () => {
        const question = create();
        this.questions.push(question);
        return question;
      });
    }
    replace(window, 'showErrorMessage', () => async (message: string, ...buttons: string[]) => {
      this.errors.push(message);
      this.errorButtons.push(buttons);
      return this.pressesErrorButton ? buttons[0] : undefined;
    });
    replace(window, 'createStatusBarItem', create => (id: string, ...rest: readonly unknown[]) => {
      const item = create(id, ...rest);
      this.statusItems.set(id, item);
      return item;
    });
    replace(env, 'openExternal', () => async (page: vscode.Uri) => {
      this.pagesOpened.push(String(page));
      return true;
    });
    replace(window, 'showWarningMessage', () => async (message: string, { detail = '' } = {}, deed = '') => {
      this.dialogs.push({ message, detail });
      return this.confirms ? deed : undefined;
    });
    replace(window, 'showInformationMessage', () => async (message: string, ...buttons: unknown[]) => {
      this.notes.push(message);
      return this.pressesNoteButton ? buttons[0] : undefined;
    });
    this.#answerLists(window);
    const ours: readonly unknown[] = Object.values(contextKeys);
    replace(commands, 'executeCommand', execute => (command: string, ...rest: unknown[]) => {
      if (command === 'setContext' && ours.includes(rest[0])) this.contextKeys.set(String(rest[0]), rest[1]);
      return execute(command, ...rest);
    });
  }

  #answerLists(window: typeof vscode.window): void {
    replace(window, 'showQuickPick', show => async (items, options = {}, ...more) => {
      const form = this.choices.shift();
      if (!form) return show(items, options, ...more);
      const fitting = [...(await items)].filter(item => form.test(typeof item === 'string' ? item : item.label));
      if (fitting.length === 0) throw new Error(`Nothing to choose matches ${form}`);
      return options.canPickMany ? fitting : fitting[0];
    });
    replace(
      window,
      'showInputBox',
      show =>
        async (...asked) =>
          this.texts.shift() ?? show(...asked),
    );
  }

  tree(view: string): WatchedTree {
    const tree = this.trees.get(view);
    if (!tree) throw new Error(`The extension has made no tree ${view}`);
    return tree;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the editor's functions are overloaded and generic, and told apart by their names here.
type AnyFunction = (...values: any[]) => any;

/** Puts another function in the place of one of the editor's. */
function replace<Key extends string>(
  owner: { readonly [Name in Key]: unknown },
  name: Key,
  by: (original: AnyFunction) => AnyFunction,
): void {
  const original = (owner[name] as AnyFunction).bind(owner);
  Object.defineProperty(owner, name, { value: by(original), configurable: true, writable: true });
}

/** One for the window: the extension is activated once. */
export const editor = new EditorWatch();

// Imported, not required: VS Code 1.103 gives those who import an object of their own, and the extension is an ES module.
before(async () => editor.begin(await import('vscode')));
after(() => assert.deepEqual(editor.unhandled, []));
