/** `npm run shots [-- theme…]`: plays the scenes in the real workbench and writes docs/shots/<scene>-<theme>.png. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../src/cli/workbench/projectFolder';
import { type Theme, themes, WorkbenchDriver } from '../support/workbenchDriver';
import { scenes } from './scenes';

const folder = join(projectFolder(), 'docs/shots');
const wanted = process.argv.slice(2);

async function takeShots(theme: Theme): Promise<void> {
  const workbench = await WorkbenchDriver.open({ theme, width: 1440, height: 900 });
  try {
    for (const scene of scenes) {
      await scene.play(workbench);
      const path = join(folder, `${scene.name}-${theme}.png`);
      await workbench.screenshot(path);
      console.log(path);
    }
  } finally {
    await workbench.close();
  }
}

await mkdir(folder, { recursive: true });
for (const theme of Object.keys(themes) as Theme[]) {
  if (wanted.length === 0 || wanted.includes(theme)) await takeShots(theme);
}
