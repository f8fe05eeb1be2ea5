import {
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { RsaHash, RsaPublicKey, SshCiphers } from '../sshCiphers';

/** DER up to the 32 bytes of the key (RFC 8410). */
const derStart = {
  x25519Private: '302e020100300506032b656e04220420',
  x25519Public: '302a300506032b656e032100',
  ed25519Private: '302e020100300506032b657004220420',
  ed25519Public: '302a300506032b6570032100',
} as const;

function privateKey(kind: 'x25519Private' | 'ed25519Private', bytes: Uint8Array): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([Buffer.from(derStart[kind], 'hex'), bytes]),
    format: 'der',
    type: 'pkcs8',
  });
}

function publicKey(kind: 'x25519Public' | 'ed25519Public', bytes: Uint8Array): KeyObject {
  return createPublicKey({
    key: Buffer.concat([Buffer.from(derStart[kind], 'hex'), bytes]),
    format: 'der',
    type: 'spki',
  });
}

/** The raw key at the end of its DER form. */
function rawPublic(key: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32));
}

function readRsa(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    return undefined;
  }
}

function hashName(hash: RsaHash): string {
  return hash === 'sha256' ? 'RSA-SHA256' : 'RSA-SHA512';
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** SSH's cryptography for entries that run on Node. */
export const nodeSshCiphers: SshCiphers = {
  x25519Public: secret => rawPublic(privateKey('x25519Private', secret)),
  x25519Agree: (secret, peerPublic) =>
    new Uint8Array(
      diffieHellman({
        privateKey: privateKey('x25519Private', secret),
        publicKey: publicKey('x25519Public', peerPublic),
      }),
    ),
  ed25519Public: seed => rawPublic(privateKey('ed25519Private', seed)),
  ed25519Sign: (seed, message) => new Uint8Array(sign(null, message, privateKey('ed25519Private', seed))),
  ed25519Verify: (key, message, signature) => verify(null, message, publicKey('ed25519Public', key), signature),
  rsaVerify: ({ modulus, exponent }, hash, message, signature) => {
    const jwk = { kty: 'RSA', n: base64Url(modulus), e: base64Url(exponent) };
    return verify(hashName(hash), message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
  rsaSign: (pem, hash, message) => {
    const key = readRsa(pem);
    return key && new Uint8Array(sign(hashName(hash), message, key));
  },
  rsaPublicOf: pem => rsaPublicOf(readRsa(pem)),
  aesCtr: (key, counter) => {
    const cipher = createCipheriv(key.length === 32 ? 'aes-256-ctr' : 'aes-128-ctr', key, counter);
    return bytes => new Uint8Array(cipher.update(bytes));
  },
};

function rsaPublicOf(key: KeyObject | undefined): RsaPublicKey | undefined {
  if (!key) return undefined;
  const { n = '', e = '' } = createPublicKey(key).export({ format: 'jwk' });
  return {
    modulus: new Uint8Array(Buffer.from(n, 'base64url')),
    exponent: new Uint8Array(Buffer.from(e, 'base64url')),
  };
}
