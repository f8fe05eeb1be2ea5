import { mkdirSync } from 'node:fs';
import type { WorkbenchDriver } from './workbenchDriver';

const folder = 'out/failures';

/** Inside `describe`, before any `afterEach` that closes the workbench: a failed test leaves a picture of it in out/failures. */
export function pictureFailures(workbench: () => WorkbenchDriver | undefined): void {
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    mkdirSync(folder, { recursive: true });
    const path = `${folder}/${test.fullTitle().replaceAll(/[^\w]+/g, '-')}.png`;
    await workbench()?.screenshot(path);
    console.log(`      picture: ${path}`);
  });
}
