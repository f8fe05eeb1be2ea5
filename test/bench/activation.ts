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

const row = /vpc-endpoint-labs\.vpc-endpoint-labs[^|]*\|[^|]*\|\s*(\d+)\s*\|\s*(\d+)\s*\|\s*(\d+)/;

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

async function measure(): Promise<ActivationTimes> {
  const workbench = await WorkbenchDriver.open();
  try {
    await workbench.openContainer('VPC Labs');
    await (await workbench.tree('Endpoints')).welcome().waitFor();
    let text = '';
    await waitUntil(async () => {
      await workbench.palette('Developer: Startup Performance');
      text = await editorText(workbench);
      return row.test(text);
    }, 'VS Code to list our activation');
    const [, load, activate, finish] = row.exec(text) as RegExpExecArray;
    return { loadMs: Number(load), activateMs: Number(activate), finishMs: Number(finish) };
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
  const times = await measure();
  runs.push(times);
  console.log(`load ${times.loadMs} ms, activate ${times.activateMs} ms, finish ${times.finishMs} ms`);
}
for (const key of ['loadMs', 'activateMs', 'finishMs'] as const) {
  console.log(`median ${key}: ${median(runs.map(times => times[key]))}`);
}
