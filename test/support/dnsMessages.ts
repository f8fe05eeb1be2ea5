/** Questions and answers of every kind that a resolver of a VPC gives, with odd ones among them. */
import { type DnsMessage, type DnsRecord, DnsType, ednsRecord } from '../../src/packet/headers/dns';

export const query: DnsMessage = {
  id: 11672,
  isResponse: false,
  opcode: 0,
  isAuthoritative: false,
  isTruncated: false,
  recursionDesired: true,
  recursionAvailable: false,
  authenticData: false,
  checkingDisabled: false,
  responseCode: 0,
  questions: [{ name: 'ec2.ap-south-1.amazonaws.com', type: DnsType.a, class: 1 }],
  answers: [],
  authorities: [],
  additionals: [],
};

const record = (name: string, type: number, data: DnsRecord['data']): DnsRecord => ({
  name,
  type,
  class: 1,
  timeToLive: 60,
  data,
});
const soa = record('amazonaws.com', DnsType.soa, {
  kind: 'startOfAuthority',
  primaryServer: 'ns1.amazonaws.com',
  mailbox: 'root.amazonaws.com',
  serial: 1,
  refreshSeconds: 7200,
  retrySeconds: 900,
  expireSeconds: 1209600,
  minimumSeconds: 60,
});

export function dnsMessages(): DnsMessage[] {
  const name = 'ec2.ap-south-1.amazonaws.com';
  const ask = (type: number) => ({ ...query, questions: [{ name, type, class: 1 }] });
  const answer = (message: Partial<DnsMessage>): DnsMessage => ({
    ...query,
    isResponse: true,
    recursionAvailable: true,
    ...message,
  });
  const a = (address: string) => record(name, DnsType.a, { kind: 'address', address });
  return [
    query,
    { ...query, additionals: [ednsRecord(1232)], authenticData: true },
    ask(DnsType.aaaa),
    ask(DnsType.ptr),
    ask(DnsType.https),
    ask(DnsType.any),
    { ...query, checkingDisabled: true, questions: [{ name: '', type: DnsType.ns, class: 3 }] },
    { ...query, isTruncated: true, responseCode: 3 },
    { ...query, questions: [...query.questions, ...query.questions] },
    answer({ answers: [a('172.31.36.107')] }),
    answer({ answers: [a('172.31.36.107'), a('172.31.14.109'), a('172.31.20.58')], additionals: [ednsRecord(4096)] }),
    answer({
      questions: [{ name: 'www.example.com', type: 1, class: 1 }],
      answers: [record('www.example.com', DnsType.cname, { kind: 'name', name }), a('52.95.80.1')],
    }),
    answer({ answers: [record(name, DnsType.aaaa, { kind: 'address6', address: '2600:1f18:0:0:5::a' })] }),
    answer({
      answers: [
        record('107.36.31.172.in-addr.arpa', DnsType.ptr, { kind: 'name', name: 'ip-172-31-36-107.ec2.internal' }),
      ],
    }),
    answer({ responseCode: 3, authorities: [soa] }),
    answer({ responseCode: 2, recursionAvailable: false }),
    answer({ isAuthoritative: true, isTruncated: true, authenticData: true, authorities: [soa] }),
  ];
}
