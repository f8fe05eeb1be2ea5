/**
 * `npm run shots [-- theme… group…]`: plays the scenes in the real workbench and writes docs/shots/<scene>-<theme>.png. Without a theme all
 * of them, without a group likewise. A group that fails does not keep the others from playing. `-- readme` takes the README's pictures anew.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../src/cli/workbench/projectFolder';
import { type Theme, themes, WorkbenchDriver } from '../support/workbenchDriver';
import type { SceneGroup } from './scene';
import { changes } from './scenes/changes';
import { emptyViews } from './scenes/emptyViews';
import { filledViews } from './scenes/filledViews';
import { firstLab } from './scenes/firstLab';
import { summaries } from './scenes/summaries';
import { troubledViews } from './scenes/troubledViews';
import { steadyPicture } from './steadyPicture';

const folder = join(projectFolder(), 'docs/shots');
const allGroups: readonly SceneGroup[] = [firstLab, emptyViews, filledViews, troubledViews, summaries, changes];
const isForReadme = process.argv.includes('readme');
const groups = allGroups.filter(({ scenes }) => !isForReadme || scenes.some(({ readme }) => readme));
/** A busy machine may take its time. */
const timeoutMs = 90_000;
const size = { width: 1440, height: 900 };

/** Those of `all` that the command line names; all of them when it names none. */
function wantedOf<T>(all: readonly T[], nameOf: (each: T) => string): readonly T[] {
  const wanted = all.filter(each => process.argv.slice(2).includes(nameOf(each)));
  return wanted.length > 0 ? wanted : all;
}

function refuseUnknownWords(known: readonly string[]): void {
  const unknown = process.argv.slice(2).find(word => !known.includes(word));
  if (unknown) throw new Error(`There is no theme and no group ${unknown}. There are ${known.join(', ')}.`);
}

async function takeShots(group: SceneGroup, theme: Theme): Promise<void> {
  const prepared = await group.prepare?.();
  const { leave, ...stage } = { ...group.stage, ...prepared };
  try {
    const workbench = await WorkbenchDriver.open({ theme, ...size, ...stage });
    workbench.page.setDefaultTimeout(timeoutMs);
    try {
      await playAll(group, workbench, theme);
    } finally {
      await workbench.close();
    }
  } finally {
    await leave?.();
  }
}

/** A scene that fails leaves a picture of how far it came. */
async function playAll({ scenes }: SceneGroup, workbench: WorkbenchDriver, theme: Theme): Promise<void> {
  for (const { name, play, readme } of scenes) {
    const path = join(folder, `${name}-${theme}.png`);
    try {
      await play(workbench);
      await writeFile(path, await steadyPicture(workbench));
      if (isForReadme && readme)
        await writeFile(join(projectFolder(), `docs/${readme.name}.png`), await steadyPicture(workbench, readme.clip));
      console.log(path);
    } catch (error) {
      await workbench.screenshot(join(folder, `failed-${name}-${theme}.png`));
      throw error;
    }
  }
}

const themeNames = isForReadme ? (['dark'] as const) : (Object.keys(themes) as Theme[]);
refuseUnknownWords(['readme', ...themeNames, ...groups.map(({ name }) => name)]);
await mkdir(folder, { recursive: true });
for (const theme of wantedOf(themeNames, name => name))
  for (const group of wantedOf(groups, ({ name }) => name))
    await takeShots(group, theme).catch(error => {
      console.error(`${group.name} in ${theme}: ${error}`);
      process.exitCode = 1;
    });
