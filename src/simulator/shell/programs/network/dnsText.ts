import { type DnsRecord, DnsResponseCode, DnsType } from '../../../../packet/headers/dns';

export const typeNumbers: Readonly<Record<string, number>> = {
  A: DnsType.a,
  NS: DnsType.ns,
  CNAME: DnsType.cname,
  SOA: DnsType.soa,
  PTR: DnsType.ptr,
  MX: DnsType.mx,
  TXT: DnsType.txt,
  AAAA: DnsType.aaaa,
  SRV: DnsType.srv,
  HTTPS: DnsType.https,
  ANY: DnsType.any,
};

export function typeName(type: number): string {
  return Object.keys(typeNumbers).find(name => typeNumbers[name] === type) ?? `TYPE${type}`;
}

export function responseCodeName(code: number): string {
  switch (code) {
    case DnsResponseCode.noError:
      return 'NOERROR';
    case DnsResponseCode.formatError:
      return 'FORMERR';
    case DnsResponseCode.serverFailure:
      return 'SERVFAIL';
    case DnsResponseCode.noSuchName:
      return 'NXDOMAIN';
    case DnsResponseCode.notImplemented:
      return 'NOTIMP';
    case DnsResponseCode.refused:
      return 'REFUSED';
    default:
      return `RESERVED${code}`;
  }
}

export function withDot(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

/** A record's data as dig shows it. */
export function dataText({ data }: DnsRecord): string {
  switch (data.kind) {
    case 'address':
    case 'address6':
      return data.address;
    case 'name':
      return withDot(data.name);
    case 'startOfAuthority':
      return [
        withDot(data.primaryServer),
        withDot(data.mailbox),
        data.serial,
        data.refreshSeconds,
        data.retrySeconds,
        data.expireSeconds,
        data.minimumSeconds,
      ].join(' ');
    case 'raw':
      return `\\# ${data.bytes.length} ${Array.from(data.bytes, byte => byte.toString(16).padStart(2, '0'))
        .join('')
        .toUpperCase()}`;
  }
}
