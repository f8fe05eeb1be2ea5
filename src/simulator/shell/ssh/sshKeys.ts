/** Public and private keys in OpenSSH's forms (RFC 4253 §6.6, RFC 8709, RFC 8332; openssh/openssh-portable:PROTOCOL.key). */
import { decodeBase64, encodeBase64 } from '../../../base/base64';
import { concatBytes } from '../../../packet/headers/bytes';
import type { Chance } from '../../chance';
import type { Digests } from '../../digests';
import { mpint, SshError, SshReader, text, uint32 } from './sshWire';

/** What signs for a person: a private key file, or an agent. */
export interface Identity {
  readonly publicKey: Uint8Array;
  readonly comment: string;
  /** The signature with its algorithm's name in front, as SSH sends it. */
  sign(algorithm: string, data: Uint8Array): Promise<Uint8Array | undefined>;
}

export function keyKindOf(publicKey: Uint8Array): string {
  return new SshReader(publicKey).text();
}

/** Signature algorithms that a key can be used with, best first. */
export function signatureAlgorithms(publicKey: Uint8Array): readonly string[] {
  const kind = keyKindOf(publicKey);
  return kind === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [kind];
}

export function ed25519Key(publicKey: Uint8Array): Uint8Array {
  return concatBytes(text('ssh-ed25519'), text(publicKey));
}

/** `ssh-ed25519 AAAA… comment`: the key in the line, also behind options; undefined when there is none. */
export function parsePublicKeyLine(line: string): { readonly key: Uint8Array; readonly comment: string } | undefined {
  const match = /(?:^|\s)(ssh-(?:ed25519|rsa))\s+([A-Za-z0-9+/=]+)(?:\s+(.*))?$/.exec(line.trim());
  const key = match && decodeBase64(match[2] as string);
  return key ? { key, comment: match[3] ?? '' } : undefined;
}

export function publicKeyLine(key: Uint8Array, comment: string): string {
  return `${keyKindOf(key)} ${encodeBase64(key)}${comment === '' ? '' : ` ${comment}`}\n`;
}

/** `SHA256:…` without padding, as ssh prints it. */
export function fingerprintOf(digests: Digests, key: Uint8Array): string {
  return `SHA256:${encodeBase64(digests.sha256(key)).replace(/=+$/, '')}`;
}

/** Whether a signature in SSH's form is the key's own over the data. Never throws. */
export function verifySignature(digests: Digests, key: Uint8Array, signature: Uint8Array, data: Uint8Array): boolean {
  try {
    const reader = new SshReader(signature);
    const algorithm = reader.text();
    const blob = reader.bytesField();
    const keyReader = new SshReader(key);
    const kind = keyReader.text();
    if (kind === 'ssh-ed25519' && algorithm === kind)
      return digests.ssh.ed25519Verify(keyReader.bytesField(), data, blob);
    if (kind !== 'ssh-rsa' || !algorithm.startsWith('rsa-sha2-')) return false;
    const exponent = keyReader.bytesField();
    const modulus = keyReader.bytesField();
    return digests.ssh.rsaVerify({ modulus, exponent }, algorithm === 'rsa-sha2-512' ? 'sha512' : 'sha256', data, blob);
  } catch {
    return false;
  }
}

const opensshMagic = 'openssh-key-v1\0';
const opensshPem = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END OPENSSH PRIVATE KEY-----/;

/** The identity in a private key file: RSA in PKCS #1, or Ed25519 in OpenSSH's own format, without a passphrase. Undefined: neither. */
export function readPrivateKey(digests: Digests, pem: string, comment: string): Identity | undefined {
  const rsa = digests.ssh.rsaPublicOf(pem);
  if (rsa) {
    const publicKey = concatBytes(text('ssh-rsa'), mpint(rsa.exponent), mpint(rsa.modulus));
    return {
      publicKey,
      comment,
      sign: async (algorithm, data) => {
        const blob = digests.ssh.rsaSign(pem, algorithm === 'rsa-sha2-512' ? 'sha512' : 'sha256', data);
        return blob && concatBytes(text(algorithm), text(blob));
      },
    };
  }
  const bytes = decodeBase64((opensshPem.exec(pem)?.[1] ?? '').replace(/\s+/g, ''));
  return bytes && bytes.length > 0 ? readOpenssh(digests, bytes) : undefined;
}

function readOpenssh(digests: Digests, bytes: Uint8Array): Identity | undefined {
  try {
    const reader = new SshReader(bytes);
    if (String.fromCharCode(...reader.take(opensshMagic.length)) !== opensshMagic) return undefined;
    if (reader.text() !== 'none') return undefined;
    reader.text();
    reader.bytesField();
    if (reader.uint32() !== 1) return undefined;
    const publicKey = reader.bytesField().slice();
    const secret = new SshReader(reader.bytesField());
    secret.take(8);
    if (secret.text() !== 'ssh-ed25519') return undefined;
    secret.bytesField();
    const seed = secret.bytesField().slice(0, 32);
    return ed25519Identity(digests, seed, publicKey, secret.text());
  } catch (error) {
    if (error instanceof SshError) return undefined;
    throw error;
  }
}

export function ed25519Identity(digests: Digests, seed: Uint8Array, publicKey: Uint8Array, comment: string): Identity {
  return {
    publicKey,
    comment,
    sign: async (_algorithm, data) => concatBytes(text('ssh-ed25519'), text(digests.ssh.ed25519Sign(seed, data))),
  };
}

/** A new Ed25519 key: what `ssh-keygen` writes into its two files. */
export function makeEd25519(
  digests: Digests,
  chance: Chance,
  comment: string,
): { readonly privatePem: string; readonly publicKey: Uint8Array } {
  const seed = chance.bytes(32);
  const point = digests.ssh.ed25519Public(seed);
  const publicKey = ed25519Key(point);
  const check = chance.bytes(4);
  const secret = concatBytes(
    check,
    check,
    text('ssh-ed25519'),
    text(point),
    text(concatBytes(seed, point)),
    text(comment),
  );
  const padding = Uint8Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1);
  const body = concatBytes(
    Uint8Array.from(opensshMagic, character => character.charCodeAt(0)),
    text('none'),
    text('none'),
    text(''),
    uint32(1),
    text(publicKey),
    text(concatBytes(secret, padding)),
  );
  const lines = encodeBase64(body).match(/.{1,70}/g) ?? [];
  return {
    privatePem: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`,
    publicKey,
  };
}
