/** cloud-init at the first boot of an instance: the key pair's public key for `ec2-user`, then the user data's script as root. */
import { delay } from '../../../base/clock';
import { SinkFile } from '../kernel/openFile';
import { rootUser } from '../kernel/process';
import { encodeText } from '../kernel/text';
import { untilEnded } from '../kernel/untilEnded';
import { defaultPath, execute } from '../launch';
import { formatDate } from '../programs/dates';
import type { GuestSystem } from '../system';
import { readUserData } from './userDataScript';

export interface LaunchData {
  /** The user data's text. */
  readonly userData: string | undefined;
  /** The public key of the instance's key pair, in OpenSSH's form. */
  readonly publicKey: string | undefined;
}

export const noLaunchData: LaunchData = { userData: undefined, publicKey: undefined };

const outputLog = '/var/log/cloud-init-output.log';
const scriptFile = '/var/lib/cloud/instance/scripts/part-001';
/** Marks that this instance has been set up. */
export const finishedFile = '/var/lib/cloud/instance/boot-finished';
/** From the kernel's start to the final stage. */
const untilFinalMs = 9_000;

/** Does what is done once in an instance's life; nothing at later boots. */
export async function firstBoot(system: GuestSystem, { userData, publicKey }: LaunchData): Promise<void> {
  if (system.initialState.hasBooted || (userData === undefined && publicKey === undefined)) return;
  system.effects.record({ kind: 'booted' });
  if (publicKey !== undefined) await authorize(system, publicKey);
  await delay(system.timeline, untilFinalMs);
  const log = system.disk.appender(outputLog);
  const say = (text: string) => log(encodeText(`${text}\n`));
  say(`Cloud-init v. 22.2.2 running 'modules:final' at ${moment(system)}. Up ${uptime(system)} seconds.`);
  const { script, complaint } = readUserData(userData ?? '');
  if (complaint !== undefined) say(complaint);
  if (script !== undefined && (await runScript(system, script, log)) !== 0)
    say(
      `${formatDate(system.timeline.now(), '%F %T,')}${formatDate(system.timeline.now(), '%3N')} - cc_scripts_user.py[WARNING]: Failed to run module scripts-user (scripts in /var/lib/cloud/instance/scripts)`,
    );
  say(`Cloud-init v. 22.2.2 finished at ${moment(system)}. Datasource DataSourceEc2.  Up ${uptime(system)} seconds`);
  await system.disk.as(rootUser).writeFile(finishedFile, `${uptime(system)}\n`);
}

function moment(system: GuestSystem): string {
  return formatDate(system.timeline.now(), '%a, %d %b %Y %H:%M:%S %z');
}

function uptime(system: GuestSystem): string {
  return ((system.timeline.now() - system.bootedMs) / 1000 + 2).toFixed(2);
}

/** What EC2 puts into the image's user's file. */
async function authorize(system: GuestSystem, publicKey: string): Promise<void> {
  const files = system.disk.as(rootUser);
  await files.mkdir('/home/ec2-user/.ssh', { recursive: true });
  await files.writeFile('/home/ec2-user/.ssh/authorized_keys', `${publicKey.trim()}\n`);
  await files.chmod('/home/ec2-user/.ssh/authorized_keys', 0o600);
  await files.chmod('/home/ec2-user/.ssh', 0o700);
}

async function runScript(system: GuestSystem, script: string, log: (bytes: Uint8Array) => void): Promise<number> {
  const files = system.disk.as(rootUser);
  await files.mkdir('/var/lib/cloud/instance/scripts', { recursive: true });
  await files.writeFile(scriptFile, script);
  await files.chmod(scriptFile, 0o700);
  const output = new SinkFile(log);
  const process = system.kernel.startDaemon({
    commandLine: [scriptFile],
    user: rootUser,
    environment: new Map([
      ['PATH', defaultPath],
      ['LANG', 'C.UTF-8'],
      ['HOME', '/root'],
      ['USER', 'root'],
    ]),
    files: new Map([
      [1, output],
      [2, output],
    ]),
    main: self => execute(system, self, [scriptFile]),
  });
  return (await untilEnded(process)).code;
}
