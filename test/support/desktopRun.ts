import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';

export interface DesktopRun {
  readonly project: string;
  /** A desktop VS Code to use instead of downloading one into .vscode-test. */
  readonly executablePath?: string | undefined;
  /** `stable`, `insiders` or a number like 1.103.2; counts when there is no executable. */
  readonly version?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

type TestOptions = Parameters<typeof runTests>[0];

/** How @vscode/test-electron is asked to run the host suite: the extension's folder, the compiled suite, no other extension. */
export function desktopTestOptions(run: DesktopRun): TestOptions {
  return {
    extensionDevelopmentPath: run.project,
    extensionTestsPath: join(run.project, 'out/test/host.cjs'),
    extensionTestsEnv: { ...run.environment },
    launchArgs: [
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
      // A socket's path has a limit of about 100 characters that a deep project folder would break.
      `--user-data-dir=${join(tmpdir(), `vpc-labs-desktop-${process.pid}`)}`,
    ],
    ...(run.executablePath ? { vscodeExecutablePath: run.executablePath } : { version: run.version ?? 'stable' }),
  };
}

/** Runs the host suite inside desktop VS Code; rejects when VS Code ends with anything but 0. */
export async function runOnDesktop(run: DesktopRun): Promise<void> {
  await runTests(desktopTestOptions(run));
}
