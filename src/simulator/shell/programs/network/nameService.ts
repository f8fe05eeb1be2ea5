/** The C library's resolver: /etc/hosts, then the name servers of /etc/resolv.conf over the guest's own network. */
import { parseIpv4 } from '../../../../core/ipv4';
import { parseIpv6 } from '../../../../core/ipv6';
import { formatHex } from '../../../../packet/headers/addressText';
import {
  DNS_CLASS_IN,
  type DnsMessage,
  type DnsRecord,
  DnsResponseCode,
  DnsType,
  decodeDns,
  encodeDns,
} from '../../../../packet/headers/dns';
import { rootUser } from '../../kernel/process';
import type { Run } from '../../system';

export const dnsPort = 53;

export interface ResolverSettings {
  readonly nameServers: readonly string[];
  readonly searchDomains: readonly string[];
  readonly timeoutMs: number;
  readonly attempts: number;
  /** Names with fewer dots are tried under the search domains first. */
  readonly dots: number;
}

export type Lookup =
  | { readonly kind: 'found'; readonly addresses: readonly string[]; readonly canonicalName: string }
  | { readonly kind: 'unknownName' }
  /** No server answered, or none could. */
  | { readonly kind: 'noAnswer' };

async function readSystemFile(run: Run, path: string): Promise<string> {
  return run.system.disk
    .as(rootUser)
    .readFile(path)
    .catch(() => '');
}

/** resolv.conf(5). */
export async function readResolverSettings(run: Run): Promise<ResolverSettings> {
  const lines = (await readSystemFile(run, '/etc/resolv.conf')).split('\n').map(line =>
    line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/),
  );
  const valuesOf = (key: string) => lines.filter(([first]) => first === key).map(([, ...values]) => values);
  const option = (name: string, standard: number) => {
    const text = valuesOf('options')
      .flat()
      .find(value => value.startsWith(`${name}:`));
    return text ? Number(text.slice(name.length + 1)) : standard;
  };
  const nameServers = valuesOf('nameserver')
    .map(([address]) => address ?? '')
    .filter(address => parseIpv4(address) !== undefined);
  return {
    nameServers: nameServers.slice(0, 3),
    searchDomains: (valuesOf('search').at(-1) ?? []).filter(domain => domain !== '.'),
    timeoutMs: option('timeout', 5) * 1_000,
    attempts: option('attempts', 2),
    dots: option('ndots', 1),
  };
}

export function question(
  run: Run,
  name: string,
  type: number,
  options: { readonly additionals?: readonly DnsRecord[]; readonly recursionDesired?: boolean } = {},
): DnsMessage {
  return {
    id: run.system.chance.between(0, 65_535),
    isResponse: false,
    opcode: 0,
    isAuthoritative: false,
    isTruncated: false,
    recursionDesired: options.recursionDesired ?? true,
    recursionAvailable: false,
    authenticData: false,
    checkingDisabled: false,
    responseCode: 0,
    questions: [{ name: withoutDot(name), type, class: DNS_CLASS_IN }],
    answers: [],
    authorities: [],
    additionals: options.additionals ?? [],
  };
}

export function withoutDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

export interface DnsAnswer {
  readonly message: DnsMessage;
  readonly lengthBytes: number;
}

/** Asks one server all questions over one socket; each answer in its question's place, undefined where none came in time. */
export async function askServer(
  run: Run,
  server: string,
  messages: readonly DnsMessage[],
  timeoutMs: number,
): Promise<readonly (DnsAnswer | undefined)[]> {
  const { process, system } = run;
  const socket = process.resources.add(system.network.openUdp());
  const answers: (DnsAnswer | undefined)[] = messages.map(() => undefined);
  const endMs = process.timeline.now() + timeoutMs;
  try {
    for (const message of messages) socket.send(server, dnsPort, encodeDns(message));
    while (answers.includes(undefined)) {
      const leftMs = endMs - process.timeline.now();
      const datagram = leftMs > 0 ? await process.until(socket.receive(leftMs, process.abortSignal)) : undefined;
      if (!datagram) return answers;
      const message = datagram.address === server ? decodeDns(datagram.payload) : undefined;
      const index = messages.findIndex(asked => message?.isResponse && asked.id === message.id);
      if (message && index >= 0) answers[index] = { message, lengthBytes: datagram.payload.length };
    }
    return answers;
  } finally {
    socket.dispose();
  }
}

/** Numeric, from /etc/hosts, or by DNS: IPv4 addresses, the family that our practice networks have. */
export async function resolveHost(run: Run, name: string): Promise<Lookup> {
  if (parseIpv4(name) !== undefined) return { kind: 'found', addresses: [name], canonicalName: name };
  const fromFile = await lookUpInHosts(run, name);
  if (fromFile.length > 0) return { kind: 'found', addresses: fromFile, canonicalName: name };
  if (!isHostName(name)) return { kind: 'unknownName' };
  const settings = await readResolverSettings(run);
  let result: Lookup = { kind: 'unknownName' };
  for (const candidate of candidates(name, settings)) {
    result = await resolveByDns(run, candidate, settings);
    if (result.kind !== 'unknownName') return result;
  }
  return result;
}

function isHostName(name: string): boolean {
  return withoutDot(name).length <= 253 && /^(?!-)[A-Za-z0-9_*-]{1,63}(\.[A-Za-z0-9_*-]{1,63})*\.?$/.test(name);
}

function candidates(name: string, settings: ResolverSettings): readonly string[] {
  if (name.endsWith('.')) return [withoutDot(name)];
  const searched = settings.searchDomains.map(domain => `${name}.${domain}`);
  const hasEnoughDots = name.split('.').length - 1 >= settings.dots;
  return hasEnoughDots ? [name, ...searched] : [...searched, name];
}

async function lookUpInHosts(run: Run, name: string): Promise<readonly string[]> {
  const lines = (await readSystemFile(run, '/etc/hosts'))
    .split('\n')
    .map(line => line.replace(/#.*/, '').trim().split(/\s+/));
  const wanted = withoutDot(name).toLowerCase();
  return lines
    .filter(
      ([address, ...names]) =>
        parseIpv4(address ?? '') !== undefined && names.some(known => known.toLowerCase() === wanted),
    )
    .map(([address]) => address as string);
}

/** A and AAAA are asked together, as glibc does; the addresses come from the A answer. */
async function resolveByDns(run: Run, name: string, settings: ResolverSettings): Promise<Lookup> {
  for (let attempt = 0; attempt < settings.attempts; attempt++) {
    for (const server of settings.nameServers) {
      const messages = [question(run, name, DnsType.a), question(run, name, DnsType.aaaa)];
      const [answer] = await askServer(run, server, messages, settings.timeoutMs);
      if (!answer || answer.message.responseCode === DnsResponseCode.serverFailure) continue;
      return readAddresses(answer.message, name);
    }
  }
  return { kind: 'noAnswer' };
}

function readAddresses(message: DnsMessage, name: string): Lookup {
  const addresses = message.answers.flatMap(({ type, data }) =>
    type === DnsType.a && data.kind === 'address' ? [data.address] : [],
  );
  if (addresses.length === 0) return { kind: 'unknownName' };
  const canonicalName = message.answers.find(answer => answer.type === DnsType.a)?.name ?? name;
  return { kind: 'found', addresses, canonicalName: withoutDot(canonicalName) };
}

/** The name that an address's own name is asked for by (RFC 1035 §3.5, RFC 3596 §2.5). */
export function reverseName(address: string): string {
  const bytes = address.includes(':') ? parseIpv6(address) : undefined;
  if (bytes) return `${[...formatHex(bytes)].reverse().join('.')}.ip6.arpa`;
  return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
}

/** The name of an address, from /etc/hosts or by PTR; undefined when it has none. */
export async function resolveAddress(run: Run, address: string): Promise<string | undefined> {
  const lines = (await readSystemFile(run, '/etc/hosts'))
    .split('\n')
    .map(line => line.replace(/#.*/, '').trim().split(/\s+/));
  const fromFile = lines.find(([known]) => known === address)?.[1];
  if (fromFile) return fromFile;
  const settings = await readResolverSettings(run);
  for (let attempt = 0; attempt < settings.attempts; attempt++) {
    for (const server of settings.nameServers) {
      const [answer] = await askServer(
        run,
        server,
        [question(run, reverseName(address), DnsType.ptr)],
        settings.timeoutMs,
      );
      if (!answer) continue;
      const record = answer.message.answers.find(candidate => candidate.type === DnsType.ptr);
      return record?.data.kind === 'name' ? withoutDot(record.data.name) : undefined;
    }
  }
  return undefined;
}

/** gai_strerror(3) of a lookup that found nothing. */
export function lookupFailureText(lookup: Exclude<Lookup, { kind: 'found' }>): string {
  return lookup.kind === 'noAnswer' ? 'Temporary failure in name resolution' : 'Name or service not known';
}
