/**
 * AES-256 in Galois/Counter Mode (NIST SP 800-38D) as a port, so that no room needs `node:crypto`: 32-byte keys, 12-byte nonces, 16-byte
 * tags, no additional data.
 */
export interface AesGcm {
  /** The ciphertext with the tag behind it. */
  seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array;
  /** The plaintext, or undefined when the tag does not belong to key, nonce and ciphertext. */
  open(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | undefined;
}
