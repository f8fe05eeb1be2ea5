/** Public and private keys as OpenSSH writes them (RFC 4253 §6.6; RFC 8709; openssh/openssh-portable:PROTOCOL.key). */
import type { JsonWebKey } from 'node:crypto';

/** RFC 4251 §5: a length in four bytes, then the bytes. */
function sshString(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** RFC 4251 §5: a positive number starts with a zero bit. */
function sshNumber(base64Url: string): Buffer {
  const bytes = Buffer.from(base64Url, 'base64url');
  return sshString((bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

/** `ssh-rsa AAAA…` or `ssh-ed25519 AAAA…`, without a comment. */
export function openSshPublicKey({ kty, n = '', e = '', x = '' }: JsonWebKey): string {
  const name = kty === 'RSA' ? 'ssh-rsa' : 'ssh-ed25519';
  const parts = kty === 'RSA' ? [sshNumber(e), sshNumber(n)] : [sshString(Buffer.from(x, 'base64url'))];
  return `${name} ${Buffer.concat([sshString(name), ...parts]).toString('base64')}`;
}

/** OpenSSH's one-line form, or that of RFC 4716; undefined for text of another form. */
export function readOpenSshPublicKey(text: string): JsonWebKey | undefined {
  const encoded = /^ssh-(?:rsa|ed25519)\s+(\S+)/.exec(text)?.[1] ?? rfc4716Body(text);
  if (encoded === undefined) return undefined;
  const [name, ...parts] = sshStrings(Buffer.from(encoded, 'base64'));
  if (name?.toString() === 'ssh-ed25519')
    return { kty: 'OKP', crv: 'Ed25519', x: (parts[0] ?? Buffer.of()).toString('base64url') };
  if (name?.toString() !== 'ssh-rsa') return undefined;
  const [e = Buffer.of(), n = Buffer.of()] = parts;
  return { kty: 'RSA', e: e.toString('base64url'), n: withoutZero(n).toString('base64url') };
}

function withoutZero(bytes: Buffer): Buffer {
  return bytes[0] === 0 ? bytes.subarray(1) : bytes;
}

/** Lines between the markers, without headers and their continuations. */
function rfc4716Body(text: string): string | undefined {
  const body = /^---- BEGIN SSH2 PUBLIC KEY ----\r?\n([\s\S]*?)---- END SSH2 PUBLIC KEY ----/.exec(text)?.[1];
  return body?.replace(/^[^\n:]+:(?:[^\n]*\\\r?\n)*[^\n]*\n/gm, '').replace(/\s/g, '');
}

function sshStrings(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt32BE(at);
    found.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return found;
}

const magic = 'openssh-key-v1\0';
const lineLength = 70;
const blockLength = 8;

/** A private key without a passphrase, in the format that `ssh-keygen -t ed25519` writes. */
export function ed25519Pem(seed: Uint8Array, publicKey: string): string {
  const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
  const point = blob.subarray(-32);
  const check = seed.subarray(0, 4);
  const secret = Buffer.concat([
    ...[check, check, sshString('ssh-ed25519'), sshString(point)],
    ...[sshString(Buffer.concat([seed, point])), sshString('')],
  ]);
  const missing = (blockLength - (secret.length % blockLength)) % blockLength;
  const padding = Buffer.from(Array.from({ length: missing }, (_, index) => index + 1));
  const encoded = Buffer.concat([
    ...[Buffer.from(magic), sshString('none'), sshString('none'), sshString('')],
    ...[Buffer.of(0, 0, 0, 1), sshString(blob), sshString(Buffer.concat([secret, padding]))],
  ]).toString('base64');
  const lines = encoded.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}
