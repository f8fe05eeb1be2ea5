import assert from 'node:assert/strict';
import type { CaptureRequest } from '../../src/protocol/capture';
import { manyLines, rowsOf } from '../support/capturedRows';
import { captureLabels } from '../support/captureLabels';
import { classify, conversation, openRunningCapture } from '../support/capturePage';
import { captureState } from '../support/captureStates';
import type { PageRig } from '../support/pageRig';
import { waitUntil } from '../support/waitUntil';

const { packetView: words, columns } = captureLabels;

describe('what one can do with the packets of the capture page', function () {
  this.timeout(60_000);
  let rig: PageRig;

  beforeEach(async () => {
    rig = await openRunningCapture();
  });
  afterEach(() => rig?.close());

  const grid = () => rig.page.getByRole('grid');
  const rows = () => rig.page.locator('.packet-row:not([hidden])');
  const numbers = () => rows().locator('.number').allTextContents();
  const selected = () => rig.page.locator('.packet-row[aria-selected="true"]:not([hidden]) .number').allTextContents();
  const shows = (...expected: string[]) =>
    waitUntil(async () => (await numbers()).join() === expected.join(), `packets ${expected.join()} to be shown`);
  const selects = (...expected: string[]) =>
    waitUntil(async () => (await selected()).join() === expected.join(), `packets ${expected.join()} to be selected`);
  const show = async (lines: readonly string[]) => {
    await rig.push({ kind: 'snapshot', ...rowsOf(lines, classify) });
    await rows().first().waitFor();
  };
  const lastCall = async (name: CaptureRequest['call']) => {
    const calls = async () => (await rig.sent<CaptureRequest>()).filter(({ call }) => call === name);
    await waitUntil(async () => (await calls()).length > 0, `the page to ask for ${name}`);
    return (await calls()).at(-1) as CaptureRequest;
  };

  it('shows only the packets of an interface or a route by its count, and all again', async () => {
    await show(conversation);
    const count = rig.page.locator('.interfaces').getByRole('button', { name: '2 packets: show only these' });
    await count.click();
    await shows('2', '3');
    assert.equal(await count.getAttribute('aria-pressed'), 'true');
    await count.press('Enter');
    await shows('1', '2', '3', '4');
    await rig.page.locator('.routes').getByRole('button', { name: '1 packets: show only these' }).click();
    await shows('4');
  });

  it('offers a menu to the selected packet, by mouse and by keyboard', async () => {
    await show(conversation);
    await rows().nth(1).click({ button: 'right' });
    await rig.page.getByRole('menuitem', { name: 'Show only 172.31.36.107' }).click();
    await shows('2', '3');
    await grid().focus();
    await rig.page.keyboard.press('Home');
    await rig.page.keyboard.press('ContextMenu');
    await rig.page.getByRole('menu', { name: words.menu }).waitFor();
    assert.deepEqual(await rig.violations(), []);
    await rig.page.keyboard.press('ArrowDown');
    await rig.page.keyboard.press('ArrowDown');
    await rig.page.keyboard.press('Enter');
    await waitUntil(
      async () =>
        (await rig.page.locator('.show-only').evaluate((field: { value: string }) => field.value)) ===
        '172.31.37.141:38482 172.31.36.107:443',
      'the conversation to be the filter',
    );
  });

  it('selects a run of packets by mouse or keys and copies their lines as they were printed', async () => {
    await show(conversation);
    await rows().nth(0).click();
    await rows()
      .nth(2)
      .click({ modifiers: ['Shift'] });
    await selects('1', '2', '3');
    await rig.page.keyboard.press('Shift+ArrowUp');
    await selects('1', '2');
    await rig.page.keyboard.press('Control+c');
    assert.equal((await lastCall('copy')).argument, conversation.slice(0, 2).join('\n'));
    await rig.page.keyboard.press('Control+a');
    await selects('1', '2', '3', '4');
    await rig.page.locator('.show-only').evaluate((field: { focus(): void }) => field.focus());
    await rig.page.keyboard.insertText('class:endpoint');
    await shows('2', '3');
    await grid().focus();
    await rig.page.keyboard.press('Control+c');
    await waitUntil(
      async () => (await lastCall('copy')).argument === conversation.slice(1, 3).join('\n'),
      'only what is shown to be copied',
    );
  });

  it('shows a packet in full, with its bytes where the host has them', async () => {
    await show(conversation);
    await rows().nth(1).click();
    await rig.page.keyboard.press('Enter');
    const details = rig.page.getByRole('region', { name: words.details });
    await details.getByText(conversation[1] as string).waitFor();
    const facts = await details.locator('dd').allTextContents();
    assert.ok(facts.includes('2026-11-21 12:21:53.073990'), facts.join());
    assert.ok(facts.includes('0.004878') && facts.includes('172.31.0.0/16 → local') && facts.includes('SYN'));
    assert.ok(facts.includes('172.31.36.107:443 · endpointInterface'));
    const { id, argument } = await lastCall('packetBytes');
    assert.equal(argument, 1);
    await rig.push({ kind: 'done', id, value: new TextEncoder().encode('GET / HTTP/1.1\r\n\r\n').buffer });
    await details.getByText('0000  47 45 54 20').waitFor();
    assert.match(
      (await details.locator('.hex').textContent()) ?? '',
      /^0000 .* {2}GET \/ HTTP\/1\.1\.\.\n0010 {2}0d 0a +\.\.$/,
    );
    assert.deepEqual(await rig.violations(), []);
    await rig.page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
  });

  it('chooses and sizes columns, by menu, mouse and keyboard', async () => {
    await show(conversation);
    const cell = (name: string) => rows().first().locator(`.${name}`);
    await rig.page.getByRole('button', { name: words.columns }).click();
    await rig.page.getByRole('menuitemcheckbox', { name: columns.protocol }).click();
    await cell('protocol').waitFor({ state: 'hidden' });
    await rig.page.locator('.packet-header').click({ button: 'right', position: { x: 200, y: 5 } });
    await rig.page.getByRole('menuitemcheckbox', { name: words.timeSinceFirst }).click();
    await waitUntil(
      async () => (await rows().locator('.time').allTextContents()).join() === '0.000000,0.004878,0.040071,0.930889',
      'the times since the first packet',
    );
    const width = async () => (await cell('source').boundingBox())?.width ?? 0;
    const before = await width();
    const edge = rig.page.getByRole('separator', { name: 'Width of Source' });
    await edge.focus();
    await rig.page.keyboard.press('ArrowRight');
    await waitUntil(async () => Math.abs((await width()) - before - 8) < 1.5, 'the column to be wider by a step');
    const box = await edge.boundingBox();
    await rig.page.mouse.move((box?.x ?? 0) + 2, (box?.y ?? 0) + 5);
    await rig.page.mouse.down();
    await rig.page.mouse.move((box?.x ?? 0) - 48, (box?.y ?? 0) + 5);
    await rig.page.mouse.up();
    await waitUntil(async () => Math.abs((await width()) - before + 42) < 2.5, 'the column to follow the mouse');
  });

  it('goes to a packet by its number', async () => {
    await show(manyLines(3_000));
    await rig.page.keyboard.press('Control+g');
    await rig.page.keyboard.insertText('1234');
    await rig.page.keyboard.press('Enter');
    await selects('1234');
    assert.ok(await rig.page.locator('.packet-row[aria-selected="true"]').isVisible());
  });

  it('comes back whole when the page is loaded anew', async () => {
    const lines = manyLines(3_000);
    await show(lines);
    await rig.page.locator('.show-only').evaluate((field: { focus(): void }) => field.focus());
    await rig.page.keyboard.insertText('-"ack 7,"');
    await rig.page.keyboard.press('Enter');
    await rig.page.keyboard.press('Home');
    for (let step = 0; step < 8; step++) await rig.page.keyboard.press('ArrowDown');
    await rig.page.keyboard.press('Enter');
    await selects('10');
    const remembered = () => rig.page.evaluate<string>(`sessionStorage.getItem('state') ?? ''`);
    await waitUntil(async () => /"selected":\[9,9\].*/.test(await remembered()), 'the page to be remembered');
    await waitUntil(async () => (await remembered()).includes('"isDetailed":true'), 'the details to be remembered');
    await rig.page.reload();
    await waitUntil(async () => (await rig.sent()).length > 0, 'the page to speak');
    await rig.push({ kind: 'state', state: captureState });
    await show(lines);
    await selects('10');
    assert.ok(!(await numbers()).includes('7'));
    await rig.page
      .getByRole('region', { name: words.details })
      .getByText(lines[9] as string)
      .waitFor();
  });

  it('finds text in the stream as it came', async () => {
    await show(conversation);
    await rig.push({ kind: 'raw', text: `${manyLines(3_000).join('\n')}\n`, missingBytes: 0, reset: true });
    await rig.page.getByRole('button', { name: captureLabels.raw }).click();
    const field = rig.page.getByRole('textbox', { name: words.find });
    await field.fill('ACK 299');
    await rig.page.getByText('11 of 11').waitFor();
    await field.press('Enter');
    await rig.page.getByText('1 of 11').waitFor();
    await field.press('Shift+Enter');
    await rig.page.getByText('11 of 11').waitFor();
    await rig.push({ kind: 'raw', text: 'ack 2999\n', missingBytes: 0, reset: false });
    await rig.page.getByText('11 of 12').waitFor();
    await field.fill('no such text');
    await rig.page.getByText(words.notFound).waitFor();
    assert.deepEqual(await rig.violations(), []);
  });

  it('says how much of the stream it does not show, here or at its source', async () => {
    await show(conversation);
    await rig.page.getByRole('button', { name: captureLabels.raw }).click();
    const line = `${'x'.repeat(99)}\n`;
    await rig.push({ kind: 'raw', text: line, missingBytes: 5_000, reset: true });
    await rig.page.getByText('5,000 characters are not shown here').waitFor();
    await rig.push({ kind: 'raw', text: line.repeat(5_000), missingBytes: 0, reset: true });
    await rig.page.getByText('100,000 characters are not shown here').waitFor();
  });
});
