/** Runs the host suite inside the VS Code from npm: `node npmHost.js oldest|newest`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { launchBrowser } from '../../src/cli/workbench/launchBrowser';
import { openWorkbench } from '../../src/cli/workbench/openWorkbench';
import { projectFolder } from '../../src/cli/workbench/projectFolder';
import { newestWorkbench, oldestWorkbench, type WorkbenchVersion } from '../../src/cli/workbench/workbenchVersion';
import { hostOutputMark } from '../support/hostOutputMark';

const timeoutMs = 12 * 60_000;
const noiseLengthMax = 10_000;

/** Opens the workbench with the suite and resolves with the exit code that the page reports. */
async function runHostSuite(version: WorkbenchVersion): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), 'vpc-labs-host-'));
  const project = projectFolder();
  const workbench = await openWorkbench({
    version,
    extensionFolder: project,
    testsPath: join(project, 'out/test/host.cjs'),
    dataFolder: scratch,
    report: console.log,
  });
  try {
    return await openPage(workbench.url);
  } finally {
    await workbench.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function openPage(url: string): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const exitCode = new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No result after ${timeoutMs / 60_000} minutes.`)), timeoutMs);
      page.once('crash', () => reject(new Error('The page with the workbench crashed.')));
      void page.exposeFunction('codeAutomationExit', (code: number) => {
        clearTimeout(timer);
        resolve(code);
      });
    });
    const noise: string[] = [];
    await page.exposeFunction('codeAutomationLog', (_type: string, values: readonly unknown[]) => {
      const text = format(...values);
      if (text.startsWith(hostOutputMark)) console.log(text);
      else noise.push(text);
    });
    await page.goto(url, { timeout: timeoutMs });
    const code = await exitCode;
    if (code !== 0) console.error(`VS Code's own log:\n${noise.join('\n').slice(-noiseLengthMax)}`);
    return code;
  } finally {
    await browser.close();
  }
}

runHostSuite(process.argv[2] === 'oldest' ? oldestWorkbench : newestWorkbench).then(
  code => process.exit(code),
  error => {
    console.error(error);
    process.exit(1);
  },
);
