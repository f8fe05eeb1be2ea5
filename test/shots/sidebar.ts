import type { WorkbenchDriver } from '../support/workbenchDriver';

/** The views of the sidebar by their titles, top down. */
export const viewTitles = ['Endpoints', 'Endpoint Services', 'Pending Connections', 'Peering', 'Instances'] as const;
export type ViewTitle = (typeof viewTitles)[number];

/** Left of the title, where no button can lie over it however narrow the sidebar is. */
const foldMark = { x: 8, y: 11 };

/** Opens these views and closes the others, so that they have the room to themselves. */
export async function showViews(workbench: WorkbenchDriver, ...wanted: readonly ViewTitle[]): Promise<void> {
  await workbench.openContainer('VPC Labs');
  for (const title of viewTitles) {
    const header = workbench.page.locator('.sidebar .pane-header').filter({ hasText: new RegExp(`^${title}`) });
    const isOpen = (await header.getAttribute('aria-expanded')) === 'true';
    if (isOpen !== wanted.includes(title)) await header.click({ position: foldMark });
  }
}

/** Drags the edge between sidebar and editors until the sidebar is so wide. */
export async function widenSidebar(workbench: WorkbenchDriver, widthPixels: number): Promise<void> {
  const { page } = workbench;
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('There is no sidebar');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + widthPixels, y, { steps: 5 });
  await page.mouse.up();
}

/** Reads every view anew, for what others did in the meantime. */
export async function refreshViews(workbench: WorkbenchDriver): Promise<void> {
  for (const title of viewTitles) await workbench.palette(`VPC Labs: Refresh ${title}`);
}
