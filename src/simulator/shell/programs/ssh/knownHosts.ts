/** ssh's memory of servers' keys (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"), and its question about new ones. */
import { openPath } from '../../files/openPath';
import { decodeText } from '../../kernel/text';
import { isSame } from '../../ssh/sshAgent';
import { fingerprintOf, parsePublicKeyLine, publicKeyLine } from '../../ssh/sshKeys';
import type { Run } from '../../system';
import type { SshPlan, SshTarget } from './sshOptions';

/** Whether this key is, or may from now on be, the host's. */
export async function acceptHostKey(
  run: Run,
  plan: SshPlan,
  target: SshTarget,
  address: string,
  key: Uint8Array,
): Promise<boolean> {
  const path = plan.knownHostsFile.replace(/^~/, run.process.user.home);
  const name = target.port === 22 ? target.host : `[${target.host}]:${target.port}`;
  const known = await keysOf(run, path, name);
  if (known.some(one => isSame(one.key, key))) return true;
  const fingerprint = fingerprintOf(run.system.digests, key);
  if (known.length > 0) return refuseChanged(run, plan, path, known[0]?.line ?? 1, name, fingerprint);
  if (plan.checksHostKey === 'yes') {
    await run.process.write(2, `No ED25519 host key is known for ${name} and you have requested strict checking.\r\n`);
    return false;
  }
  if (plan.checksHostKey === 'ask' && (plan.isBatch || !(await asks(run, name, address, fingerprint)))) return false;
  if (!plan.isQuiet)
    await run.process.write(2, `Warning: Permanently added '${name}' (ED25519) to the list of known hosts.\r\n`);
  await remember(run, path, `${name} ${publicKeyLine(key, '')}`);
  return true;
}

async function keysOf(
  run: Run,
  path: string,
  name: string,
): Promise<readonly { readonly key: Uint8Array; readonly line: number }[]> {
  const text = await run.system.disk
    .as(run.process.user)
    .readFile(path)
    .catch(() => '');
  return text.split('\n').flatMap((line, index) => {
    if (!line.split(/\s/)[0]?.split(',').includes(name)) return [];
    const parsed = parsePublicKeyLine(line.slice(line.indexOf(' ') + 1));
    return parsed ? [{ key: parsed.key, line: index + 1 }] : [];
  });
}

async function remember(run: Run, path: string, line: string): Promise<void> {
  const files = run.system.disk.as(run.process.user);
  try {
    await files.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
    await files.appendFile(path, line);
  } catch {
    await run.process.write(2, `Failed to add the host to the list of known hosts (${path}).\r\n`);
  }
}

async function asks(run: Run, name: string, address: string, fingerprint: string): Promise<boolean> {
  const terminal = await openPath(run.process, run.system.disk, '/dev/tty', 'read').catch(() => undefined);
  if (!terminal) return false;
  await run.process.write(
    2,
    `The authenticity of host '${name} (${address})' can't be established.\nED25519 key fingerprint is ${fingerprint}.\nThis key is not known by any other names\nAre you sure you want to continue connecting (yes/no/[fingerprint])? `,
  );
  run.process.install(4, terminal);
  for (;;) {
    const answer = decodeText(await run.process.read(4)).trim();
    if (answer.toLowerCase() === 'yes' || answer === fingerprint) return true;
    if (answer === '' || answer.toLowerCase() === 'no') return false;
    await run.process.write(2, "Please type 'yes', 'no' or the fingerprint: ");
  }
}

async function refuseChanged(
  run: Run,
  plan: SshPlan,
  path: string,
  line: number,
  name: string,
  fingerprint: string,
): Promise<boolean> {
  const rule = '@'.repeat(59);
  await run.process.write(
    2,
    `${rule}\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n${rule}\nIT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!\nSomeone could be eavesdropping on you right now (man-in-the-middle attack)!\nIt is also possible that a host key has just been changed.\nThe fingerprint for the ED25519 key sent by the remote host is\n${fingerprint}.\nPlease contact your system administrator.\nAdd correct host key in ${path} to get rid of this message.\nOffending ED25519 key in ${path}:${line}\n`,
  );
  if (plan.checksHostKey === 'no') return true;
  await run.process.write(2, `Host key for ${name} has changed and you have requested strict checking.\n`);
  return false;
}
