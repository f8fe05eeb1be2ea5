import { addressClasses } from '../../src/core/classification';
import { ipv4 } from '../../src/core/ipv4';
import { captureLabels } from './captureLabels';
import { captureState } from './captureStates';
import { type PageOptions, PageRig } from './pageRig';
import { waitUntil } from './waitUntil';

const body = `<div id="capture" data-labels="${JSON.stringify(captureLabels).replaceAll('"', '&quot;')}"></div>`;

/** The capture page before its host has answered. */
export async function openCapturePage(options: Partial<PageOptions> = {}): Promise<PageRig> {
  const rig = await PageRig.open({ page: 'capture', body, ...options });
  await waitUntil(async () => (await rig.sent()).length > 0, 'the page to speak');
  return rig;
}

/** The capture page of a capture that runs. */
export async function openRunningCapture(options: Partial<PageOptions> = {}): Promise<PageRig> {
  const rig = await openCapturePage(options);
  await rig.push({ kind: 'state', state: captureState });
  return rig;
}

const classes = new Map([
  [ipv4('172.31.36.107'), { name: 'endpointInterface', interfaceRow: 1, routeRow: 1 }],
  [ipv4('172.31.0.2'), { name: 'resolver', interfaceRow: 0, routeRow: 1 }],
  [ipv4('52.95.80.10'), { name: 'internetGateway', interfaceRow: 0, routeRow: 2 }],
] as const);

/** Of the addresses in `conversation`, by the rows of `captureState`. */
export function classify(address: number) {
  const { name, interfaceRow, routeRow } = classes.get(address) ?? { name: 'local', interfaceRow: 0, routeRow: 1 };
  return { classIndex: addressClasses.indexOf(name), interfaceRow, routeRow };
}

/** A name asked for, an endpoint spoken to, and one packet that leaves by the internet gateway. */
export const conversation = [
  '2026-11-21 12:21:53.069112 IP 172.31.37.141.53273 > 172.31.0.2.53: 11672+ A? ec2.ap-south-1.amazonaws.com. (46)',
  '2026-11-21 12:21:53.073990 IP 172.31.37.141.38482 > 172.31.36.107.443: Flags [S], seq 7, win 62727, length 0',
  '2026-11-21 12:21:53.109183 IP 172.31.37.141.38482 > 172.31.36.107.443: Flags [P.], seq 1:518, ack 1, win 491, length 517',
  '2026-11-21 12:21:54.000001 IP 172.31.37.141.40000 > 52.95.80.10.443: Flags [S], seq 9, win 62727, length 0',
];
