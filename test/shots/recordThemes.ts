/**
 * Writes the colours of VS Code's themes, as its webviews see them, into test/support/themes, for tests of pages without VS Code:
 * `node esbuild.mjs test-shots --run out/test/shots/recordThemes.js`.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../src/cli/workbench/projectFolder';
import { type Theme, themes, WorkbenchDriver } from '../support/workbenchDriver';

/** Colours of parts that no page of ours resembles are left out. */
const unused =
  /^--vscode-(agent|chat|debug|diff|git|inlineChat|interactive|merge|notebook|scm|searchEditor|settings|terminal|testing|profiles|welcome)/;

for (const theme of Object.keys(themes) as Theme[]) {
  const workbench = await WorkbenchDriver.open({ theme, extensionFolder: null });
  try {
    const declarations = await workbench.page.evaluate(readColours);
    const lines = declarations.filter(line => !unused.test(line)).sort();
    const fonts = [
      "--vscode-font-family: system-ui, 'Ubuntu', 'Droid Sans', sans-serif;",
      '--vscode-font-size: 13px;',
      "--vscode-editor-font-family: 'Droid Sans Mono', 'monospace', monospace;",
      '--vscode-editor-font-size: 14px;',
    ];
    const css = `:root {\n${[...lines, ...fonts].map(line => `  ${line}\n`).join('')}}\n`;
    await writeFile(join(projectFolder(), 'test/support/themes', `${theme}.css`), css);
  } finally {
    await workbench.close();
  }
}

/** Runs in the page, which this project's types for Node do not know. */
function readColours(): string[] {
  const { document } = globalThis as unknown as { document: PageDocument };
  return [...document.styleSheets].flatMap(sheet =>
    [...sheet.cssRules].flatMap(({ selectorText, style }) =>
      selectorText === '.monaco-workbench' && style
        ? [...style]
            .filter(name => name.startsWith('--vscode-'))
            .map(name => `${name}: ${style.getPropertyValue(name)};`)
        : [],
    ),
  );
}

interface PageDocument {
  readonly styleSheets: Iterable<{
    readonly cssRules: Iterable<{
      readonly selectorText?: string;
      readonly style?: Iterable<string> & { getPropertyValue(name: string): string };
    }>;
  }>;
}
