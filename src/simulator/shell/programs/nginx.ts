/** nginx(8): reads its configuration, opens its ports and leaves a master and a worker behind. */

import type { Process } from '../kernel/process';
import { rootUser } from '../kernel/process';
import { encodeText } from '../kernel/text';
import { liveWith } from '../kernel/untilEnded';
import { WaitQueue } from '../kernel/waitQueue';
import { type NginxConfig, readNginxConfig } from '../services/nginx/nginxConfig';
import { nginxVersion } from '../services/nginx/nginxPages';
import { NginxService, nginxUser } from '../services/nginx/nginxServer';
import { ConfigError } from '../services/nginx/nginxSyntax';
import type { GuestSystem, Program, Run } from '../system';
import { print, readArguments } from './console';
import { formatDate } from './dates';
import { hasOption, lastOption } from './options';

const standardFile = '/etc/nginx/nginx.conf';
const pidFile = '/run/nginx.pid';
const buildText = `built by gcc 11.5.0 20240719 (Red Hat 11.5.0-5) (GCC)\nbuilt with OpenSSL 3.2.2 4 Jun 2024\nTLS SNI support enabled\nconfigure arguments: --prefix=/usr/share/nginx --sbin-path=/usr/sbin/nginx --conf-path=${standardFile}`;

export const nginx: Program = async run => {
  const parsed = readArguments(run.args, { short: 'hvVtTqs:p:c:g:e:' });
  const file = lastOption(parsed, 'c') ?? standardFile;
  if (hasOption(parsed, 'v', 'V')) {
    const build = hasOption(parsed, 'V') ? `${buildText}\n` : '';
    await run.process.write(2, `nginx version: nginx/${nginxVersion}\n${build}`);
    return 0;
  }
  const signal = lastOption(parsed, 's');
  if (signal !== undefined) return signalMaster(run, signal);
  const isTest = hasOption(parsed, 't', 'T');
  await warnOfRights(run, file);
  let config: NginxConfig;
  try {
    config = await loadConfig(run.system, file);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    await report(run, 'emerg', error.message);
    if (isTest) await run.process.write(2, `nginx: configuration file ${file} test failed\n`);
    return 1;
  }
  if (isTest) return confirm(run, file, hasOption(parsed, 'T'));
  const staysInFront = (parsed.options.get('g') ?? []).some(text => /daemon\s+off/.test(text));
  return start(run, file, config, staysInFront);
};

/** `nginx: [emerg] text`, as on a terminal. */
function report(run: Run, level: string, text: string): Promise<void> {
  return run.process.write(2, `nginx: [${level}] ${text}\n`);
}

async function warnOfRights(run: Run, file: string): Promise<void> {
  if (run.process.isRoot) return;
  await report(
    run,
    'alert',
    'could not open error log file: open() "/var/log/nginx/error.log" failed (13: Permission denied)',
  );
  const time = formatDate(run.process.timeline.now(), '%Y/%m/%d %H:%M:%S');
  const id = `${run.process.pid}#${run.process.pid}`;
  await run.process.write(
    2,
    `${time} [warn] ${id}: the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ${file}:5\n`,
  );
}

async function confirm(run: Run, file: string, showsAll: boolean): Promise<number> {
  if (!run.process.isRoot) {
    await report(run, 'emerg', `open() "${pidFile}" failed (13: Permission denied)`);
    await run.process.write(2, `nginx: configuration file ${file} test failed\n`);
    return 1;
  }
  await run.process.write(
    2,
    `nginx: the configuration file ${file} syntax is ok\nnginx: configuration file ${file} test is successful\n`,
  );
  if (showsAll) await print(run, `# configuration file ${file}:\n${await run.system.disk.as(rootUser).readFile(file)}`);
  return 0;
}

/** Throws {@link ConfigError}. */
async function loadConfig(system: GuestSystem, file: string): Promise<NginxConfig> {
  const files = system.disk.as(rootUser);
  const text = await files.readFile(file).catch(() => undefined);
  if (text === undefined) throw new ConfigError(`open() "${file}" failed (2: No such file or directory)`);
  return readNginxConfig(file, text, async pattern => {
    const directory = pattern.slice(0, pattern.lastIndexOf('/'));
    const matcher = nameMatcher(pattern.slice(directory.length + 1));
    const names = (await files.readdir(directory).catch(() => [])).filter(name => matcher.test(name)).sort();
    return Promise.all(
      names.map(async name => ({ path: `${directory}/${name}`, text: await files.readFile(`${directory}/${name}`) })),
    );
  });
}

function nameMatcher(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`);
}

async function start(run: Run, file: string, config: NginxConfig, staysInFront: boolean): Promise<number> {
  const { process, system } = run;
  const ports = config.servers.flatMap(server => server.ports);
  const closed = process.isRoot ? undefined : ports.find(port => port < 1024);
  if (closed !== undefined) {
    await report(run, 'emerg', `bind() to 0.0.0.0:${closed} failed (13: Permission denied)`);
    return 1;
  }
  const service = new NginxService(system, config);
  const taken = service.apply(config);
  if (taken !== undefined) {
    service.dispose();
    return complainOfPort(run, taken);
  }
  const main = (master: Process) => supervise(system, master, service, file);
  if (staysInFront) return main(process);
  system.kernel.startDaemon({
    commandLine: ['nginx: master process /usr/sbin/nginx'],
    user: process.user,
    environment: process.environment,
    unit: process.unit,
    main,
  });
  return 0;
}

/** It tries five times, half a second apart. */
async function complainOfPort(run: Run, port: number): Promise<number> {
  for (let attempt = 0; attempt < 5; attempt++) {
    await report(run, 'emerg', `bind() to 0.0.0.0:${port} failed (98: Address already in use)`);
    await run.process.sleep(500);
  }
  await report(run, 'emerg', 'still could not bind()');
  return 1;
}

/** The master: keeps a worker alive, and takes a new configuration at SIGHUP. */
async function supervise(system: GuestSystem, master: Process, service: NginxService, file: string): Promise<number> {
  master.resources.add(service);
  for (const port of service.ports) system.socketOwners.claim(port, master);
  await system.disk.as(rootUser).writeFile(pidFile, `${master.pid}\n`);
  const wanted = new WaitQueue();
  let mustReload = false;
  master.handle('SIGHUP', () => {
    mustReload = true;
    wanted.wake();
  });
  master.handle('SIGQUIT', () => master.end({ code: 0 }));
  master.handle('SIGTERM', () => master.end({ code: 0 }));
  for (;;) {
    const worker = system.kernel.spawn(master, {
      commandLine: ['nginx: worker process'],
      user: nginxUser,
      main: self => liveWith(master, self),
    });
    service.workerPid = worker.pid;
    while (!worker.status && !mustReload) await master.waitOn(worker.changed, wanted);
    if (!mustReload) continue;
    mustReload = false;
    await reload(system, master, service, file);
    worker.deliver('SIGKILL');
  }
}

/** A configuration that is wrong leaves everything as it was, and a line in the error log. */
async function reload(system: GuestSystem, master: Process, service: NginxService, file: string): Promise<void> {
  try {
    const config = await loadConfig(system, file);
    const taken = service.apply(config);
    if (taken === undefined) return;
    throw new ConfigError(`bind() to 0.0.0.0:${taken} failed (98: Address already in use)`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const time = formatDate(system.timeline.now(), '%Y/%m/%d %H:%M:%S');
    const line = `${time} [emerg] ${master.pid}#${master.pid}: ${error.message}\n`;
    system.disk.appender('/var/log/nginx/error.log')(encodeText(line));
  }
}

async function signalMaster(run: Run, name: string): Promise<number> {
  const signal = ({ stop: 'SIGTERM', quit: 'SIGQUIT', reload: 'SIGHUP', reopen: 'SIGUSR1' } as const)[name];
  if (!signal) {
    await run.process.write(2, `nginx: invalid option: "-s ${name}"\n`);
    return 1;
  }
  const text = await run.system.disk
    .as(rootUser)
    .readFile(pidFile)
    .catch(() => '');
  const master = run.system.kernel.find(Number(text));
  if (!master) {
    await report(run, 'error', `open() "${pidFile}" failed (2: No such file or directory)`);
    return 1;
  }
  if (!run.process.isRoot) {
    await report(run, 'alert', `kill(${master.pid}, ${signal.slice(3)}) failed (1: Operation not permitted)`);
    return 1;
  }
  if (signal !== 'SIGUSR1') master.deliver(signal);
  return 0;
}
