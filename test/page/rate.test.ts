import assert from 'node:assert/strict';
import { rowsOf } from '../support/capturedRows';
import { classify, conversation, openRunningCapture } from '../support/capturePage';
import type { PageRig } from '../support/pageRig';
import { waitUntil } from '../support/waitUntil';
import { type Theme, themes } from '../support/workbenchDriver';

describe('the rate of the capture page', function () {
  this.timeout(60_000);
  let rig: PageRig;

  afterEach(() => rig?.close());

  const names = async () => (await rig.page.locator('.legend > span').allInnerTexts()).map(text => text.trim());
  /** Whether anything was painted. */
  const isPainted = () =>
    rig.page.evaluate<boolean>(`(() => {
      const canvas = document.querySelector('.rate canvas');
      return canvas !== null && canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean);
    })()`);

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`names the lines that occur, and says in words what it shows, in ${theme}`, async () => {
      rig = await openRunningCapture({ theme });
      await rig.push({ kind: 'snapshot', ...rowsOf(conversation, classify) });
      await waitUntil(async () => (await names()).length > 0, 'a legend');
      assert.deepEqual(await names(), ['endpoint', 'resolver', 'internet']);
      await rig.page.getByRole('img', { name: 'In 120 s: endpoint 2, resolver 1, internet 1' }).waitFor();
      await waitUntil(isPainted, 'the lines to be painted');
      assert.deepEqual(rig.errors, []);
      assert.deepEqual(await rig.violations(), []);
    });
  }

  it('begins anew with the capture', async () => {
    rig = await openRunningCapture();
    await rig.push({ kind: 'snapshot', ...rowsOf(conversation, classify) });
    await waitUntil(async () => (await names()).length === 3, 'a legend');
    await rig.push({ kind: 'snapshot', ...rowsOf(conversation.slice(0, 1), classify) });
    await waitUntil(async () => (await names()).join() === 'resolver', 'the legend to name what is left');
  });

  it('is painted anew in the colours of another theme', async () => {
    rig = await openRunningCapture();
    await rig.push({ kind: 'snapshot', ...rowsOf(conversation, classify) });
    await waitUntil(isPainted, 'the lines to be painted');
    await rig.page.evaluate("document.body.className = 'vscode-light'");
    await waitUntil(isPainted, 'the lines to be painted again');
    assert.equal(await rig.page.locator('.rate canvas').count(), 1);
  });
});
