import type { Digests } from '../../digests';
import type { KmsKey } from '../../world/kmsKeys';

/** What must be the same at encryption and decryption ("Encryption context"). */
export type EncryptionContext = Readonly<Record<string, string>>;

/**
 * How ciphertexts of the practice cloud are laid out: the five bytes that those of AWS begin with, the key's id, a nonce, and what AES-256-GCM
 * made with its tag. Nobody but KMS reads them, on AWS neither.
 */
const head = Uint8Array.of(1, 2, 2, 0, 0x78);
const idBytes = 16;
export const nonceBytes = 12;

export interface ReadCiphertext {
  readonly keyId: string;
  readonly nonce: Uint8Array;
  readonly sealed: Uint8Array;
}

/** A key for one context, so that another context opens nothing. Names count, their order does not. */
function keyFor({ material }: KmsKey, context: EncryptionContext, digests: Digests): Uint8Array {
  const entries = Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1));
  return digests.hmacSha256(material, new TextEncoder().encode(JSON.stringify(entries)));
}

export function seal(
  key: KmsKey,
  plaintext: Uint8Array,
  context: EncryptionContext,
  { nonce, digests }: { readonly nonce: Uint8Array; readonly digests: Digests },
): Uint8Array {
  const sealed = digests.aesGcm.seal(keyFor(key, context, digests), nonce, plaintext);
  return Uint8Array.of(...head, ...bytesOfId(key.id), ...nonce, ...sealed);
}

/** Undefined for bytes that are no ciphertext of the practice cloud. */
export function readCiphertext(blob: Uint8Array): ReadCiphertext | undefined {
  const begin = head.length + idBytes;
  if (blob.length < begin + nonceBytes || head.some((byte, index) => blob[index] !== byte)) return undefined;
  return {
    keyId: idOfBytes(blob.subarray(head.length, begin)),
    nonce: blob.slice(begin, begin + nonceBytes),
    sealed: blob.slice(begin + nonceBytes),
  };
}

/** Undefined when the context is another one, or when somebody has changed the ciphertext. */
export function open(
  key: KmsKey,
  { nonce, sealed }: ReadCiphertext,
  context: EncryptionContext,
  digests: Digests,
): Uint8Array | undefined {
  return digests.aesGcm.open(keyFor(key, context, digests), nonce, sealed);
}

function bytesOfId(id: string): Uint8Array {
  return Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], pair => Number.parseInt(pair, 16));
}

function idOfBytes(bytes: Uint8Array): string {
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
