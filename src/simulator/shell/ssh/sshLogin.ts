/** The server's side of user authentication (RFC 4252): by public key only, as Amazon Linux is set up. */
import { concatBytes } from '../../../packet/headers/bytes';
import type { User } from '../kernel/process';
import { rootUser } from '../kernel/process';
import { findUser } from '../programs/users';
import type { GuestSystem } from '../system';
import { isSame } from './sshAgent';
import { parsePublicKeyLine, signatureAlgorithms, verifySignature } from './sshKeys';
import type { SshTransport } from './sshTransport';
import { flag, Message, message, SshReader, text } from './sshWire';

const methods = 'publickey,gssapi-keyex,gssapi-with-mic';
/** sshd_config(5): MaxAuthTries. */
const triesLimit = 6;

export interface Login {
  readonly user: User;
  readonly publicKey: Uint8Array;
}

/** Who the client is; undefined when it gave up or was sent away. */
export async function awaitLogin(system: GuestSystem, transport: SshTransport): Promise<Login | undefined> {
  let failures = 0;
  for (let payload = await transport.receive(); payload; payload = await transport.receive()) {
    const reader = new SshReader(payload.subarray(1));
    if (payload[0] === Message.serviceRequest) {
      transport.send(message(Message.serviceAccept, text(reader.text())));
      continue;
    }
    if (payload[0] !== Message.userauthRequest) return undefined;
    const login = await answerRequest(system, transport, reader);
    if (login === 'asked') continue;
    if (login) {
      transport.send(message(Message.userauthSuccess));
      return login;
    }
    if (++failures > triesLimit) {
      transport.disconnect(2, 'Too many authentication failures');
      return undefined;
    }
    transport.send(message(Message.userauthFailure, text(methods), flag(false)));
  }
  return undefined;
}

async function answerRequest(
  system: GuestSystem,
  transport: SshTransport,
  reader: SshReader,
): Promise<Login | 'asked' | undefined> {
  const name = reader.text();
  const service = reader.text();
  if (reader.text() !== 'publickey') return undefined;
  const isSigned = reader.flag();
  const algorithm = reader.text();
  const publicKey = reader.bytesField().slice();
  const user = findUser(name);
  if (!user || !(await isAuthorized(system, user, publicKey, algorithm))) return undefined;
  if (!isSigned) {
    transport.send(message(Message.userauthKeyOk, text(algorithm), text(publicKey)));
    return 'asked';
  }
  const signature = reader.bytesField();
  const data = signedData(transport.sessionId, name, service, algorithm, publicKey);
  return verifySignature(system.digests, publicKey, signature, data) ? { user, publicKey } : undefined;
}

/** RFC 4252 §7. */
export function signedData(
  sessionId: Uint8Array,
  name: string,
  service: string,
  algorithm: string,
  publicKey: Uint8Array,
): Uint8Array {
  return concatBytes(
    text(sessionId),
    message(
      Message.userauthRequest,
      text(name),
      text(service),
      text('publickey'),
      flag(true),
      text(algorithm),
      text(publicKey),
    ),
  );
}

/** Its AuthorizedKeysCommand is what asks for pushed keys ("Install EC2 Instance Connect on your EC2 instances"). */
const pushedKeyPackage = 'ec2-instance-connect';

async function isAuthorized(system: GuestSystem, user: User, key: Uint8Array, algorithm: string): Promise<boolean> {
  if (user.id === rootUser.id || !isUsable(key, algorithm)) return false;
  const file = await system.disk
    .as(rootUser)
    .readFile(`${user.home}/.ssh/authorized_keys`)
    .catch(() => '');
  const pushed = system.packages.has(pushedKeyPackage) ? system.pushedKeys(user.name) : [];
  const lines = [...file.split('\n'), ...pushed];
  return lines.some(line => {
    const parsed = line.trimStart().startsWith('#') ? undefined : parsePublicKeyLine(line);
    return parsed !== undefined && isSame(parsed.key, key);
  });
}

function isUsable(key: Uint8Array, algorithm: string): boolean {
  try {
    return signatureAlgorithms(key).includes(algorithm);
  } catch {
    return false;
  }
}
