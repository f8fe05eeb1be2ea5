import { formatIpv4, parseIpv4 } from '../../../../core/ipv4';
import type { HostInterface } from '../../../network/hostNetwork';
import type { Program, Run } from '../../system';
import { print } from '../console';

/** What the DHCP client of systemd-networkd gives its routes on AL2023. */
const metric = 512;

/** ip(8): shows addresses, links and routes. It changes nothing. */
export const ip: Program = async run => {
  const options = run.args.filter(arg => arg.startsWith('-'));
  const [object = 'help', verb = 'show', ...rest] = run.args.filter(arg => !arg.startsWith('-'));
  const isBrief = options.some(option => /^-br/.test(option));
  if (options.includes('-6')) return 0;
  const isShow = ['show', 'list', 'ls', 'sh', 'lst'].includes(verb);
  const names = (isShow ? rest : [verb, ...rest]).filter(word => word !== 'dev');
  if (/^a(d|dd|ddr|ddre|ddres|ddress)?$/.test(object))
    return isChange(verb)
      ? refuse(run)
      : show(run, names[0], one => (isBrief ? briefAddress(one) : fullAddress(run, one)));
  if (/^l(i|in|ink)?$/.test(object))
    return isChange(verb) || verb === 'set'
      ? refuse(run)
      : show(run, names[0], one => (isBrief ? briefLink(one) : fullLink(run, one)));
  if (/^r(o|ou|out|oute)?$/.test(object)) {
    if (isChange(verb) || verb === 'replace' || verb === 'flush') return refuse(run);
    return verb === 'get' ? routeTo(run, rest[0] ?? '') : routes(run);
  }
  await run.process.write(2, `Object "${object}" is unknown, try "ip help".\n`);
  return object === 'help' ? 0 : 1;
};

function isChange(verb: string): boolean {
  return /^(add|del|delete|change|flush)$/.test(verb);
}

async function refuse(run: Run): Promise<number> {
  const text = run.process.isRoot
    ? 'RTNETLINK answers: Operation not supported'
    : 'RTNETLINK answers: Operation not permitted';
  await run.process.write(2, `${text}\n`);
  return 2;
}

async function show(run: Run, name: string | undefined, describe: (one: HostInterface) => string): Promise<number> {
  const found = run.system.network.interfaces.filter(one => name === undefined || one.name === name);
  if (found.length === 0) {
    await run.process.write(2, `Device "${name}" does not exist.\n`);
    return 1;
  }
  await print(run, found.map(describe).join(''));
  return 0;
}

function indexOf(run: Run, one: HostInterface): number {
  return run.system.network.interfaces.indexOf(one) + 1;
}

function isLoopback(one: HostInterface): boolean {
  return one.name === 'lo';
}

function fullLink(run: Run, one: HostInterface): string {
  const flags = isLoopback(one) ? 'LOOPBACK,UP,LOWER_UP' : 'BROADCAST,MULTICAST,UP,LOWER_UP';
  const state = isLoopback(one) ? 'qdisc noqueue state UNKNOWN' : 'qdisc fq_codel state UP';
  const kind = isLoopback(one) ? 'loopback' : 'ether';
  const broadcast = isLoopback(one) ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';
  return `${indexOf(run, one)}: ${one.name}: <${flags}> mtu ${one.mtu} ${state} group default qlen 1000\n    link/${kind} ${one.macAddress} brd ${broadcast}\n`;
}

function fullAddress(run: Run, one: HostInterface): string {
  const address = isLoopback(one)
    ? `    inet ${one.address}/${one.prefixLength} scope host lo\n       valid_lft forever preferred_lft forever\n`
    : `    inet ${one.address}/${one.prefixLength} metric ${metric} brd ${broadcastOf(one)} scope global dynamic ${one.name}\n       valid_lft 3600sec preferred_lft 3600sec\n`;
  return fullLink(run, one) + address;
}

function briefAddress(one: HostInterface): string {
  const suffix = isLoopback(one) ? '' : ` metric ${metric}`;
  return `${one.name.padEnd(16)} ${(isLoopback(one) ? 'UNKNOWN' : 'UP').padEnd(14)} ${one.address}/${one.prefixLength}${suffix} \n`;
}

function briefLink(one: HostInterface): string {
  const flags = isLoopback(one) ? 'LOOPBACK,UP,LOWER_UP' : 'BROADCAST,MULTICAST,UP,LOWER_UP';
  return `${one.name.padEnd(16)} ${(isLoopback(one) ? 'UNKNOWN' : 'UP').padEnd(14)} ${one.macAddress} <${flags}> \n`;
}

function maskOf(one: HostInterface): number {
  return one.prefixLength === 0 ? 0 : (0xffffffff << (32 - one.prefixLength)) >>> 0;
}

function networkOf(one: HostInterface): number {
  return ((parseIpv4(one.address) ?? 0) & maskOf(one)) >>> 0;
}

function broadcastOf(one: HostInterface): string {
  return formatIpv4((networkOf(one) | ~maskOf(one)) >>> 0);
}

/** The subnet's first address: the VPC's router. The guest always has it, whatever the VPC's routes say. */
function gatewayOf(one: HostInterface): string {
  return formatIpv4(networkOf(one) + 1);
}

async function routes(run: Run): Promise<number> {
  const { interfaces, nameServers } = run.system.network;
  const lines = interfaces
    .filter(one => !isLoopback(one))
    .flatMap(one => {
      const end = `dev ${one.name} proto dhcp src ${one.address} metric ${metric}`;
      const gateway = gatewayOf(one);
      return [
        `default via ${gateway} ${end}`,
        ...nameServers.map(server => `${server} via ${gateway} ${end}`),
        `${formatIpv4(networkOf(one))}/${one.prefixLength} dev ${one.name} proto kernel scope link src ${one.address} metric ${metric}`,
        `${gateway} dev ${one.name} proto dhcp scope link src ${one.address} metric ${metric}`,
      ];
    });
  await print(run, lines.map(line => `${line} \n`).join(''));
  return 0;
}

async function routeTo(run: Run, destination: string): Promise<number> {
  const number = parseIpv4(destination);
  const { interfaces } = run.system.network;
  if (number === undefined) {
    await run.process.write(2, `Error: any valid prefix is expected rather than "${destination}".\n`);
    return 1;
  }
  const { id } = run.process.user;
  const own = interfaces.find(one => one.address === destination || (isLoopback(one) && number >>> 24 === 127));
  if (own) {
    await print(run, `local ${destination} dev lo src ${destination} uid ${id} \n    cache <local> \n`);
    return 0;
  }
  const one = interfaces.find(candidate => !isLoopback(candidate));
  if (!one) {
    await run.process.write(2, 'RTNETLINK answers: Network is unreachable\n');
    return 2;
  }
  const isNear = (number & maskOf(one)) >>> 0 === networkOf(one);
  await print(
    run,
    `${destination} ${isNear ? '' : `via ${gatewayOf(one)} `}dev ${one.name} src ${one.address} uid ${id} \n    cache \n`,
  );
  return 0;
}
