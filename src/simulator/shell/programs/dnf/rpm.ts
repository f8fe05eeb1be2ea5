/** rpm(8): questions about what is installed. */
import { findPackage, packageFileName } from '../../../world/packages';
import type { Program } from '../../system';
import { print, readArguments } from '../console';
import { hasOption } from '../options';

const withoutSuffix = (fileName: string) => fileName.replace(/\.rpm$/, '');

export const rpm: Program = async run => {
  const parsed = readArguments(run.args, { short: 'qailvVfeUh', long: { query: false, all: false, version: false } });
  if (hasOption(parsed, 'version')) {
    await print(run, 'RPM version 4.16.1.3\n');
    return 0;
  }
  if (!hasOption(parsed, 'q', 'query') || hasOption(parsed, 'i', 'l', 'f', 'e', 'U')) {
    await run.process.write(2, 'rpm: The practice cloud answers rpm -q and rpm -qa only.\n');
    return 1;
  }
  const { packages } = run.system;
  if (hasOption(parsed, 'a', 'all')) {
    await print(run, packages.installed.map(one => `${withoutSuffix(packageFileName(one))}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const name of parsed.operands) {
    const found = packages.has(name) ? findPackage(name) : undefined;
    if (!found) status++;
    await print(run, found ? `${withoutSuffix(packageFileName(found))}\n` : `package ${name} is not installed\n`);
  }
  return status;
};
