import { waitUntil } from '../support/waitUntil';
import type { WorkbenchDriver } from '../support/workbenchDriver';
import type { Clip } from './scene';

const timeoutMs = 15_000;

/** A picture of the workbench once nothing in it moves any more: two in a row are the same. */
export async function steadyPicture({ page }: WorkbenchDriver, clip?: Clip): Promise<Buffer> {
  const take = () => page.screenshot({ animations: 'disabled', caret: 'hide', ...(clip ? { clip } : {}) });
  // What the pointer rests on would show its tooltip.
  await page.mouse.move(0, 0);
  let last = await take();
  const isSteady = async () => {
    const picture = await take();
    const isSame = picture.equals(last);
    last = picture;
    return isSame;
  };
  await waitUntil(isSteady, 'the workbench to stand still', timeoutMs);
  return last;
}
