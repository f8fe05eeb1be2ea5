import assert from 'node:assert/strict';
import { manyLines, rowsOf } from '../support/capturedRows';
import { captureLabels } from '../support/captureLabels';
import { classify, conversation, openRunningCapture } from '../support/capturePage';
import type { PageRig } from '../support/pageRig';
import { waitUntil } from '../support/waitUntil';

describe('the display filter of the capture page', function () {
  this.timeout(60_000);
  let rig: PageRig;

  beforeEach(async () => {
    rig = await openRunningCapture();
  });
  afterEach(() => rig?.close());

  const field = () => rig.page.getByRole('textbox', { name: captureLabels.displayFilter });
  const numbers = () => rig.page.locator('.packet-row:not([hidden]) .number').allTextContents();
  const shows = (...expected: string[]) =>
    waitUntil(async () => (await numbers()).join() === expected.join(), `packets ${expected.join()} to be shown`);
  const counts = (words: string) => rig.page.getByText(words, { exact: true }).waitFor();
  const show = async (lines: readonly string[]) => {
    await rig.push({ kind: 'snapshot', ...rowsOf(lines, classify) });
    await rig.page.locator('.packet-row:not([hidden])').first().waitFor();
  };

  it('shows the packets that every word matches, and how many of how many', async () => {
    await show(conversation);
    await rig.page.keyboard.press('Control+f');
    for (const [filter, found] of [
      ['port:443', ['2', '3', '4']],
      ['port:443 class:endpoint', ['2', '3']],
      ['172.31.0.2', ['1']],
      ['route:0.0.0.0/0', ['4']],
      ['interface:172.31.36.107 -flag:syn', ['3']],
      ['AMAZONAWS', ['1']],
    ] as const) {
      await rig.page.keyboard.press('Control+a');
      await rig.page.keyboard.insertText(filter);
      await shows(...found);
      await counts(`${found.length} of 4 packets`);
    }
    await field().press('Escape');
    await shows('1', '2', '3', '4');
    assert.equal(await rig.page.getByRole('grid').evaluate(grid => grid.matches(':focus')), true);
  });

  it('says what is wrong beneath the field, and lets what was shown stand', async () => {
    await show(conversation);
    await field().fill('dns');
    await shows('1');
    await field().fill('port:none');
    await rig.page.getByRole('alert').getByText('port:none is no port').waitFor();
    await shows('1');
    assert.deepEqual(await rig.violations(), []);
    await field().fill('no packet says this');
    await rig.page.getByText(captureLabels.noneShown).waitFor();
  });

  it('chooses among the packets that arrive, and forgets those that are no longer held', async () => {
    await show(conversation);
    await field().fill('class:endpoint');
    await shows('2', '3');
    const more = rowsOf([...conversation, ...conversation], classify);
    await rig.push({ kind: 'rows', ...more, first: 4 });
    await counts('6 of 12 packets');
    await rig.push({ kind: 'rows', ...rowsOf([], classify), first: 12, droppedRows: 3 });
    await counts('4 of 9 packets');
  });

  it('leads back to where one was', async () => {
    await show(manyLines(2_000));
    const grid = rig.page.getByRole('grid');
    await grid.hover();
    await rig.page.mouse.wheel(0, -20_000);
    await rig.page.getByRole('button', { name: captureLabels.jumpToLatest }).waitFor();
    await rig.page.evaluate('new Promise(requestAnimationFrame)');
    const before = await numbers();
    await field().fill('"ack 7,"');
    await shows('7');
    await field().fill('');
    await waitUntil(async () => (await numbers()).join() === before.join(), 'the same packets');
  });

  it('keeps the selected packet where it stands when the others come back', async () => {
    await show(manyLines(2_000));
    await field().fill('"ack 700,"');
    await shows('700');
    await rig.page.locator('.packet-row:not([hidden])').click();
    await rig.page.getByRole('button', { name: captureLabels.showAll }).click();
    await waitUntil(async () => (await numbers()).includes('701'), 'its neighbours to be shown');
    assert.ok(await rig.page.locator('.packet-row[aria-selected="true"]').isVisible());
  });

  it('reads many lines without holding up the page', async () => {
    await show(manyLines(30_000));
    await rig.page.evaluate(`globalThis.said = []; new MutationObserver(() => {
      said.push(document.querySelector('.shown').textContent);
    }).observe(document.querySelector('.shown'), { childList: true, characterData: true, subtree: true })`);
    await field().fill('-~ -^ -{ -} -|');
    await counts('30,000 of 30,000 packets');
    const said = await rig.page.evaluate<string[]>('said');
    assert.match(said[0] ?? '', /^[\d,]+ in the first [\d,]+ of 30,000 packets$/);
  });
});
