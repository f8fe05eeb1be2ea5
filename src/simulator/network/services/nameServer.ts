import { type NameAnswer, type ResolverView, resolveName } from '../../../core/rules/resolveName';
import {
  DNS_CLASS_IN,
  type DnsMessage,
  type DnsQuestion,
  type DnsRecord,
  DnsResponseCode,
  DnsType,
  decodeDns,
  ednsRecord,
  encodeDns,
} from '../../../packet/headers/dns';
import type { Chance } from '../../chance';
import { zoneAuthority } from './zoneAuthority';

/** What one resolver knows at the moment of a question. */
export interface ResolverKnowledge {
  readonly view: ResolverView;
  /** TXT records of the public DNS. */
  textsOf(name: string): readonly string[];
  /** Name that an address reverses to; undefined when there is none. */
  reverseName(address: string): string | undefined;
}

/** "Amazon Route 53: alias and VPC endpoint names": the answers of endpoint names live for a minute. */
const timeToLiveSeconds = 60;
const payloadBytes = 4096;
const queryOpcode = 0;
const standardLimitBytes = 512;

interface Outcome {
  readonly responseCode: number;
  readonly answers: readonly DnsRecord[];
}

/**
 * The Amazon-provided resolver's answer to one message; undefined when it says nothing, because DNS support is off or the message is none.
 * Recursion is available and nothing is authoritative. Names have A records, PTR records in the VPC, and no others.
 */
export function answerQuery(message: Uint8Array, knowledge: ResolverKnowledge, chance: Chance): Uint8Array | undefined {
  const query = decodeDns(message);
  if (!query || query.isResponse || !knowledge.view.attributes.enableDnsSupport) return undefined;
  const [question] = query.questions;
  if (query.opcode !== queryOpcode) return refuse(query, DnsResponseCode.notImplemented);
  if (!question || query.questions.length !== 1) return refuse(query, DnsResponseCode.formatError);
  const outcome = answerQuestion(question, knowledge, chance);
  const needsAuthority = outcome.answers.length === 0;
  const hasEdns = query.additionals.some(record => record.type === DnsType.opt);
  const response: DnsMessage = {
    ...respondTo(query, outcome.responseCode),
    answers: outcome.answers,
    authorities: needsAuthority ? [zoneAuthority(question.name, knowledge.view.region)] : [],
    additionals: hasEdns ? [ednsRecord(payloadBytes)] : [],
  };
  const bytes = encodeDns(response);
  if (hasEdns || bytes.length <= standardLimitBytes) return bytes;
  return encodeDns({ ...response, isTruncated: true, answers: [] });
}

function respondTo(query: DnsMessage, responseCode: number): DnsMessage {
  return {
    id: query.id,
    isResponse: true,
    opcode: query.opcode,
    isAuthoritative: false,
    isTruncated: false,
    recursionDesired: query.recursionDesired,
    recursionAvailable: true,
    authenticData: false,
    checkingDisabled: query.checkingDisabled,
    responseCode,
    questions: query.questions,
    answers: [],
    authorities: [],
    additionals: [],
  };
}

function refuse(query: DnsMessage, responseCode: number): Uint8Array {
  return encodeDns(respondTo(query, responseCode));
}

function answerQuestion(question: DnsQuestion, knowledge: ResolverKnowledge, chance: Chance): Outcome {
  const reversed = addressOfReverseName(question.name);
  if (reversed !== undefined) return answerReverse(question, knowledge.reverseName(reversed));
  const authority = zoneAuthority(question.name, knowledge.view.region);
  const isApex = authority.name === question.name.toLowerCase();
  if (isApex && question.type === DnsType.soa) return found([authority]);
  const texts = knowledge.textsOf(question.name);
  const answer = resolveName(question.name, knowledge.view);
  if (answer.outcome !== 'addresses' && texts.length === 0 && !isApex)
    return { responseCode: DnsResponseCode.noSuchName, answers: [] };
  const wants = (type: number) => question.type === type || question.type === DnsType.any;
  return found([
    ...(wants(DnsType.a) ? addressRecords(question.name, answer, chance) : []),
    ...(wants(DnsType.txt) ? texts.map(text => record(question.name, DnsType.txt, textData(text))) : []),
  ]);
}

const found = (answers: readonly DnsRecord[]): Outcome => ({ responseCode: DnsResponseCode.noError, answers });

/** The public name of a bucket is an alias of its region's, which private DNS of an endpoint does away with. */
function addressRecords(name: string, answer: NameAnswer, chance: Chance): readonly DnsRecord[] {
  const alias = answer.reason === 'privateDnsOfEndpoint' ? undefined : bucketAlias(name);
  const owner = alias ?? name;
  const addresses = rotate(answer.addresses, chance).map(address =>
    record(owner, DnsType.a, { kind: 'address', address }),
  );
  const isAliased = alias !== undefined && addresses.length > 0;
  return isAliased ? [record(name, DnsType.cname, { kind: 'name', name: alias }), ...addresses] : addresses;
}

/** `s3-r-w.<region>.amazonaws.com`, in us-east-1 `s3-w`, as the public DNS has it for buckets' names. */
function bucketAlias(name: string): string | undefined {
  const [, dualStack = '', region] =
    /^[^*]+\.s3\.(dualstack\.)?([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/i.exec(name) ?? [];
  if (region === undefined) return undefined;
  return `${region === 'us-east-1' ? 's3-w' : 's3-r-w'}.${dualStack}${region}.amazonaws.com`;
}

/** Character strings of up to 255 octets (RFC 1035 §3.3.14). */
function textData(text: string): DnsRecord['data'] {
  const bytes = new TextEncoder().encode(text);
  const parts: number[] = [];
  for (let start = 0; start < bytes.length || start === 0; start += 255) {
    const part = bytes.subarray(start, start + 255);
    parts.push(part.length, ...part);
  }
  return { kind: 'raw', bytes: Uint8Array.from(parts) };
}

function answerReverse(question: DnsQuestion, name: string | undefined): Outcome {
  if (name === undefined) return { responseCode: DnsResponseCode.noSuchName, answers: [] };
  const wantsName = question.type === DnsType.ptr || question.type === DnsType.any;
  const answers = wantsName ? [record(question.name, DnsType.ptr, { kind: 'name', name })] : [];
  return { responseCode: DnsResponseCode.noError, answers };
}

function record(name: string, type: number, data: DnsRecord['data']): DnsRecord {
  return { name, type, class: DNS_CLASS_IN, timeToLive: timeToLiveSeconds, data };
}

/** The order varies from answer to answer, so that clients spread over the addresses. */
function rotate(addresses: readonly string[], chance: Chance): readonly string[] {
  const start = chance.between(0, Math.max(0, addresses.length - 1));
  return [...addresses.slice(start), ...addresses.slice(0, start)];
}

/** `107.36.31.172.in-addr.arpa` spells 172.31.36.107 (RFC 1035 §3.5). */
function addressOfReverseName(name: string): string | undefined {
  const [, labels] = /^((?:\d{1,3}\.){4})in-addr\.arpa\.?$/i.exec(name) ?? [];
  return labels?.slice(0, -1).split('.').reverse().join('.');
}
