import assert from 'node:assert/strict';
import type { CaptureState } from '../../src/protocol/capture';
import { captureLabels } from '../support/captureLabels';
import { captureState } from '../support/captureStates';
import { PageRig } from '../support/pageRig';
import { waitUntil } from '../support/waitUntil';
import { type Theme, themes } from '../support/workbenchDriver';

const body = `<div id="capture" data-labels="${JSON.stringify(captureLabels).replaceAll('"', '&quot;')}"></div>`;
const { startLabels } = captureLabels;
const idle: CaptureState = { ...captureState, phase: 'idle' };

interface Sent {
  readonly call: string;
  readonly argument?: Partial<CaptureState['startOptions']>;
}

describe('the bar of the capture page', function () {
  this.timeout(60_000);
  let rig: PageRig;

  const field = () => rig.page.getByRole('combobox', { name: captureLabels.filter });
  const list = () => rig.page.getByRole('listbox');
  const press = (key: string) => rig.page.keyboard.press(key);
  const show = (state: CaptureState) => rig.push({ kind: 'state', state });
  const offered = () => rig.page.getByRole('option').allInnerTexts();
  const active = () => field().getAttribute('aria-activedescendant');
  const problem = () => rig.page.locator('#filter-problem');
  const summary = () => rig.page.getByTitle(startLabels.options);

  async function started(): Promise<Sent['argument']> {
    const starts = async () => (await rig.sent<Sent>()).filter(({ call }) => call === 'start');
    await waitUntil(async () => (await starts()).length > 0, 'the call');
    return (await starts()).at(-1)?.argument;
  }

  beforeEach(async () => {
    rig = await PageRig.open({ page: 'capture', body });
    await show(idle);
    await field().waitFor();
  });

  afterEach(() => rig.close());

  it('offers the words that may stand at the cursor, by keyboard alone', async () => {
    await field().fill('');
    await field().pressSequentially('po');
    assert.deepEqual(await offered(), ['port', 'portrange']);
    assert.deepEqual([await field().getAttribute('aria-expanded'), await active()], ['true', null]);
    await press('ArrowDown');
    assert.equal(await active(), 'filter-choice-0');
    assert.equal(await rig.page.locator('#filter-choice-0').getAttribute('aria-selected'), 'true');
    await press('Tab');
    assert.equal(await field().inputValue(), 'port ');
    await press('ArrowDown');
    await press('Enter');
    assert.equal(await field().inputValue(), 'port 443 ');
    assert.deepEqual(await offered(), ['and', 'or']);
    await press('Escape');
    assert.equal(await list().count(), 0);
    await press('Enter');
    assert.equal((await started())?.filter, 'port 443 ');
    assert.deepEqual(rig.errors, []);
  });

  it('knows the addresses of the network and of the instance', async () => {
    await field().fill('host ');
    assert.deepEqual((await offered()).slice(0, 2), [
      captureState.instanceAddress,
      captureState.interfaces[0]?.address,
    ]);
    await field().fill('net ');
    assert.equal((await offered())[0], '172.31.0.0/16');
  });

  it('goes round the list with the arrows, through the field', async () => {
    await field().fill('not po');
    await press('ArrowUp');
    assert.equal(await active(), 'filter-choice-1');
    await press('ArrowDown');
    assert.equal(await active(), null);
  });

  it('offers whole filters, which take the place of what is written', async () => {
    await rig.page.getByRole('button', { name: startLabels.presets }).click();
    const texts = await offered();
    assert.equal(texts.length, captureState.presets.length);
    assert.match(texts[0] ?? '', /Traffic to ec2\s+host 172\.31\.36\.107/);
    await press('ArrowDown');
    await press('Enter');
    assert.equal(await field().inputValue(), captureState.presets[0]?.filter);
    assert.equal(await list().count(), 0);
    await rig.page.getByRole('button', { name: startLabels.presets }).click();
    await rig.page.getByRole('option', { name: 'Everything' }).click();
    assert.equal(await field().inputValue(), '');
    await press('ArrowDown');
    assert.equal((await offered()).length, captureState.presets.length);
  });

  it('says what is wrong, with the place marked, and sends it all the same when it may be sent', async () => {
    await field().fill('port 443 prot 53');
    await problem().getByText('prot is not expected here').waitFor();
    assert.equal(await problem().locator('mark').innerText(), 'prot');
    assert.equal(await field().getAttribute('aria-invalid'), 'true');
    await press('Enter');
    assert.equal((await started())?.filter, 'port 443 prot 53');
    await field().fill('port 443');
    await waitUntil(async () => (await problem().innerText()) === '', 'the problem to go');
    assert.equal(await field().getAttribute('aria-invalid'), 'false');
  });

  it('keeps what is never sent, says why, and puts the cursor there', async () => {
    await field().fill('port 443)');
    await rig.page.getByRole('button', { name: captureLabels.start }).click();
    await problem().getByText('lacks its other half').waitFor();
    assert.ok(await rig.page.evaluate<boolean>('document.activeElement?.closest("filter-field") !== null'));
    assert.ok(!(await rig.sent<Sent>()).some(({ call }) => call === 'start'));
  });

  it('keeps what is being written when news come', async () => {
    await field().fill('port 44');
    await show({ ...idle, channelFrames: 9 });
    await rig.page.getByText('9 frames').waitFor();
    assert.equal(await field().inputValue(), 'port 44');
  });

  it('sums the options up, and opens a form for them that Escape closes', async () => {
    assert.equal((await summary().innerText()).trim(), '100,000 packets · 15 min · lines');
    await summary().focus();
    await press('Enter');
    const packets = rig.page.getByLabel(startLabels.packetLimit);
    await packets.fill('500');
    await rig.page.getByLabel(startLabels.mode).selectOption('exact');
    await rig.page.getByLabel(startLabels.timeLimitSeconds).fill('90');
    await rig.page.getByLabel(startLabels.interfaceName, { exact: true }).selectOption('enX0');
    await press('Escape');
    assert.equal(await packets.isVisible(), false);
    assert.equal((await summary().innerText()).trim(), '500 packets · 90 s · exact · enX0');
    await rig.page.getByRole('button', { name: captureLabels.start }).click();
    assert.deepEqual(await started(), {
      ...captureState.startOptions,
      mode: 'exact',
      packetLimit: 500,
      timeLimitSeconds: 90,
      interfaceName: 'enX0',
    });
  });

  it('does not start with a limit outside its range, and leads there', async () => {
    await summary().click();
    await rig.page.getByLabel(startLabels.snapLengthBytes).fill('10');
    await rig.page.getByText('From 68 to 262,144').waitFor();
    await press('Escape');
    await rig.page.getByRole('button', { name: captureLabels.start }).click();
    const isThere = () => rig.page.evaluate<boolean>('document.activeElement?.id === "option-snapLengthBytes"');
    await waitUntil(isThere, 'the field to have the focus');
    assert.ok(!(await rig.sent<Sent>()).some(({ call }) => call === 'start'));
  });

  it('takes a name of an interface from the keyboard until the instance has told its own', async () => {
    await show({ ...idle, interfaceNames: [] });
    await summary().click();
    const name = rig.page.getByLabel(startLabels.interfaceName, { exact: true });
    await name.fill('eth0; reboot');
    await rig.page.getByText(startLabels.interfaceInvalid).waitFor();
    await name.fill('any');
    await rig.page.getByRole('button', { name: captureLabels.start }).click();
    assert.equal((await started())?.interfaceName, 'any');
  });

  it('changes nothing while a capture runs', async () => {
    await show(captureState);
    await summary().click();
    assert.ok(await field().isDisabled());
    assert.ok(await rig.page.getByLabel(startLabels.packetLimit).isDisabled());
  });

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`is accessible with its lists and messages open in ${theme}, at 600 px too`, async () => {
      await rig.close();
      rig = await PageRig.open({ page: 'capture', body, theme, width: 600 });
      await show(idle);
      await summary().click();
      await rig.page.getByLabel(startLabels.packetLimit).fill('0');
      assert.deepEqual(rig.errors, []);
      assert.deepEqual(await rig.violations(), []);
      const width = await rig.page.evaluate<number>('document.documentElement.scrollWidth');
      const right = await rig.page.evaluate<number>(
        'document.querySelector("#start-options").getBoundingClientRect().right',
      );
      const left = await rig.page.evaluate<number>(
        'document.querySelector("#start-options").getBoundingClientRect().left',
      );
      assert.ok(width <= 600 && right <= 600 && left >= 0, `${width} ${left} ${right}`);
      await press('Escape');
      await field().fill('port 443 prot ');
      await problem().getByText('not expected').waitFor();
      await field().fill('port 443 ');
      await press('ArrowDown');
      assert.deepEqual(await rig.violations(), []);
    });
  }
});
