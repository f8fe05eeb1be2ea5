import { parseIpv4 } from '../../../../core/ipv4';
import type { Program, Run } from '../../system';
import { complain, print, readTextFile } from '../console';
import { resolveAddress, resolveHost } from './nameService';

const notFoundStatus = 2;

/** getent(1) for hosts, and for files that it reads line by line. */
export const getent: Program = async run => {
  const [database, ...keys] = run.args.filter(arg => !arg.startsWith('-'));
  switch (database) {
    case 'hosts':
      return forEachKey(keys, key => hosts(run, key));
    case 'ahosts':
    case 'ahostsv4':
      return forEachKey(keys, key => addressHosts(run, key));
    case 'ahostsv6':
      return notFoundStatus;
    case 'passwd':
    case 'protocols':
      return entries(run, `/etc/${database}`, keys);
    case undefined:
      return complain(run, "wrong number of arguments\nTry `getent --help' or `getent --usage' for more information.");
    default:
      await run.process.write(
        2,
        `Unknown database: ${database}\nTry \`getent --help' or \`getent --usage' for more information.\n`,
      );
      return 1;
  }
};

async function forEachKey(keys: readonly string[], body: (key: string) => Promise<boolean>): Promise<number> {
  let status = 0;
  for (const key of keys) if (!(await body(key))) status = notFoundStatus;
  return status;
}

async function hosts(run: Run, key: string): Promise<boolean> {
  if (parseIpv4(key) !== undefined) {
    const name = await resolveAddress(run, key);
    if (name) await print(run, `${key.padEnd(15)} ${name}\n`);
    return name !== undefined;
  }
  const lookup = await resolveHost(run, key);
  if (lookup.kind !== 'found') return false;
  const alias = lookup.canonicalName === key ? '' : ` ${key}`;
  for (const address of lookup.addresses) await print(run, `${address.padEnd(15)} ${lookup.canonicalName}${alias}\n`);
  return true;
}

async function addressHosts(run: Run, key: string): Promise<boolean> {
  const lookup = await resolveHost(run, key);
  if (lookup.kind !== 'found') return false;
  for (const [index, address] of lookup.addresses.entries()) {
    const name = index === 0 ? lookup.canonicalName : '';
    await print(
      run,
      `${address.padEnd(15)} STREAM ${name}\n${address.padEnd(15)} DGRAM  \n${address.padEnd(15)} RAW    \n`,
    );
  }
  return true;
}

async function entries(run: Run, path: string, keys: readonly string[]): Promise<number> {
  const lines = (await readTextFile(run, path)).split('\n').filter(line => line !== '');
  if (keys.length === 0) {
    await print(run, lines.map(line => `${line}\n`).join(''));
    return 0;
  }
  return forEachKey(keys, async key => {
    const line = lines.find(candidate => candidate.split(/[:\s]/).slice(0, 3).includes(key));
    if (line) await print(run, `${line}\n`);
    return line !== undefined;
  });
}
