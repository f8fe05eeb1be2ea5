/** nslookup(1) and host(1) of BIND. */
import { parseIpv4 } from '../../../../core/ipv4';
import { type DnsMessage, DnsResponseCode, DnsType } from '../../../../packet/headers/dns';
import type { Program, Run } from '../../system';
import { print } from '../console';
import { dataText, responseCodeName, typeName, typeNumbers } from './dnsText';
import { askServer, question, readResolverSettings, resolveHost, reverseName, withoutDot } from './nameService';

interface Answer {
  readonly message: DnsMessage;
  readonly server: string;
  readonly name: string;
}

/** Asks under the search domains as well; undefined when no server answers (each time-out has been printed). */
async function ask(run: Run, name: string, type: number, givenServer: string | undefined): Promise<Answer | undefined> {
  const settings = await readResolverSettings(run);
  const lookup = givenServer === undefined ? undefined : await resolveHost(run, givenServer);
  const servers = lookup?.kind === 'found' ? lookup.addresses : settings.nameServers;
  const searched = name.includes('.') ? [] : settings.searchDomains.map(domain => `${name}.${domain}`);
  let last: Answer | undefined;
  for (const candidate of [...searched, withoutDot(name)]) {
    last = await askServers(run, servers, candidate, type, settings.timeoutMs);
    if (!last || last.message.answers.length > 0) return last;
  }
  return last;
}

async function askServers(
  run: Run,
  servers: readonly string[],
  name: string,
  type: number,
  timeoutMs: number,
): Promise<Answer | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    for (const server of servers) {
      const [answer] = await askServer(run, server, [question(run, name, type)], timeoutMs);
      if (answer) return { message: answer.message, server, name };
      await print(run, `;; communications error to ${server}#53: timed out\n`);
    }
  }
  return undefined;
}

export const nslookup: Program = async run => {
  const typeOption = run.args.map(arg => /^-(?:query|type|q|t)=(\w+)$/.exec(arg)?.[1]).find(Boolean);
  const [name, server] = run.args.filter(arg => !arg.startsWith('-'));
  if (name === undefined) {
    await run.process.write(2, 'nslookup: the interactive mode is not available here\n');
    return 1;
  }
  const isAddress = parseIpv4(name) !== undefined;
  const type = isAddress ? DnsType.ptr : (typeNumbers[typeOption?.toUpperCase() ?? 'A'] ?? DnsType.a);
  const answer = await ask(run, isAddress ? reverseName(name) : name, type, server);
  if (!answer) {
    await print(run, ';; no servers could be reached\n\n');
    return 1;
  }
  const head = isAddress ? '' : `Server:\t\t${answer.server}\nAddress:\t${answer.server}#53\n\n`;
  if (answer.message.answers.length === 0) {
    const reason =
      answer.message.responseCode === DnsResponseCode.noError
        ? 'No answer'
        : responseCodeName(answer.message.responseCode);
    await print(
      run,
      reason === 'No answer'
        ? `${head}*** Can't find ${name}: No answer\n\n`
        : `${head}** server can't find ${answer.name}: ${reason}\n\n`,
    );
    return 1;
  }
  await print(
    run,
    `${head}${isAddress ? '' : 'Non-authoritative answer:\n'}${answer.message.answers.map(record => nslookupLine(record)).join('')}\n`,
  );
  return 0;
};

function nslookupLine(record: DnsMessage['answers'][number]): string {
  const name = withoutDot(record.name);
  if (record.data.kind === 'address' || record.data.kind === 'address6')
    return `Name:\t${name}\nAddress: ${record.data.address}\n`;
  if (record.type === DnsType.ptr) return `${name}\tname = ${dataText(record)}\n`;
  return `${name}\t${record.type === DnsType.cname ? 'canonical name' : typeName(record.type)} = ${dataText(record)}\n`;
}

export const host: Program = async run => {
  const args = [...run.args];
  const typeAt = args.indexOf('-t');
  const [, typeText] = typeAt >= 0 ? args.splice(typeAt, 2) : [];
  const [name, server] = args.filter(arg => !arg.startsWith('-'));
  if (name === undefined) {
    await run.process.write(
      2,
      'Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]\n            [-R number] [-m flag] [-p port] hostname [server]\n',
    );
    return 1;
  }
  const isAddress = parseIpv4(name) !== undefined;
  const type = isAddress ? DnsType.ptr : (typeNumbers[typeText?.toUpperCase() ?? 'A'] ?? DnsType.a);
  const answer = await ask(run, isAddress ? reverseName(name) : name, type, server);
  if (!answer) {
    await print(run, ';; no servers could be reached\n');
    return 1;
  }
  const { responseCode, answers } = answer.message;
  if (responseCode !== DnsResponseCode.noError) {
    await print(
      run,
      `Host ${isAddress ? `${reverseName(name)}.` : name} not found: ${responseCode}(${responseCodeName(responseCode)})\n`,
    );
    return 1;
  }
  if (answers.length === 0) await print(run, `${name} has no ${typeName(type)} record\n`);
  await print(run, answers.map(hostLine).join(''));
  return 0;
};

function hostLine(record: DnsMessage['answers'][number]): string {
  const name = withoutDot(record.name);
  switch (record.type) {
    case DnsType.a:
      return `${name} has address ${dataText(record)}\n`;
    case DnsType.aaaa:
      return `${name} has IPv6 address ${dataText(record)}\n`;
    case DnsType.cname:
      return `${name} is an alias for ${dataText(record)}\n`;
    case DnsType.ptr:
      return `${name} domain name pointer ${dataText(record)}\n`;
    default:
      return `${name} has ${typeName(record.type)} record ${dataText(record)}\n`;
  }
}
