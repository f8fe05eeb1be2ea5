/**
 * traceroute(8) 2.1. Routers of AWS neither count hops inside a VPC nor answer: a neighbour is the first hop, and the way to the internet is
 * stars ("Amazon VPC User Guide: Troubleshooting").
 */
import { parseIpv4 } from '../../../../core/ipv4';
import { ConnectError } from '../../../network/hostNetwork';
import type { Program, Run } from '../../system';
import { complain, print, readArguments } from '../console';
import { hasOption, lastOption } from '../options';
import { lookupFailureText, resolveAddress, resolveHost } from './nameService';

interface TracePlan {
  readonly address: string;
  readonly method: 'udp' | 'icmp' | 'tcp';
  readonly port: number;
  readonly lastHop: number;
  readonly queries: number;
  readonly waitMs: number;
  readonly isNumeric: boolean;
}

/** Routers between an instance and a public address, which keep silent. */
const silentRouters = 8;
/** Hops that are asked at once. */
const batch = 5;

export const traceroute: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'TIUnm:q:w:p:f:N:4s:',
    long: { tcp: false, icmp: false, udp: false, 'max-hops': true, queries: true, wait: true, port: true },
  });
  const [name] = parsed.operands;
  if (name === undefined) {
    await run.process.write(
      2,
      'Usage:\n  traceroute [ -46dFITnreAUDV ] [ -f first_ttl ] [ -m max_ttl ] [ -p port ] [ -q nqueries ] host [ packetlen ]\n',
    );
    return 2;
  }
  const method = hasOption(parsed, 'T', 'tcp') ? 'tcp' : hasOption(parsed, 'I', 'icmp') ? 'icmp' : 'udp';
  if (method === 'tcp' && !run.process.isRoot) {
    await run.process.write(
      2,
      'You do not have enough privileges to use this traceroute method.\nsocket: Operation not permitted\n',
    );
    return 1;
  }
  const lookup = await resolveHost(run, name);
  if (lookup.kind !== 'found') {
    await run.process.write(
      2,
      `${name}: ${lookupFailureText(lookup)}\nCannot handle "host" cmdline arg \`${name}' on position 1 (argc ${run.args.length})\n`,
    );
    return 2;
  }
  const number = (fallback: number, ...names: readonly string[]) => Number(lastOption(parsed, ...names) ?? fallback);
  const plan: TracePlan = {
    address: lookup.addresses[0] as string,
    method,
    port: number(method === 'tcp' ? 80 : 33_434, 'p', 'port'),
    lastHop: number(30, 'm', 'max-hops'),
    queries: number(3, 'q', 'queries'),
    waitMs: number(5, 'w', 'wait') * 1_000,
    isNumeric: hasOption(parsed, 'n'),
  };
  if (!(plan.lastHop >= 1 && plan.lastHop <= 255) || !(plan.queries >= 1 && plan.queries <= 10))
    return complain(run, 'max hops cannot be more than 255', 2);
  await print(run, `traceroute to ${name} (${plan.address}), ${plan.lastHop} hops max, 60 byte packets\n`);
  return trace(run, plan);
};

interface HopAnswer {
  readonly address: string;
  readonly isLast: boolean;
  readonly roundTripMs: number;
}

async function trace(run: Run, plan: TracePlan): Promise<number> {
  const id = run.system.chance.between(1, 65_535);
  for (let first = 1; first <= plan.lastHop; first += batch) {
    const hops = Array.from({ length: Math.min(batch, plan.lastHop - first + 1) }, (_, index) => first + index);
    const found = await run.process.until(Promise.all(hops.map(hop => askHop(run, plan, hop, id))));
    for (const [index, answers] of found.entries()) {
      await print(run, `${await hopLine(run, plan, first + index, answers)}\n`);
      if (answers.some(answer => answer?.isLast)) return 0;
    }
  }
  return 0;
}

function askHop(run: Run, plan: TracePlan, hop: number, id: number): Promise<readonly (HopAnswer | undefined)[]> {
  return Promise.all(
    Array.from({ length: plan.queries }, (_, query) => ask(run, plan, hop, (hop - 1) * plan.queries + query, id)),
  );
}

async function ask(run: Run, plan: TracePlan, hop: number, count: number, id: number): Promise<HopAnswer | undefined> {
  const { network } = run.system;
  if (plan.method === 'tcp') return askByTcp(run, plan, hop);
  const probe =
    plan.method === 'icmp'
      ? ({ kind: 'echo', id, sequence: count + 1, payloadLength: 32 } as const)
      : ({ kind: 'udp', port: plan.port + count, payloadLength: 32 } as const);
  const answer = await network.probeRoute(plan.address, probe, hop, plan.waitMs);
  return answer && { address: answer.address, isLast: answer.kind === 'reached', roundTripMs: answer.roundTripMs };
}

/** A SYN that dies on the way is not sent: nobody would answer it. */
async function askByTcp(run: Run, { address, port, waitMs }: TracePlan, hop: number): Promise<HopAnswer | undefined> {
  const { process, system } = run;
  const startMs = process.timeline.now();
  if (hop <= silentRouters && !isPrivate(address)) {
    await process.sleep(waitMs);
    return undefined;
  }
  const reached = () => ({ address, isLast: true, roundTripMs: process.timeline.now() - startMs });
  try {
    (await system.network.connectTcp(address, port, { timeoutMs: Math.min(waitMs, 900) })).reset();
    return reached();
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return error.failure === 'refused' ? reached() : undefined;
  }
}

function isPrivate(address: string): boolean {
  return /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
    address,
  );
}

async function hopLine(
  run: Run,
  plan: TracePlan,
  hop: number,
  answers: readonly (HopAnswer | undefined)[],
): Promise<string> {
  let shown = '';
  let line = String(hop).padStart(2);
  for (const answer of answers) {
    if (!answer) {
      line += ' *';
      continue;
    }
    if (answer.address !== shown) {
      shown = answer.address;
      line += `  ${await label(run, plan, shown)}`;
    }
    line += `  ${answer.roundTripMs.toFixed(3)} ms`;
  }
  return line;
}

async function label(run: Run, { isNumeric }: TracePlan, address: string): Promise<string> {
  if (isNumeric || parseIpv4(address) === undefined) return address;
  return `${(await resolveAddress(run, address)) ?? address} (${address})`;
}
