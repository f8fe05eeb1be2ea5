/** Arbitrary packets for property tests. */
import fc from 'fast-check';
import { formatIpv6 } from '../../src/packet/headers/addressText';
import { type DnsData, type DnsMessage, type DnsRecord, DnsType } from '../../src/packet/headers/dns';
import type { TcpSegment } from '../../src/packet/headers/tcp';
import { encodeTcpOptions, type TcpOption } from '../../src/packet/headers/tcpOptions';

export const anyUint16 = fc.integer({ min: 0, max: 0xffff });
export const anyUint32 = fc.integer({ min: 0, max: 0xffff_ffff });
export const anyIpv4 = fc.ipV4();
/** In the form of RFC 5952. */
export const anyIpv6 = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(bytes => formatIpv6(bytes));
export const anyMac = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 6, maxLength: 6 })
  .map(bytes => bytes.map(byte => byte.toString(16).padStart(2, '0')).join(':'));
export const anyPayload = fc.uint8Array({ maxLength: 80 });

const anyTcpOption: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.constant<TcpOption>({ kind: 'noOperation' }),
  anyUint16.map<TcpOption>(bytes => ({ kind: 'maximumSegmentSize', bytes })),
  fc.integer({ min: 0, max: 14 }).map<TcpOption>(shift => ({ kind: 'windowScale', shift })),
  fc.constant<TcpOption>({ kind: 'selectiveAckPermitted' }),
  fc.tuple(anyUint32, anyUint32).map<TcpOption>(([value, echo]) => ({ kind: 'timestamps', value, echo })),
  fc
    .tuple(anyUint32, anyUint32)
    .map<TcpOption>(([left, right]) => ({ kind: 'selectiveAck', blocks: [{ left, right }] })),
);

export const anyTcpOptions = fc.array(anyTcpOption, { maxLength: 5 }).filter(fits);

function fits(options: readonly TcpOption[]): boolean {
  try {
    return encodeTcpOptions(options).length <= 40;
  } catch {
    return false;
  }
}

export const anyTcpSegment: fc.Arbitrary<TcpSegment> = fc.record(
  {
    sourcePort: anyUint16,
    destinationPort: anyUint16,
    sequence: anyUint32,
    acknowledgment: anyUint32,
    flags: fc.integer({ min: 0, max: 255 }),
    window: anyUint16,
    options: anyTcpOptions,
    payload: anyPayload,
  },
  { noNullPrototype: true },
);

export const anyDnsName = fc
  .array(fc.stringMatching(/^[a-z0-9_-]{1,12}$/), { minLength: 1, maxLength: 5 })
  .map(labels => labels.join('.'));

const anyRecord: fc.Arbitrary<DnsRecord> = fc
  .tuple(
    anyDnsName,
    anyUint32,
    fc.oneof(
      fc.ipV4().map(address => [DnsType.a, { kind: 'address', address }] as [number, DnsData]),
      anyDnsName.map(name => [DnsType.cname, { kind: 'name', name }] as [number, DnsData]),
      anyDnsName.map(name => [DnsType.ptr, { kind: 'name', name }] as [number, DnsData]),
      fc.constant([DnsType.aaaa, { kind: 'address6', address: '2600:1f18::5a' }] as [number, DnsData]),
      fc.tuple(anyDnsName, anyDnsName, anyUint32).map(
        ([primaryServer, mailbox, serial]) =>
          [
            DnsType.soa,
            {
              kind: 'startOfAuthority',
              primaryServer,
              mailbox,
              serial,
              refreshSeconds: 7200,
              retrySeconds: 900,
              expireSeconds: 1209600,
              minimumSeconds: 60,
            },
          ] as [number, DnsData],
      ),
      fc.uint8Array({ maxLength: 20 }).map(bytes => [DnsType.opt, { kind: 'raw', bytes }] as [number, DnsData]),
    ),
  )
  .map(([name, timeToLive, [type, data]]) => ({ name, type, class: 1, timeToLive, data }));

const anyRecords = fc.array(anyRecord, { maxLength: 4 });

export const anyDnsMessage: fc.Arbitrary<DnsMessage> = fc.record(
  {
    id: anyUint16,
    isResponse: fc.boolean(),
    opcode: fc.constant(0),
    isAuthoritative: fc.boolean(),
    isTruncated: fc.boolean(),
    recursionDesired: fc.boolean(),
    recursionAvailable: fc.boolean(),
    authenticData: fc.boolean(),
    checkingDisabled: fc.boolean(),
    responseCode: fc.integer({ min: 0, max: 15 }),
    questions: fc.array(
      anyDnsName.map(name => ({ name, type: 1, class: 1 })),
      { minLength: 1, maxLength: 2 },
    ),
    answers: anyRecords,
    authorities: anyRecords,
    additionals: anyRecords,
  },
  { noNullPrototype: true },
);
