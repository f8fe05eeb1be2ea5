import { spawn } from 'node:child_process';

/**
 * Runs `npm install` in `folder` without any package's own scripts, so nothing is compiled or fetched from elsewhere. A failure is
 * tried once more; the error then says what was wanted and what npm said.
 */
export async function npmInstall(folder: string, what: string, specifiers: readonly string[] = []): Promise<void> {
  const options = [
    '--ignore-scripts',
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--loglevel=error',
  ];
  const attempt = () => run('npm', ['install', ...options, ...specifiers], folder);
  const first = await attempt();
  if (first.isDone) return;
  const second = await attempt();
  if (second.isDone) return;
  throw new Error(
    `Could not install ${what} from the npm registry; it was tried twice. npm must be on the path and its registry reachable, ` +
      `with about 1 GB free on this disk. npm said:\n${second.output.trim()}`,
  );
}

function run(command: string, args: readonly string[], folder: string): Promise<{ isDone: boolean; output: string }> {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', chunk => {
      output += chunk;
    });
    child.stderr.on('data', chunk => {
      output += chunk;
    });
    child.on('error', error => resolve({ isDone: false, output: error.message }));
    child.on('close', code => resolve({ isDone: code === 0, output }));
  });
}
