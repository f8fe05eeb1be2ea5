/**
 * Runs the host suite inside desktop VS Code. VSCODE_EXECUTABLE names an installed one; else VSCODE_VERSION ("stable" when it is
 * not set) is downloaded into .vscode-test by @vscode/test-electron.
 */
import { projectFolder } from '../../src/cli/workbench/projectFolder';
import { runOnDesktop } from '../support/desktopRun';

runOnDesktop({
  project: projectFolder(),
  executablePath: process.env.VSCODE_EXECUTABLE,
  version: process.env.VSCODE_VERSION,
  environment: { TEST_TOTALS: process.env.TEST_TOTALS },
}).catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
