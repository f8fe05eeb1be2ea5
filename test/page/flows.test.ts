import assert from 'node:assert/strict';
import type { CaptureFlow } from '../../src/core/captureFlow';
import { classIndexOf } from '../../src/core/classification';
import type { CaptureRequest } from '../../src/protocol/capture';
import { manyLines, rowsOf } from '../support/capturedRows';
import { captureLabels } from '../support/captureLabels';
import { conversation, openRunningCapture } from '../support/capturePage';
import type { PageRig } from '../support/pageRig';
import { waitUntil } from '../support/waitUntil';
import { type Theme, themes } from '../support/workbenchDriver';

const flow = (id: number, changes: Partial<CaptureFlow> = {}): CaptureFlow => ({
  id,
  protocol: 6,
  source: '172.31.37.141',
  sourcePort: 40000 + id,
  destination: '172.31.36.107',
  destinationPort: 443,
  firstPacket: id * 10 + 1,
  firstMicros: 1_795_000_000_000_000 + id * 1_000_000,
  lastMicros: 1_795_000_000_250_000 + id * 1_000_000,
  sentPackets: 6,
  receivedPackets: 4,
  sentBytes: 517,
  receivedBytes: 5210,
  synCount: 1,
  retransmissions: 0,
  resets: 0,
  handshakeMicros: 1_234,
  state: 'open',
  remoteClass: classIndexOf('endpointInterface'),
  interfaceRow: 1,
  routeRow: 1,
  ...changes,
});

const lost = flow(1, {
  destination: '52.95.80.10',
  state: 'noAnswer',
  synCount: 3,
  receivedPackets: 0,
  sentPackets: 3,
  handshakeMicros: undefined,
  remoteClass: classIndexOf('internetGateway'),
  interfaceRow: 0,
  routeRow: 2,
});

describe('the flows of the capture page', function () {
  this.timeout(60_000);
  let rig: PageRig;

  const open = async (theme: Theme = 'dark', width = 1200) => {
    rig = await openRunningCapture({ theme, width });
  };
  const show = async (...flows: readonly CaptureFlow[]) => {
    await rig.page.getByRole('button', { name: captureLabels.flows.title }).click();
    await rig.push({ kind: 'flows', changed: flows, count: flows.length });
    if (flows.length > 0) await rig.page.locator('.flows tbody tr').first().waitFor();
  };
  const cells = (column: string) => rig.page.locator(`.flows td.${column}`).allInnerTexts();
  const asked = async () =>
    (await rig.sent<CaptureRequest>()).flatMap(({ call, argument }) => (call === 'flows' ? [argument] : []));
  afterEach(() => rig?.close());

  for (const theme of Object.keys(themes) as Theme[]) {
    it(`say who spoke with whom and what became of it, accessibly in ${theme}`, async () => {
      await open(theme);
      await show(flow(0), lost);
      assert.deepEqual(await cells('state'), ['open', 'no answer to 3 SYNs']);
      assert.deepEqual(await cells('place'), ['endpointInterface ec2', 'internetGateway igw-0123456789abcdef0']);
      assert.deepEqual(await cells('packets'), ['6 / 4', '3 / 0']);
      assert.deepEqual(await cells('handshake'), ['1.23 ms', '']);
      assert.deepEqual(await cells('retries'), ['', '2']);
      assert.deepEqual(rig.errors, []);
      assert.deepEqual(await rig.violations(), []);
    });
  }

  it('are asked for while they are looked at, and only then', async () => {
    await open();
    await rig.push({ kind: 'rows', ...rowsOf(manyLines(3)) });
    assert.deepEqual(await asked(), []);
    await show(flow(0));
    await waitUntil(async () => (await asked()).length === 2, 'the page to ask for news');
    assert.deepEqual(await asked(), ['all', 'changed']);
    await rig.page.getByTitle(captureLabels.packetsTitle).click();
    await rig.push({ kind: 'rows', ...rowsOf(manyLines(3)) });
    await rig.page.locator('.packet-row:not([hidden])').first().waitFor();
    assert.equal((await asked()).length, 2);
  });

  it('are sorted by any column, one way and the other', async () => {
    await open('dark', 1800);
    await show(flow(0, { sentBytes: 5 }), flow(1, { sentBytes: 900 }), flow(2, { sentBytes: 40 }));
    const bytes = rig.page.getByRole('button', { name: captureLabels.flows.columns.bytes.text });
    await bytes.click();
    await waitUntil(async () => (await cells('bytes'))[0] === '900 / 5,210', 'the largest to come first');
    assert.equal(await rig.page.locator('th.bytes').getAttribute('aria-sort'), 'descending');
    await bytes.click();
    await waitUntil(async () => (await cells('bytes'))[0] === '5 / 5,210', 'the smallest to come first');
  });

  it('change in place', async () => {
    await open();
    await show(flow(0), flow(1));
    await rig.push({ kind: 'flows', changed: [flow(0, { sentPackets: 99 })], count: 2 });
    await waitUntil(async () => (await cells('packets'))[0] === '99 / 4', 'the count to change');
    assert.equal((await cells('packets')).length, 2);
  });

  it('are walked through by keyboard, and lead to their packets', async () => {
    await open();
    await rig.push({ kind: 'snapshot', ...rowsOf(conversation) });
    await show(flow(0), flow(1, { sourcePort: 38482, firstPacket: 2 }));
    await rig.page.locator('.flows tbody .link').first().focus();
    await rig.page.keyboard.press('ArrowDown');
    await rig.page.keyboard.press('Enter');
    const numbers = rig.page.locator('.packet-row:not([hidden]) .number');
    await waitUntil(async () => (await numbers.allTextContents()).join() === '2,3', 'its packets alone to be shown');
  });

  it('are a limited number of rows however many there are', async () => {
    await open();
    await show(...Array.from({ length: 1_200 }, (_, id) => flow(id)));
    assert.equal((await cells('state')).length, 500);
    await rig.page.getByText('500 of 1,200 flows').waitFor();
  });

  it('fit into 600 px', async () => {
    await open('light', 600);
    await show(flow(0), lost);
    assert.ok((await rig.page.evaluate<number>('document.documentElement.scrollWidth')) <= 600);
    assert.ok(await rig.page.locator('.flows td.state').first().isVisible());
  });
});
