/**
 * `npm run ceiling [-- [--seconds N] [lines|compact]]`: captures in the real workbench at the rate that a session's channel lets through at
 * most, for a minute in each mode, and prints what became of it. Exits with 1 when something does not hold. Linux only.
 */
import { parseArgs } from 'node:util';
import { EndpointJourney } from '../support/endpointJourney';
import { waitUntil } from '../support/waitUntil';
import { WorkbenchDriver } from '../support/workbenchDriver';
import { BusyCloud } from './busyCloud';
import { ExtensionHost } from './extensionHost';
import { pictureGaps, quantile } from './pictureGaps';

/** What the channel's 0.65 MB/s hold in each mode. */
const linesPerSecond = { lines: 4_000, compact: 9_000 } as const;
type Mode = keyof typeof linesPerSecond;

const settleMs = 5_000;
const allowedLagMs = 50;
const leastIdleShare = 0.5;
/** Of the wanted rate, so that a slow cloud is not taken for a quick page. */
const leastRateShare = 0.97;
const patienceMs = 120_000;

interface Figures {
  readonly idleGaps: readonly number[];
  readonly busyGaps: readonly number[];
  /** Share of the time in which the extension host's thread did nothing. */
  readonly idleShare: number;
  readonly linesPerSecond: number;
  /** Packets that tcpdump printed, those that it could not because the channel was behind, and those that the page has. */
  readonly printed: number;
  readonly dropped: number;
  readonly shown: number;
}

async function measure(mode: Mode, seconds: number): Promise<Figures> {
  const cloud = await BusyCloud.start(linesPerSecond[mode]);
  try {
    const workbench = await WorkbenchDriver.open({
      environment: await cloud.writeProfile(),
      settings: { 'vpcLabs.capture.mode': mode, 'vpcLabs.capture.packetLimit': 1_000_000 },
    });
    try {
      return await measureIn(workbench, cloud, seconds * 1_000);
    } finally {
      await workbench.close();
    }
  } finally {
    await cloud.stop();
  }
}

async function measureIn(workbench: WorkbenchDriver, cloud: BusyCloud, durationMs: number): Promise<Figures> {
  const journey = new EndpointJourney(workbench);
  await journey.addScope('provider');
  const instances = await workbench.tree('Instances');
  await instances.item(/^provider-instance.*online/).waitFor({ timeout: patienceMs });
  await instances.chooseFromMenu(/^provider-instance/, 'Capture on Instance');
  const start = journey.page.getByRole('button', { name: 'Start', exact: true });
  await start.waitFor({ timeout: patienceMs });
  await pause(settleMs);
  const idleGaps = await pictureGaps(journey.page, durationMs);
  await start.click();
  await waitUntil(async () => (await shownRows(journey)) > 0, 'the first packets', patienceMs);
  await pause(settleMs);
  const host = ExtensionHost.find();
  const before = { cpuSeconds: host.cpuSeconds(), atMs: performance.now(), shown: await shownRows(journey) };
  const busyGaps = await pictureGaps(journey.page, durationMs);
  const seconds = (performance.now() - before.atMs) / 1_000;
  const idleShare = 1 - (host.cpuSeconds() - before.cpuSeconds) / seconds;
  const rate = ((await shownRows(journey)) - before.shown) / seconds;
  await journey.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await start.waitFor({ timeout: patienceMs });
  const { printed = 0, dropped = 0 } = cloud.terminal ?? {};
  return { idleGaps, busyGaps, idleShare, linesPerSecond: rate, printed, dropped, shown: await shownRows(journey) };
}

/** Packets that the page has, as the table tells a screen reader. */
async function shownRows({ page }: EndpointJourney): Promise<number> {
  return Number((await page.locator('.packet-rows').getAttribute('aria-rowcount')) ?? 0);
}

const pause = (durationMs: number) => new Promise(resolve => setTimeout(resolve, durationMs));

/** Prints the figures; what does not hold. */
function report(mode: Mode, figures: Figures): readonly string[] {
  const idleMs = quantile(figures.idleGaps, 0.999);
  const busyMs = quantile(figures.busyGaps, 0.999);
  const { printed, dropped } = figures;
  const lost = printed - figures.shown;
  const rate = Math.round(figures.linesPerSecond);
  console.log(
    `${mode}: ${rate} lines/s shown; ${printed} packets printed, ${lost} of them missing; ${dropped} dropped on the instance`,
  );
  console.log(
    `${mode}: pictures of the page, 99.9 of 100 within ${busyMs.toFixed(1)} ms, ${idleMs.toFixed(1)} ms before the capture; median ${quantile(figures.busyGaps, 0.5).toFixed(1)} ms`,
  );
  console.log(
    `${mode}: the extension host's thread was idle for ${(figures.idleShare * 100).toFixed(1)} % of the time`,
  );
  return [
    ...(rate < linesPerSecond[mode] * leastRateShare ? [`${mode}: the rate of ${linesPerSecond[mode]} lines/s`] : []),
    ...(lost === 0 && dropped === 0 ? [] : [`${mode}: no packet dropped`]),
    ...(busyMs > idleMs + allowedLagMs ? [`${mode}: pictures within ${allowedLagMs} ms of the idle ones`] : []),
    ...(figures.idleShare > leastIdleShare ? [] : [`${mode}: an extension host idle for more than half of the time`]),
  ];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' } },
});
const modes = (Object.keys(linesPerSecond) as Mode[]).filter(
  mode => positionals.length === 0 || positionals.includes(mode),
);
for (const mode of modes) {
  const broken = report(mode, await measure(mode, Number(values.seconds)));
  for (const what of broken) console.error(`does not hold: ${what}`);
  if (broken.length > 0) process.exitCode = 1;
}
