/** ssh-keygen(1), ssh-agent(1) and ssh-add(1). */
import { encodeBase64 } from '../../../../base/base64';
import { agentOver, identitiesOf } from '../../ssh/sshAgent';
import {
  fingerprintOf,
  type Identity,
  keyKindOf,
  makeEd25519,
  parsePublicKeyLine,
  publicKeyLine,
  readPrivateKey,
} from '../../ssh/sshKeys';
import type { Program, Run } from '../../system';
import { complain, print, readArguments } from '../console';
import { hasOption, lastOption } from '../options';
import { agentOf, readIdentity } from './identities';

function kindName(key: Uint8Array): string {
  return keyKindOf(key) === 'ssh-rsa' ? 'RSA' : 'ED25519';
}

function bitsOf(key: Uint8Array): number {
  return keyKindOf(key) === 'ssh-rsa' ? 2048 : 256;
}

export const sshKeygen: Program = async run => {
  const parsed = readArguments(run.args, { short: 't:b:f:N:C:qylP:R:' });
  const { process, system } = run;
  const files = system.disk.as(process.user);
  const path = files.resolvePath(
    process.workingDirectory,
    lastOption(parsed, 'f') ?? `${process.user.home}/.ssh/id_ed25519`,
  );
  if (hasOption(parsed, 'y')) {
    const identity = await readIdentity(run, path, true);
    if (!identity) return 255;
    await print(run, publicKeyLine(identity.publicKey, identity.comment === path ? '' : identity.comment));
    return 0;
  }
  if (hasOption(parsed, 'l')) return showFingerprint(run, path);
  if (hasOption(parsed, 'R')) return forgetHost(run, lastOption(parsed, 'R') ?? '');
  const kind = lastOption(parsed, 't') ?? 'ed25519';
  if (kind !== 'ed25519') return complain(run, `The practice cloud makes ed25519 keys only: ssh-keygen -t ed25519`);
  if ((lastOption(parsed, 'N') ?? '') !== '') return complain(run, 'The practice cloud does not simulate passphrases.');
  const isQuiet = hasOption(parsed, 'q');
  if (!isQuiet) await print(run, 'Generating public/private ed25519 key pair.\n');
  const comment = lastOption(parsed, 'C') ?? `${process.user.name}@${system.hostName}`;
  const { privatePem, publicKey } = makeEd25519(
    system.digests,
    system.chance.fork(`ssh-keygen ${process.pid}`),
    comment,
  );
  await files.mkdir(path.slice(0, path.lastIndexOf('/')) || '/', { recursive: true });
  await files.writeFile(path, privatePem);
  await files.chmod(path, 0o600);
  await files.writeFile(`${path}.pub`, publicKeyLine(publicKey, comment));
  if (isQuiet) return 0;
  await print(
    run,
    `Your identification has been saved in ${path}\nYour public key has been saved in ${path}.pub\nThe key fingerprint is:\n${fingerprintOf(system.digests, publicKey)} ${comment}\nThe key's randomart image is:\n${artOf(publicKey)}`,
  );
  return 0;
};

/** A picture for the eye, of the key's last bytes. */
function artOf(key: Uint8Array): string {
  const marks = ' .o+=*BOX@%&#/^';
  const rows = Array.from({ length: 9 }, (_, row) =>
    Array.from(
      { length: 17 },
      (_, column) => marks[((key[(row * 17 + column) % key.length] as number) * (row + 3)) % 9],
    ).join(''),
  );
  return `+--[ED25519 256]--+\n${rows.map(row => `|${row}|\n`).join('')}+----[SHA256]-----+\n`;
}

async function showFingerprint(run: Run, path: string): Promise<number> {
  const files = run.system.disk.as(run.process.user);
  const text = await files.readFile(path).catch(() => undefined);
  if (text === undefined) return complain(run, `${path}: No such file or directory`, 255);
  const line = parsePublicKeyLine(text.split('\n')[0] ?? '');
  const key = line?.key ?? readPrivateKey(run.system.digests, text, path)?.publicKey;
  if (!key) return complain(run, `${path} is not a public key file.`, 255);
  await print(
    run,
    `${bitsOf(key)} ${fingerprintOf(run.system.digests, key)} ${line?.comment || 'no comment'} (${kindName(key)})\n`,
  );
  return 0;
}

async function forgetHost(run: Run, name: string): Promise<number> {
  const files = run.system.disk.as(run.process.user);
  const path = `${run.process.user.home}/.ssh/known_hosts`;
  const lines = (await files.readFile(path).catch(() => '')).split('\n');
  const kept = lines.filter(line => line.split(/[\s,]/)[0] !== name);
  if (kept.length === lines.length) return complain(run, `Host ${name} not found in ${path}`, 255);
  await files.writeFile(path, kept.join('\n'));
  await print(
    run,
    `# Host ${name} found: line ${lines.findIndex(line => line.startsWith(name)) + 1}\n${path} updated.\nOriginal contents retained as ${path}.old\n`,
  );
  return 0;
}

/** Keys that `ssh-add` gave to the agents started here, by socket. */
const held = new WeakMap<object, Map<string, Identity[]>>();

function keysOfAgents(run: Run): Map<string, Identity[]> {
  const known = held.get(run.system) ?? new Map<string, Identity[]>();
  held.set(run.system, known);
  return known;
}

export const sshAgent: Program = async run => {
  const { process, system } = run;
  if (run.args.includes('-k')) {
    await print(run, 'unset SSH_AUTH_SOCK;\nunset SSH_AGENT_PID;\necho Agent pid killed;\n');
    return 0;
  }
  const path = `/tmp/ssh-${encodeBase64(system.chance.bytes(9)).replace(/[^A-Za-z]/g, 'X')}/agent.${process.pid}`;
  const keys: Identity[] = [];
  keysOfAgents(run).set(path, keys);
  system.agents.set(
    path,
    agentOver(() => keys),
  );
  const pid = process.pid + 1;
  await print(
    run,
    `SSH_AUTH_SOCK=${path}; export SSH_AUTH_SOCK;\nSSH_AGENT_PID=${pid}; export SSH_AGENT_PID;\necho Agent pid ${pid};\n`,
  );
  return 0;
};

export const sshAdd: Program = async run => {
  const parsed = readArguments(run.args, { short: 'lLDdqt:' });
  const { process, system } = run;
  const agent = agentOf(run);
  if (!agent) {
    await process.write(2, 'Could not open a connection to your authentication agent.\n');
    return 2;
  }
  if (hasOption(parsed, 'l', 'L')) {
    const identities = await process.until(identitiesOf(agent));
    if (identities.length === 0) await print(run, 'The agent has no identities.\n');
    for (const { publicKey, comment } of identities)
      await print(
        run,
        hasOption(parsed, 'L')
          ? publicKeyLine(publicKey, comment)
          : `${bitsOf(publicKey)} ${fingerprintOf(system.digests, publicKey)} ${comment} (${kindName(publicKey)})\n`,
      );
    return identities.length > 0 ? 0 : 1;
  }
  const keys = keysOfAgents(run).get(process.environment.get('SSH_AUTH_SOCK') ?? '');
  if (!keys) return complain(run, 'The practice cloud adds no keys to an agent on another machine.');
  if (hasOption(parsed, 'D')) {
    keys.length = 0;
    await process.write(2, 'All identities removed.\n');
    return 0;
  }
  const names = parsed.operands.length > 0 ? parsed.operands : [`${process.user.home}/.ssh/id_ed25519`];
  let status = 0;
  for (const name of names) {
    const identity = await readIdentity(run, name, true);
    if (!identity) status = 1;
    else {
      keys.push(identity);
      await process.write(2, `Identity added: ${name} (${identity.comment})\n`);
    }
  }
  return status;
};
