/** httpd(8) in the foreground, as its unit starts it. */

import { rootUser } from '../kernel/process';
import { liveWith } from '../kernel/untilEnded';
import { apacheUser, apacheVersion, HttpdService, readApacheConfig } from '../services/httpd/httpdServer';
import type { Program, Run } from '../system';
import { complain, print, readArguments } from './console';
import { hasOption } from './options';

const settingsFile = '/etc/httpd/conf/httpd.conf';

export const httpd: Program = async run => {
  const parsed = readArguments(run.args, { short: 'vtD:k:f:S' });
  if (hasOption(parsed, 'v')) {
    await print(run, `Server version: Apache/${apacheVersion} (Amazon Linux)\nServer built:   Aug  5 2026 00:00:00\n`);
    return 0;
  }
  const text = await run.system.disk
    .as(rootUser)
    .readFile(settingsFile)
    .catch(() => undefined);
  if (text === undefined)
    return complain(run, `Could not open configuration file ${settingsFile}: No such file or directory`);
  const config = readApacheConfig(text);
  if (!config) {
    await run.process.write(
      2,
      '(22)Invalid argument: AH00072: make_sock: no listening sockets available, shutting down\nAH00015: Unable to open logs\n',
    );
    return 1;
  }
  if (hasOption(parsed, 't')) {
    await run.process.write(2, 'Syntax OK\n');
    return 0;
  }
  if (!(parsed.options.get('D') ?? []).includes('FOREGROUND'))
    return complain(run, 'The practice cloud runs httpd through systemctl only.');
  return serve(run, config);
};

async function serve(run: Run, config: NonNullable<ReturnType<typeof readApacheConfig>>): Promise<number> {
  const { process, system } = run;
  const closed = process.isRoot ? undefined : config.ports.find(port => port < 1024);
  const service = process.resources.add(new HttpdService(system, config));
  const taken = closed ?? service.apply(config);
  if (taken !== undefined) {
    const reason = closed === undefined ? '(98)Address already in use' : '(13)Permission denied';
    await process.write(
      2,
      `${reason}: AH00072: make_sock: could not bind to address 0.0.0.0:${taken}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
    );
    return 1;
  }
  for (const port of service.ports) system.socketOwners.claim(port, process);
  for (let count = 0; count < 3; count++)
    system.kernel.spawn(process, {
      commandLine: process.commandLine,
      user: apacheUser,
      main: self => liveWith(process, self),
    });
  process.handle('SIGHUP', () => void reread(run, service));
  process.handle('SIGTERM', () => process.end({ code: 0 }));
  for (;;) await process.waitOn();
}

async function reread(run: Run, service: HttpdService): Promise<void> {
  const text = await run.system.disk
    .as(rootUser)
    .readFile(settingsFile)
    .catch(() => '');
  const config = readApacheConfig(text);
  if (config) service.apply(config);
}
