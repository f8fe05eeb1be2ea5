/** The keys that ssh tries: the agent's, then files. */
import { describeFileError } from '../../files/fileError';
import { identitiesOf, type SshAgent } from '../../ssh/sshAgent';
import { type Identity, readPrivateKey } from '../../ssh/sshKeys';
import type { Run } from '../../system';

const standardNames = ['id_rsa', 'id_ecdsa', 'id_ed25519'];
const othersMask = 0o077;

/** The agent that the environment names. */
export function agentOf(run: Run): SshAgent | undefined {
  return run.system.agents.get(run.process.environment.get('SSH_AUTH_SOCK') ?? '');
}

export async function identitiesFor(run: Run, files: readonly string[]): Promise<readonly Identity[]> {
  const agent = agentOf(run);
  const found: Identity[] = agent ? [...(await identitiesOf(agent))] : [];
  const named = files.length > 0;
  const paths = named ? files : standardNames.map(name => `${run.process.user.home}/.ssh/${name}`);
  for (const path of paths) {
    const identity = await readIdentity(run, path, named);
    if (identity) found.push(identity);
  }
  return found;
}

/** Undefined, with the reason said when the file was named. */
export async function readIdentity(run: Run, name: string, isNamed: boolean): Promise<Identity | undefined> {
  const files = run.system.disk.as(run.process.user);
  const path = files.resolvePath(run.process.workingDirectory, name.replace(/^~/, run.process.user.home));
  try {
    const stat = await files.stat(path);
    if (stat.mode & othersMask) {
      await warnOfMode(run, name, stat.mode & 0o777);
      return undefined;
    }
    const identity = readPrivateKey(run.system.digests, await files.readFile(path), name);
    if (!identity) await run.process.write(2, `Load key "${name}": error in libcrypto\r\n`);
    return identity;
  } catch (error) {
    if (isNamed)
      await run.process.write(2, `Warning: Identity file ${name} not accessible: ${describeFileError(error)}.\n`);
    return undefined;
  }
}

async function warnOfMode(run: Run, name: string, mode: number): Promise<void> {
  const rule = '@'.repeat(59);
  await run.process.write(
    2,
    `${rule}\n@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @\n${rule}\nPermissions 0${mode.toString(8).padStart(3, '0')} for '${name}' are too open.\nIt is required that your private key files are NOT accessible by others.\nThis private key will be ignored.\nLoad key "${name}": bad permissions\n`,
  );
}
