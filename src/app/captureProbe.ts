import type { Region } from '../core/ids';
import { parseIpv4 } from '../core/ipv4';
import { serviceHost } from '../core/partition';

/** Programs that install packages, in the order in which they are looked for. */
export const packageInstallers = ['dnf', 'yum', 'apt-get'] as const;
export type PackageInstaller = (typeof packageInstallers)[number];

export interface SiteInterface {
  /** Such as `enX0`. */
  readonly name: string;
  readonly addresses: readonly string[];
}

/** What an instance says of itself before a capture. What it did not say is undefined: then tcpdump decides. */
export interface CaptureSite {
  /** Whom the session's commands run as. */
  readonly user: string | undefined;
  readonly isRoot: boolean;
  /** Whether sudo runs a command without asking for a password. */
  readonly hasSudo: boolean | undefined;
  /** What sudo says when it does not; empty when nothing. */
  readonly sudoRefusal: string;
  readonly hasTcpdump: boolean | undefined;
  readonly installer: PackageInstaller | undefined;
  readonly interfaces: readonly SiteInterface[];
  /** Addresses that the session's own frames go to. */
  readonly channelAddresses: readonly string[];
}

/** A name server that does not answer must not hold up the capture. */
const LOOK_UP_SECONDS = 5;

/** Directories of tcpdump and ip, which are not on everybody's path. */
const PATH = 'PATH="$PATH:/usr/sbin:/sbin"';

/**
 * One line for a POSIX shell that prints facts, each on a line `==name value`: user, sudo, tcpdump, installer, interfaces, and where the
 * agent's data channel leads as the instance sees it. It changes nothing.
 */
export function probeCommand(region: Region): string {
  const each = (fact: string) => `while read -r line; do echo "==${fact} $line"; done`;
  const installers = packageInstallers.map(name => `command -v ${name}`).join(' || ');
  const host = serviceHost(region, 'ssmmessages');
  return [
    PATH,
    'echo "==user $(id -un)"',
    'echo "==uid $(id -u)"',
    'said=$(sudo -n true 2>&1 </dev/null)',
    'echo "==sudo $? $said"',
    'echo "==tcpdump $(command -v tcpdump)"',
    `echo "==installer $(${installers})"`,
    `{ ip -br addr || ls /sys/class/net; } 2>/dev/null | ${each('interface')}`,
    `timeout ${LOOK_UP_SECONDS} getent ahostsv4 ${host} | ${each('channel')}`,
  ].join('; ');
}

/** Reads what {@link probeCommand} printed; lines that are none of ours, and facts of another form, are passed over. */
export function readProbe(output: string): CaptureSite {
  const facts = readFacts(output);
  const first = (name: string, form: RegExp) => form.exec(facts.get(name)?.[0] ?? '');
  const [, status, refusal = ''] = first('sudo', /^(\d+)(?: (.*))?$/) ?? [];
  const installer = first('installer', /(?:^|\/)(dnf|yum|apt-get)$/)?.[1];
  const isRoot = first('uid', /^0$/) !== null;
  return {
    user: first('user', /^[A-Za-z_][\w.-]*\$?$/)?.[0],
    isRoot,
    hasSudo: status === undefined ? undefined : Number(status) === 0,
    sudoRefusal: refusal.slice(0, 200),
    hasTcpdump: facts.has('tcpdump') ? first('tcpdump', /^\/\S+$/) !== null : undefined,
    installer: packageInstallers.find(name => name === installer),
    interfaces: (facts.get('interface') ?? []).map(readInterface).filter(({ name }) => name !== ''),
    channelAddresses: [...new Set((facts.get('channel') ?? []).map(firstWord))].filter(isAddress),
  };
}

/** The interface that carries the address; undefined when none does. */
export function interfaceWith({ interfaces }: CaptureSite, address: string | undefined): string | undefined {
  return interfaces.find(({ addresses }) => addresses.some(each => each === address))?.name;
}

function readFacts(output: string): ReadonlyMap<string, readonly string[]> {
  const facts = new Map<string, string[]>();
  for (const line of output.split('\n')) {
    const [, name, value = ''] = /^==([a-z]+)(?: (.*))?$/.exec(line.trim()) ?? [];
    if (name !== undefined) facts.set(name, [...(facts.get(name) ?? []), value]);
  }
  return facts;
}

/** `enX0  UP  172.31.37.141/20 fe80::1/64 metric 512`; an interface of a pair is printed as `name@peer`. */
function readInterface(line: string): SiteInterface {
  const [name = '', , ...words] = line.trim().split(/\s+/);
  const addresses = words.filter(word => word.includes('/')).map(word => word.split('/')[0] as string);
  return { name: name.split('@')[0] as string, addresses };
}

function firstWord(line: string): string {
  return line.trim().split(/\s+/)[0] ?? '';
}

function isAddress(word: string): boolean {
  return parseIpv4(word) !== undefined;
}
