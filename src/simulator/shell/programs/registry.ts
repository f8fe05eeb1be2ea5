import type { Program } from '../system';
import { aws } from './aws/aws';
import * as basics from './basics';
import { cloudInit } from './cloudInit';
import { complain, UsageError } from './console';
import { dnf } from './dnf/dnf';
import { rpm } from './dnf/rpm';
import { grep } from './grep';
import { httpd } from './httpd';
import { curl } from './network/curl';
import { dig } from './network/dig';
import { getent } from './network/getent';
import { ip } from './network/ip';
import { host, nslookup } from './network/lookupTools';
import { netcat } from './network/netcat';
import { nmap } from './network/nmap';
import { ping } from './network/ping';
import { ss } from './network/ss';
import { telnet } from './network/telnet';
import { traceroute } from './network/traceroute';
import { wget } from './network/wget';
import { nginx } from './nginx';
import { less, more } from './pager';
import { pgrep, pkill } from './pgrep';
import { ps } from './ps';
import { journalctl, service } from './services/journalctl';
import { systemctl } from './services/systemctl';
import { shell } from './shell';
import { builtinProgram, builtinPrograms } from './shellCommands';
import { sshAdd, sshAgent, sshKeygen } from './ssh/keyTools';
import { ssh } from './ssh/ssh';
import { sshd } from './sshd';
import { cat, head, seq, tee, yes } from './streamText';
import { stty } from './stty';
import { su, sudo } from './sudo';
import * as systemInfo from './systemInfo';
import { tcpdump } from './tcpdump/tcpdump';
import { textTool, textTools } from './textTools';
import { timeout } from './timeout';
import { powerOff, unsimulated } from './unsimulated';
import { xargs } from './xargs';

/** Reports mistakes in a program's arguments as GNU's programs do. */
function guarded(program: Program): Program {
  return async run => {
    try {
      return await program(run);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      await complain(run, error.message);
      const status: Readonly<Record<string, number>> = { timeout: 125, env: 125, ls: 2, grep: 2 };
      await run.process.write(2, `Try '${run.name} --help' for more information.\n`);
      return status[run.name] ?? 1;
    }
  };
}

const ownPrograms: Readonly<Record<string, Program>> = {
  apachectl: unsimulated,
  aws,
  bash: shell,
  cat,
  clear: basics.clear,
  'cloud-init': cloudInit,
  curl,
  date: basics.date,
  df: systemInfo.df,
  dig,
  dnf,
  egrep: grep,
  env: basics.env,
  fgrep: grep,
  free: systemInfo.free,
  getent,
  git: unsimulated,
  grep,
  head,
  host,
  hostname: basics.hostname,
  hostnamectl: systemInfo.hostnamectl,
  htop: unsimulated,
  httpd,
  id: basics.id,
  ip,
  journalctl,
  less,
  lscpu: systemInfo.lscpu,
  more,
  nc: netcat,
  ncat: netcat,
  nginx,
  nice: basics.transparent,
  nmap,
  nohup: basics.nohup,
  nproc: basics.nproc,
  nslookup,
  pgrep,
  ping,
  pip3: unsimulated,
  pkill,
  printenv: basics.printenv,
  ps,
  poweroff: powerOff,
  reboot: powerOff,
  rpm,
  seq,
  shutdown: powerOff,
  service,
  sh: shell,
  sleep: basics.sleep,
  ss,
  ssh,
  'ssh-add': sshAdd,
  'ssh-agent': sshAgent,
  'ssh-keygen': sshKeygen,
  sshd,
  stdbuf: basics.transparent,
  stty,
  su,
  sudo,
  systemctl,
  tcpdump,
  tee,
  telnet,
  timeout,
  tmux: unsimulated,
  top: systemInfo.top,
  traceroute,
  tty: basics.tty,
  uname: basics.uname,
  uptime: systemInfo.uptime,
  wget,
  which: basics.which,
  whoami: basics.whoami,
  xargs,
  yes,
  yum: dnf,
};

/** Every program that a guest has installed, by name. */
export const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ...Object.keys(textTools).map(name => [name, textTool(name)] as const),
  ...builtinPrograms.map(name => [name, builtinProgram(name)] as const),
  ...Object.entries(ownPrograms).map(([name, program]) => [name, guarded(program)] as const),
]);
