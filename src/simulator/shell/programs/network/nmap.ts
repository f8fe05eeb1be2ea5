/** nmap(1) 7.93: which hosts are up, and which of their TCP ports are open. Ports are tried by connecting, whatever the scan is called. */
import { ConnectError } from '../../../network/hostNetwork';
import type { Program, Run } from '../../system';
import { print, readArguments } from '../console';
import { formatDate } from '../dates';
import { resolveAddress, resolveHost } from './nameService';
import { expandTarget, readPlan, type ScanPlan, ScanRefusal } from './nmapOptions';
import { serviceNameOf } from './serviceNames';

type PortState = 'open' | 'closed' | 'filtered';

const portsAtOnce = 100;
const hostsAtOnce = 64;
/** nmap waits a second for a first answer and tries a silent port twice. */
const answerMs = 1_000;
const triesForSilence = 2;

export const nmap: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 's:p:P:T:nvFRd',
    long: {
      open: false,
      'top-ports': true,
      reason: false,
      'max-retries': true,
      'host-timeout': true,
      'min-rate': true,
      version: false,
    },
  });
  if (parsed.options.has('version')) {
    await print(run, '\nNmap version 7.93 ( https://nmap.org )\nPlatform: x86_64-amazon-linux-gnu\n');
    return 0;
  }
  try {
    const plan = readPlan(parsed, run.process.isRoot);
    return await scan(run, plan, parsed.operands);
  } catch (error) {
    if (!(error instanceof ScanRefusal)) throw error;
    await run.process.write(2, `${error.message}\n`);
    return 1;
  }
};

async function scan(run: Run, settings: Omit<ScanPlan, 'targets'>, operands: readonly string[]): Promise<number> {
  const startMs = run.process.timeline.now();
  if (operands.length === 0) {
    await run.process.write(
      2,
      'Nmap 7.93 ( https://nmap.org )\nUsage: nmap [Scan Type(s)] [Options] {target specification}\n',
    );
    return 255;
  }
  await print(run, `Starting Nmap 7.93 ( https://nmap.org ) at ${formatDate(startMs, '%F %R %Z')}\n`);
  const names = new Map<string, string>();
  const plan: ScanPlan = { ...settings, targets: await addressesOf(run, operands, names) };
  if (plan.targets.length === 0)
    await run.process.write(2, 'WARNING: No targets were specified, so 0 hosts scanned.\n');
  let upCount = 0;
  for (let index = 0; index < plan.targets.length; index += hostsAtOnce) {
    const hosts = plan.targets.slice(index, index + hostsAtOnce);
    const latencies = await run.process.until(Promise.all(hosts.map(address => discover(run, plan, address))));
    for (const [position, address] of hosts.entries()) {
      const latencyMs = latencies[position];
      if (latencyMs === undefined) continue;
      upCount++;
      await reportHost(run, plan, address, names.get(address), latencyMs);
    }
  }
  if (upCount === 0 && plan.targets.length === 1)
    await print(run, 'Note: Host seems down. If it is really up, but blocking our ping probes, try -Pn\n');
  const seconds = ((run.process.timeline.now() - startMs) / 1_000).toFixed(2);
  const total = plan.targets.length;
  await print(
    run,
    `Nmap done: ${total} IP address${total === 1 ? '' : 'es'} (${upCount} host${upCount === 1 ? '' : 's'} up) scanned in ${seconds} seconds\n`,
  );
  return 0;
}

async function addressesOf(
  run: Run,
  operands: readonly string[],
  names: Map<string, string>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const operand of operands) {
    const expanded = expandTarget(operand);
    if (expanded) {
      found.push(...expanded);
      continue;
    }
    const lookup = await resolveHost(run, operand);
    if (lookup.kind !== 'found') {
      await run.process.write(2, `Failed to resolve "${operand}".\n`);
      continue;
    }
    found.push(lookup.addresses[0] as string);
    names.set(lookup.addresses[0] as string, operand);
  }
  return found;
}

/** The latency of a host that answers an echo, or a connection to 443 or 80, in whatever way; undefined when it is silent. */
async function discover(run: Run, plan: ScanPlan, address: string): Promise<number | undefined> {
  if (plan.skipsDiscovery) return 0;
  const { process, system } = run;
  const startMs = process.timeline.now();
  const echo = { id: system.chance.between(1, 65_535), sequence: 0, payloadLength: 0 };
  const attempts = [
    ...(process.isRoot
      ? [system.network.ping(address, echo, answerMs).then(answer => typeof answer === 'object')]
      : []),
    ...[443, 80].map(port => tryPort(run, address, port, 1).then(state => state !== 'filtered')),
  ];
  const isUp = await new Promise<boolean>(resolve => {
    for (const attempt of attempts) void attempt.then(answered => answered && resolve(true));
    void Promise.all(attempts).then(answers => resolve(answers.includes(true)));
  });
  return isUp ? process.timeline.now() - startMs : undefined;
}

async function tryPort(run: Run, address: string, port: number, tries: number): Promise<PortState> {
  const { network } = run.system;
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      const connection = await network.connectTcp(address, port, { timeoutMs: answerMs - 1 });
      connection.reset();
      return 'open';
    } catch (error) {
      if (error instanceof ConnectError && error.failure === 'refused') return 'closed';
      if (run.process.status) return 'filtered';
    }
  }
  return 'filtered';
}

async function reportHost(
  run: Run,
  plan: ScanPlan,
  address: string,
  name: string | undefined,
  latencyMs: number,
): Promise<void> {
  const known = name ?? (plan.namesNothing ? undefined : await resolveAddress(run, address));
  const head = `Nmap scan report for ${known === undefined ? address : `${known} (${address})`}\n`;
  const latency = plan.skipsDiscovery ? 'Host is up.' : `Host is up (${shownSeconds(latencyMs)}s latency).`;
  if (plan.onlyDiscovers) return print(run, `${head}${latency}\n`);
  const states = new Map<number, PortState>();
  for (let index = 0; index < plan.ports.length; index += portsAtOnce) {
    const ports = plan.ports.slice(index, index + portsAtOnce);
    const found = await run.process.until(Promise.all(ports.map(port => tryPort(run, address, port, triesForSilence))));
    for (const [position, port] of ports.entries()) states.set(port, found[position] as PortState);
  }
  const table = portTable(plan, address, states);
  if (table !== undefined) await print(run, `${head}${latency}\n${table}\n`);
}

/** Two significant digits, as nmap shows a round trip. */
function shownSeconds(milliseconds: number): string {
  return String(Number((milliseconds / 1_000).toPrecision(2)));
}

/** Undefined: nothing to show (`--open`). More than 25 ports of one kind are only counted. */
function portTable(plan: ScanPlan, address: string, states: ReadonlyMap<number, PortState>): string | undefined {
  const reasons = { closed: plan.connects ? 'conn-refused' : 'reset', filtered: 'no-response' } as const;
  const count = (wanted: PortState) => [...states.values()].filter(state => state === wanted).length;
  const hidden = (['closed', 'filtered'] as const).filter(state => plan.showsOpenOnly || count(state) > 25);
  const notShown = hidden
    .filter(state => count(state) > 0)
    .map(state => `${count(state)} ${state} tcp port${count(state) === 1 ? '' : 's'} (${reasons[state]})`);
  const shown = [...states].filter(([, state]) => state === 'open' || !hidden.includes(state));
  if (shown.length === 0 && plan.showsOpenOnly) return undefined;
  if (shown.length === 0)
    return `All ${states.size} scanned ports on ${address} are in ignored states.\nNot shown: ${notShown.join(', ')}\n`;
  const rows = shown.map(([port, state]) => [`${port}/tcp`, state, serviceNameOf(port) ?? 'unknown'] as const);
  const width = (column: 0 | 1, title: string) => Math.max(title.length, ...rows.map(row => row[column].length));
  const widths = [width(0, 'PORT'), width(1, 'STATE')];
  const line = (cells: readonly [string, string, string]) =>
    `${cells[0].padEnd(widths[0] as number)} ${cells[1].padEnd(widths[1] as number)} ${cells[2]}\n`;
  const omitted = notShown.length > 0 ? `Not shown: ${notShown.join(', ')}\n` : '\n';

  return `${omitted}${line(['PORT', 'STATE', 'SERVICE'])}${rows.map(line).join('')}`;
}
