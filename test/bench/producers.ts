/** Reading tcpdump's text, beside the programs that print such text: whoever reads more slowly than they print falls behind. */
import { execFileSync } from 'node:child_process';
import { CaptureBuffer } from '../../src/capture/captureBuffer';
import { readIntoColumns } from './columnsReader';
import { cpuMsOf, median, rateOf } from './inTurns';
import { packetTraffic, type Traffic } from './packetTraffic';
import type { Finding, Peer } from './report';
import { isInstalled, withFile } from './tools';

interface Producer {
  readonly name: string;
  readonly command: string;
  readonly times: number;
  /** Packets a second on two cores in November 2026, where the program is not installed. */
  readonly recorded: number;
}

const rounds = 5;
/** Of the file in one measurement: the shell counts CPU time in hundredths of a second. */
const readings = 3;

const producers: readonly Producer[] = [
  { name: 'tcpdump -nn -r', command: 'tcpdump -nn -r', times: 5, recorded: 530_000 },
  { name: 'tshark -n -r, a line a packet', command: 'tshark -n -r', times: 18, recorded: 147_000 },
];

export async function measureProducers(): Promise<readonly Finding[]> {
  const traffic = packetTraffic();
  return withFile(traffic.pcap, async path => {
    checkText(path, traffic);
    const findings: Finding[] = [];
    for (const producer of producers) findings.push(await beside(producer, path, traffic));
    return findings;
  });
}

async function beside({ name, command, times, recorded }: Producer, path: string, traffic: Traffic): Promise<Finding> {
  const isHere = isInstalled(command.split(' ', 1)[0] as string);
  const ours: number[] = [];
  const theirs: number[] = [];
  const ring = new CaptureBuffer({ rows: traffic.packets });
  for (let warmUp = 0; warmUp < 5; warmUp++) readIntoColumns(traffic.chunks, ring);
  for (let round = 0; round < rounds; round++) {
    ours.push(await cpuMsOf(() => readIntoColumns(traffic.chunks, ring)));
    if (isHere) theirs.push(printingMs(command, path));
  }
  const peer: Peer = isHere
    ? { name, value: rateOf(traffic.packets, median(theirs)) }
    : { name, value: recorded, isRecorded: true };
  return {
    job: `tcpdump -nn text read into columns, beside what prints it: ${name}`,
    unit: 'packets/s',
    ours: rateOf(traffic.packets, median(ours)),
    better: 'more',
    peer,
    goal: { times },
  };
}

/** CPU time of printing the file once; what starting the program takes is taken off. */
function printingMs(command: string, path: string): number {
  return (childMs(`${command} '${path}'`) - childMs(`${command} '${path}' -c 1`)) / readings;
}

/** CPU time of `readings` runs of a command, as the shell's `times` tells it of its children. */
function childMs(command: string): number {
  const script = `${Array(readings).fill(`${command} > /dev/null 2>&1`).join('; ')}; times`;
  const [, children] = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n') as [string, string];
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (ms, [, minutes, seconds]) => ms + (Number(minutes) * 60 + Number(seconds)) * 1000,
    0,
  );
}

/** The text that is read is what tcpdump prints. */
function checkText(path: string, { text }: Traffic): void {
  if (!isInstalled('tcpdump')) {
    console.error('tcpdump is not installed: the text was not checked against what it prints');
    return;
  }
  const printed = execFileSync('tcpdump', ['-nn', '-r', path], {
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 28,
  });
  if (!printed.equals(text)) throw new Error('tcpdump prints another text');
}
