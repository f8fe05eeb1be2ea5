/** A VS Code that comes whole out of npm: `code-server` carries the built workbench, `node-<platform>` the Node that it wants. */
export interface WorkbenchVersion {
  readonly codeServer: string;
  readonly nodeMajor: number;
}

/** The floor that package.json declares in `engines.vscode`: VS Code 1.103. */
export const oldestWorkbench: WorkbenchVersion = { codeServer: '4.103.2', nodeMajor: 22 };

/** VS Code 1.139. */
export const newestWorkbench: WorkbenchVersion = { codeServer: '4.139.1', nodeMajor: 24 };
