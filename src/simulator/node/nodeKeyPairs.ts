import { checkPrimeSync, createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyKind, KeyPairMaker, MadeKeyPair, PublicKey } from '../keyPairMaker';
import { ed25519Pem, openSshPublicKey, readOpenSshPublicKey } from './openSshKeys';

type Random = (length: number) => Uint8Array;

const primeBytes = 128;
const publicExponent = 65_537n;
/** What stands before the seed in PKCS #8. */
const ed25519Header = '302e020100300506032b657004220420';

/** Key pairs for entries that run on Node. */
export const nodeKeyPairs: KeyPairMaker = {
  make: (kind, random) => (kind === 'rsa' ? makeRsa(random) : makeEd25519(random)),
  readPublicKey,
};

/** An Ed25519 private key is its 32 seed bytes (RFC 8032 §5.1.5), here in PKCS #8 (RFC 8410 §7). */
function makeEd25519(random: Random): MadeKeyPair {
  const seed = random(32);
  const header = Buffer.from(ed25519Header, 'hex');
  const key = createPrivateKey({ key: Buffer.concat([header, seed]), format: 'der', type: 'pkcs8' });
  const described = describe(createPublicKey(key), 'ed25519');
  return { ...described, privateKey: ed25519Pem(seed, described.publicKey) };
}

/** RSA with 2048 bits (RFC 8017 §3). EC2 shows the SHA-1 of the private key for pairs that it made. */
function makeRsa(random: Random): MadeKeyPair {
  const [p, q] = [drawPrime(random), drawPrime(random)];
  const d = inverse(publicExponent, (p - 1n) * (q - 1n));
  const members = { n: p * q, e: publicExponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const jwk = Object.fromEntries(Object.entries(members).map(([name, value]) => [name, base64Url(value)]));
  const key = createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' });
  return {
    ...describe(createPublicKey(key), 'rsa'),
    fingerprint: colons('sha1', key.export({ type: 'pkcs8', format: 'der' })),
    privateKey: key.export({ type: 'pkcs1', format: 'pem' }).toString(),
  };
}

/** The first prime from a random place on; both highest bits are set, so that the product of two has 2048 bits. */
function drawPrime(random: Random): bigint {
  const bytes = random(primeBytes);
  bytes[0] = (bytes[0] as number) | 0xc0;
  bytes[primeBytes - 1] = (bytes[primeBytes - 1] as number) | 1;
  let candidate = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  while ((candidate - 1n) % publicExponent === 0n || !checkPrimeSync(candidate)) candidate += 2n;
  return candidate;
}

/** Of `value` modulo `modulus`, by the extended Euclidean algorithm. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [remainder, next] = [modulus, value % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next !== 0n) {
    const quotient = remainder / next;
    [remainder, next] = [next, remainder - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return ((factor % modulus) + modulus) % modulus;
}

function base64Url(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}

function describe(key: KeyObject, kind: KeyKind): PublicKey {
  const publicKey = openSshPublicKey(key.export({ format: 'jwk' }));
  if (kind === 'rsa')
    return { kind, publicKey, fingerprint: colons('md5', key.export({ type: 'spki', format: 'der' })) };
  const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
  return { kind, publicKey, fingerprint: createHash('sha256').update(blob).digest('base64') };
}

function colons(algorithm: 'md5' | 'sha1', bytes: Uint8Array): string {
  return (createHash(algorithm).update(bytes).digest('hex').match(/../g) ?? []).join(':');
}

function readPublicKey(text: string): PublicKey | undefined {
  try {
    const key = createPublicKey(keyInput(text.trim()));
    const kind = key.asymmetricKeyType;
    return kind === 'rsa' || kind === 'ed25519' ? describe(key, kind) : undefined;
  } catch {
    return undefined;
  }
}

function keyInput(text: string): Parameters<typeof createPublicKey>[0] {
  const jwk = readOpenSshPublicKey(text);
  if (jwk) return { key: jwk, format: 'jwk' };
  return { key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' };
}
