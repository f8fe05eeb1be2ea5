import { type DnsMessage, type DnsRecord, DnsType, ednsRecord } from '../../../../packet/headers/dns';
import type { Program, Run } from '../../system';
import { print } from '../console';
import { formatDate } from '../dates';
import { type DigOptions, readDigOptions } from './digOptions';
import { dataText, responseCodeName, typeName, typeNumbers, withDot } from './dnsText';
import { askServer, type DnsAnswer, question, readResolverSettings, resolveHost } from './nameService';

const version = '9.18.33';
/** What dig 9.18 announces. */
const ednsPayloadBytes = 1_232;
const cookieOption = 10;
const noServerStatus = 9;

/** dig(1) of BIND 9.18. */
export const dig: Program = async run => {
  if (run.args.includes('-v')) {
    await run.process.write(2, `DiG ${version}\n`);
    return 0;
  }
  const options = readDigOptions(run.args);
  if (typeof options === 'string') {
    await run.process.write(
      2,
      `${options}\nUsage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}\n            {global-d-opt} host [@local-server] {local-d-opt}\n            [ host [@local-server] {local-d-opt} [...]]\n\nUse "dig -h" (or "dig -h | more") for complete list of options\n`,
    );
    return 1;
  }
  const servers = await serversFor(run, options);
  if (typeof servers === 'string') {
    await run.process.write(2, `dig: couldn't get address for '${options.server}': ${servers}\n`);
    return 1;
  }
  let status = 0;
  for (const [index, query] of options.queries.entries())
    status = (await askOne(run, options, servers, query, index === 0)) || status;
  return status;
};

async function serversFor(run: Run, options: DigOptions): Promise<readonly string[] | string> {
  if (options.server === undefined) return (await readResolverSettings(run)).nameServers;
  const lookup = await resolveHost(run, options.server);
  return lookup.kind === 'found' ? lookup.addresses : lookup.kind === 'unknownName' ? 'not found' : 'failure';
}

interface Query {
  readonly name: string;
  readonly type: string;
}

async function askOne(
  run: Run,
  options: DigOptions,
  servers: readonly string[],
  query: Query,
  isFirst: boolean,
): Promise<number> {
  for (let attempt = 0; attempt < options.tries; attempt++) {
    for (const server of servers) {
      const startMs = run.process.timeline.now();
      const message = question(run, query.name, typeNumbers[query.type] ?? DnsType.a, {
        additionals: options.usesEdns ? [ednsWithCookie(run)] : [],
        recursionDesired: options.recursionDesired,
      });
      const [answer] = await askServer(run, server, [message], options.timeoutMs);
      if (answer) {
        await print(
          run,
          options.isShort ? shortText(answer.message) : fullText(run, options, answer, { server, startMs, isFirst }),
        );
        return 0;
      }
      await print(run, `;; communications error to ${server}#53: timed out\n`);
    }
  }
  const banner = options.isShort || !isFirst ? '' : `\n${bannerText(run, options)}`;
  await print(run, `${banner};; no servers could be reached\n`);
  return noServerStatus;
}

function ednsWithCookie(run: Run): DnsRecord {
  const record = ednsRecord(ednsPayloadBytes);
  const bytes = Uint8Array.of(0, cookieOption, 0, 8, ...run.system.chance.bytes(8));
  return { ...record, data: { kind: 'raw', bytes } };
}

function shortText(message: DnsMessage): string {
  return message.answers.map(record => `${dataText(record)}\n`).join('');
}

function bannerText(run: Run, options: DigOptions): string {
  if (!options.sections.command) return '';
  return `; <<>> DiG ${version} <<>> ${run.args.join(' ')}\n;; global options: +cmd\n`;
}

function fullText(
  run: Run,
  options: DigOptions,
  answer: DnsAnswer,
  context: { readonly server: string; readonly startMs: number; readonly isFirst: boolean },
): string {
  const { message } = answer;
  const { sections } = options;
  const edns = message.additionals.find(record => record.type === DnsType.opt);
  const others = message.additionals.filter(record => record.type !== DnsType.opt);
  const parts = [context.isFirst && sections.command ? `\n${bannerText(run, options)}` : ''];
  if (sections.comments) parts.push(headerText(message, edns));
  if (sections.question) {
    const lines = message.questions.map(
      asked => `${inColumns([`;${withDot(asked.name)}`, '', 'IN', typeName(asked.type)])}\n`,
    );
    parts.push(`${sections.comments ? ';; QUESTION SECTION:\n' : ''}${lines.join('')}\n`);
  }
  if (sections.answer) parts.push(sectionText('ANSWER', message.answers, sections.comments));
  if (sections.authority) parts.push(sectionText('AUTHORITY', message.authorities, sections.comments));
  if (sections.additional) parts.push(sectionText('ADDITIONAL', others, sections.comments));
  if (sections.stats) parts.push(statsText(run, answer, context));
  return parts.join('');
}

function headerText(message: DnsMessage, edns: DnsRecord | undefined): string {
  const flags: readonly (readonly [boolean, string])[] = [
    [message.isResponse, 'qr'],
    [message.isAuthoritative, 'aa'],
    [message.isTruncated, 'tc'],
    [message.recursionDesired, 'rd'],
    [message.recursionAvailable, 'ra'],
    [message.authenticData, 'ad'],
    [message.checkingDisabled, 'cd'],
  ];
  const names = flags.filter(([isSet]) => isSet).map(([, name]) => ` ${name}`);
  const counts = `QUERY: ${message.questions.length}, ANSWER: ${message.answers.length}, AUTHORITY: ${message.authorities.length}, ADDITIONAL: ${message.additionals.length}`;
  const pseudo = edns ? `;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: ${edns.class}\n` : '';
  return `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${responseCodeName(message.responseCode)}, id: ${message.id}\n;; flags:${names.join('')}; ${counts}\n\n${pseudo}`;
}

function sectionText(title: string, records: readonly DnsRecord[], hasTitle: boolean): string {
  if (records.length === 0) return '';
  const lines = records.map(
    record =>
      `${inColumns([withDot(record.name), String(record.timeToLive), 'IN', typeName(record.type), dataText(record)])}\n`,
  );
  return `${hasTitle ? `;; ${title} SECTION:\n` : ''}${lines.join('')}${hasTitle ? '\n' : ''}`;
}

/** Columns at 24, 32, 40 and 48, reached by tabs; one blank where the text before is too long already. */
function inColumns(fields: readonly string[]): string {
  const columns = [0, 24, 32, 40, 48];
  let text = '';
  let width = 0;
  for (const [index, field] of fields.entries()) {
    if (field === '') continue;
    const column = columns[index] ?? 0;
    if (index > 0 && width >= column) {
      text += ' ';
      width++;
    }
    while (width < column) {
      text += '\t';
      width = (Math.floor(width / 8) + 1) * 8;
    }
    text += field;
    width += field.length;
  }
  return text;
}

function statsText(
  run: Run,
  answer: DnsAnswer,
  context: { readonly server: string; readonly startMs: number },
): string {
  const { timeline } = run.process;
  const takenMs = Math.round(timeline.now() - context.startMs);
  return `;; Query time: ${takenMs} msec\n;; SERVER: ${context.server}#53(${context.server}) (UDP)\n;; WHEN: ${formatDate(timeline.now(), '%a %b %d %H:%M:%S UTC %Y')}\n;; MSG SIZE  rcvd: ${answer.lengthBytes}\n\n`;
}
