import assert from 'node:assert/strict';
import type { CaptureStartOptions } from '../../src/core/captureOptions';
import type { CaptureState } from '../../src/protocol/capture';
import { manyLines, rowsOf } from '../support/capturedRows';
import { captureLabels } from '../support/captureLabels';
import { classify, conversation, openRunningCapture } from '../support/capturePage';
import { captureState } from '../support/captureStates';
import type { PageRig } from '../support/pageRig';
import { waitUntil } from '../support/waitUntil';

describe('the packets of the capture page', function () {
  this.timeout(60_000);
  let rig: PageRig;

  beforeEach(async () => {
    rig = await openRunningCapture();
  });
  afterEach(() => rig?.close());

  const cells = (name: string) => rig.page.locator(`.packet-row:not([hidden]) .${name}`).allTextContents();
  const show = async (lines: readonly string[]) => {
    await rig.push({ kind: 'snapshot', ...rowsOf(lines, classify) });
    await rig.page.locator('.packet-row:not([hidden])').first().waitFor();
  };

  it('stand in columns, with the flags apart and a mark for where each address leads', async () => {
    await show(conversation);
    assert.deepEqual(await cells('time'), ['12:21:53.069112', '12:21:53.073990', '12:21:53.109183', '12:21:54.000001']);
    assert.deepEqual(await cells('destination'), [
      '172.31.0.2:53',
      '172.31.36.107:443',
      '172.31.36.107:443',
      '52.95.80.10:443',
    ]);
    assert.deepEqual(await cells('protocol'), ['DNS', 'TCP', 'TCP', 'TCP']);
    assert.deepEqual(await cells('length'), ['46', '0', '517', '0']);
    assert.match((await cells('info'))[2] ?? '', /^\[P\.\] seq 1:518/);
    const marks = await rig.page
      .locator('.packet-row:not([hidden]) .destination .mark')
      .evaluateAll(all => all.map(mark => (mark as unknown as { dataset: { class: string } }).dataset.class));
    assert.deepEqual(marks, ['resolver', 'endpointInterface', 'endpointInterface', 'internetGateway']);
  });

  it('show IPv6 addresses with their ports, and addresses alone where there are no ports', async () => {
    await show([
      '2026-11-21 12:21:53.069112 IP6 2001:db8::1.53273 > fd00:ec2::253.53: 11672+ A? ec2.ap-south-1.amazonaws.com. (46)',
      '2026-11-21 12:21:53.073990 IP6 fe80::1 > ff02::1: ICMP6, router advertisement, length 64',
    ]);
    assert.deepEqual(await cells('source'), ['[2001:db8::1]:53273', 'fe80::1']);
    assert.deepEqual(await cells('destination'), ['[fd00:ec2::253]:53', 'ff02::1']);
  });

  it('light up and count the rows they match', async () => {
    await show(conversation);
    const lit = async (list: string) => rig.page.locator(`.${list} li.lit .main`).allTextContents();
    assert.deepEqual(await lit('interfaces'), ['172.31.36.107']);
    assert.deepEqual(await lit('routes'), ['172.31.0.0/16', '0.0.0.0/0']);
    assert.deepEqual(await rig.page.locator('.interfaces .counter').allTextContents(), ['2', '0', '0']);
  });

  it('are counted before and after a change of the network, with the time of it', async () => {
    const networkStamps = [...captureState.networkStamps, { firstRow: 2, time: '12:21:54' }];
    const interfaces = captureState.interfaces.map((row, index) => ({ ...row, isGone: index !== 1 }));
    await rig.push({ kind: 'state', state: { ...captureState, networkStamps, interfaces } });
    await rig.push({ kind: 'snapshot', ...rowsOf(conversation, classify), earlierInterfaceCounts: [1, 0, 0] });
    await rig.page.getByText('Changed at 12:21:54, from packet 3 on').waitFor();
    await rig.page.locator('.interfaces .split').getByText('since 12:21:54: 1; before: 1').waitFor();
    // The third is gone and had no packets: it is not shown.
    assert.equal(await rig.page.locator('.interfaces li').count(), 2);
    assert.deepEqual(await rig.violations(), []);
  });

  it('are one step away from a verdict that a packet speaks against', async () => {
    const verdict = { ...captureState.verdict, kind: 'notPrivate' as const, firstDisagreeing: 4 };
    await rig.push({ kind: 'state', state: { ...captureState, verdict } });
    await show(conversation);
    await rig.page.getByRole('button', { name: 'Show packet 4' }).click();
    const selected = rig.page.locator('.packet-row[aria-selected="true"] .number');
    await waitUntil(async () => (await selected.allTextContents()).join() === '4', 'the packet to be selected');
    assert.deepEqual(await rig.violations(), []);
  });

  it('are called by the names that captured answers gave to their addresses', async () => {
    const names = [{ name: 'ec2.ap-south-1.amazonaws.com', addresses: ['172.31.36.107'], isPrivate: true }];
    await rig.push({ kind: 'state', state: { ...captureState, names } });
    await show(conversation);
    const titles = () =>
      rig.page
        .locator('.packet-row:not([hidden]) .destination')
        .evaluateAll(all => all.map(cell => (cell as unknown as { title: string }).title));
    await waitUntil(async () => (await titles())[1] === 'ec2.ap-south-1.amazonaws.com', 'the name to be told');
    assert.equal((await titles())[0], '');
  });

  it('break no rule of the page, and are accessible', async () => {
    await show(conversation);
    // Before axe, which adds a style sheet of its own to look behind text.
    assert.deepEqual(rig.errors, []);
    assert.deepEqual(await rig.violations(), []);
  });

  it('need a screenful of elements however many there are', async () => {
    await show(manyLines(100_000));
    await waitUntil(async () => (await cells('number')).includes('100000'), 'the newest packet to be in view');
    assert.ok((await rig.page.locator('.packet-row').count()) < 100);
  });

  it('are followed until one scrolls up, and again after the button', async () => {
    await show(manyLines(1_000));
    await rig.page.getByRole('grid').hover();
    await rig.page.mouse.wheel(0, -4_000);
    const button = rig.page.getByRole('button', { name: captureLabels.jumpToLatest });
    await button.waitFor();
    await rig.push({ kind: 'rows', ...rowsOf(manyLines(1_200), classify) });
    assert.ok(!(await cells('number')).includes('1200'));
    await button.click();
    await waitUntil(async () => (await cells('number')).includes('1200'), 'the newest packet to be in view');
    await button.waitFor({ state: 'detached' });
  });

  it('are walked through by keyboard', async () => {
    await show(manyLines(500));
    const grid = rig.page.getByRole('grid');
    await grid.focus();
    const selected = () => rig.page.locator('.packet-row[aria-selected="true"] .number').textContent();
    for (const [key, number] of [
      ['Home', '1'],
      ['ArrowDown', '2'],
      ['End', '500'],
      ['ArrowUp', '499'],
    ] as const) {
      await rig.page.keyboard.press(key);
      await waitUntil(async () => (await selected()) === number, `${key} to select packet ${number}`);
      assert.equal(await grid.getAttribute('aria-activedescendant'), `packet-${Number(number) - 1}`);
    }
  });

  it('show text from the wire as text', async () => {
    const hostile = '<img src=x onerror="document.title=`taken`">';
    await show([`2026-11-21 12:21:53.069112 IP 172.31.37.141.53273 > 172.31.0.2.53: 1+ A? ${hostile}. (46)`]);
    await rig.push({ kind: 'raw', text: hostile, missingBytes: 0, reset: true });
    assert.ok((await cells('info'))[0]?.includes(hostile));
    await rig.page.getByRole('button', { name: captureLabels.raw }).click();
    assert.equal(await rig.page.getByRole('log').textContent(), hostile);
    assert.equal(await rig.page.locator('img').count(), 0);
    assert.notEqual(await rig.page.title(), 'taken');
  });

  it('are as wide as the panel, at 600 px too', async () => {
    await rig.page.setViewportSize({ width: 600, height: 700 });
    await show(conversation);
    const width = await rig.page.evaluate<number>('document.documentElement.scrollWidth');
    assert.ok(width <= 600, `${width} px`);
    assert.ok(await rig.page.locator('.packet-row .info').first().isVisible());
  });

  it('leave the footer its place where the panel is narrow and low', async () => {
    await rig.page.setViewportSize({ width: 600, height: 420 });
    await show(conversation);
    const besides = await rig.page.evaluate<number>(`(() => {
      const { left, top, height } = document.querySelector('footer h2').getBoundingClientRect();
      const there = document.elementsFromPoint(left + 4, top + height / 2);
      return there.filter(element => element.closest('main')).length;
    })()`);
    assert.equal(besides, 0);
  });

  it('ask the host to start with the filter that stands in the field', async () => {
    await rig.push({ kind: 'state', state: { ...captureState, phase: 'idle' } satisfies CaptureState });
    await rig.page.getByRole('combobox', { name: captureLabels.filter }).fill('host 10.0.0.1');
    await rig.page.keyboard.press('Enter');
    await waitUntil(async () => (await rig.sent<{ call: string }>()).some(({ call }) => call === 'start'), 'the call');
    const call = (await rig.sent<{ call: string; argument: CaptureStartOptions }>()).find(
      sent => sent.call === 'start',
    );
    assert.deepEqual(call?.argument, { ...captureState.startOptions, filter: 'host 10.0.0.1' });
  });
});
