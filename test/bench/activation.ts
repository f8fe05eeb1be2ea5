/**
 * How long the extension keeps VS Code waiting, as VS Code itself measures it ("Developer: Startup Performance"), and how much code
 * that is: `node esbuild.mjs --minify host worker media test-bench --run out/test/bench/activation.js [runs]`.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from '../../src/cli/workbench/projectFolder';
import { waitUntil } from '../support/waitUntil';
import { WorkbenchDriver } from '../support/workbenchDriver';

interface ActivationTimes {
  readonly loadMs: number;
  readonly activateMs: number;
  readonly finishMs: number;
}

const OURS = 'vpc-endpoint-labs.vpc-endpoint-labs';
/** Built in, and loaded by every window: the machine's noise is in both. */
const PEER = 'vscode.git';

/** The row of one extension in VS Code's table of activations. */
function timesOf(extension: string, text: string): ActivationTimes | undefined {
  const row = new RegExp(
    `${extension.replaceAll('.', '\\.')}[^|\\w-]*\\|[^|]*\\|\\s*(\\d+)\\s*\\|\\s*(\\d+)\\s*\\|\\s*(\\d+)`,
  ).exec(text);
  if (!row) return undefined;
  const [, loadMs, activateMs, finishMs] = row.map(Number) as [number, number, number, number];
  return { loadMs, activateMs, finishMs };
}

/** The entry and what it imports before anything is asked of it. */
function eagerFiles(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const code = readFileSync(path, 'utf8');
  for (const [, target] of code.matchAll(/\b(?:from|import)\s*"(\.[^"]+)"/g)) {
    eagerFiles(join(dirname(path), target as string), seen);
  }
  return seen;
}

async function measure(): Promise<{ readonly ours: ActivationTimes; readonly peer: ActivationTimes | undefined }> {
  const workbench = await WorkbenchDriver.open();
  try {
    await workbench.openContainer('VPC Labs');
    await (await workbench.tree('Endpoints')).welcome().waitFor();
    let text = '';
    await waitUntil(async () => {
      await workbench.palette('Developer: Startup Performance');
      text = await editorText(workbench);
      return timesOf(OURS, text) !== undefined;
    }, 'VS Code to list our activation');
    return { ours: timesOf(OURS, text) as ActivationTimes, peer: timesOf(PEER, text) };
  } finally {
    await workbench.close();
  }
}

/** All text of the editor in front, by way of the clipboard: only the lines in view are in the document. */
async function editorText({ page }: WorkbenchDriver): Promise<string> {
  await page.locator('.editor-instance .view-lines').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  return page.evaluate<string>('navigator.clipboard.readText()');
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

const dist = join(projectFolder(), 'dist');
const sizes = [...eagerFiles(join(dist, 'extension.js'))].map(path => readFileSync(path).length);
console.log(`entry: ${sizes[0]} bytes; with the chunks that it loads at once: ${sizes.reduce((a, b) => a + b)} bytes`);

const runs: ActivationTimes[] = [];
for (let run = 0; run < Number(process.argv[2] ?? 5); run++) {
  const { ours, peer } = await measure();
  runs.push(ours);
  const beside = peer ? `; ${PEER} in the same window: load ${peer.loadMs} ms, activate ${peer.activateMs} ms` : '';
  console.log(`load ${ours.loadMs} ms, activate ${ours.activateMs} ms, finish ${ours.finishMs} ms${beside}`);
}
for (const key of ['loadMs', 'activateMs', 'finishMs'] as const) {
  console.log(`median ${key}: ${median(runs.map(times => times[key]))}`);
}
