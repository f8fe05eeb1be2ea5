/** The cryptography of SSH as a port, beside the digests. Everything that is secret comes in from outside, so that chance can repeat itself. */
export interface SshCiphers {
  /** X25519 (RFC 7748): the public value of 32 secret bytes. */
  x25519Public(secret: Uint8Array): Uint8Array;
  /** The shared secret, 32 bytes. Throws for a value that is no point to agree on. */
  x25519Agree(secret: Uint8Array, peerPublic: Uint8Array): Uint8Array;
  /** Ed25519 (RFC 8032): the public key of a 32-byte seed. */
  ed25519Public(seed: Uint8Array): Uint8Array;
  ed25519Sign(seed: Uint8Array, message: Uint8Array): Uint8Array;
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** PKCS #1 v1.5 with this hash (RFC 8332); modulus and exponent as unsigned big-endian numbers. */
  rsaVerify(key: RsaPublicKey, hash: RsaHash, message: Uint8Array, signature: Uint8Array): boolean;
  /** With a private key in PKCS #1's PEM; undefined when the text is none. */
  rsaSign(privateKeyPem: string, hash: RsaHash, message: Uint8Array): Uint8Array | undefined;
  /** Undefined when the text is no private key in PKCS #1's PEM. */
  rsaPublicOf(privateKeyPem: string): RsaPublicKey | undefined;
  /** One direction of a stream under AES in counter mode (RFC 4344); each call goes on where the last one ended. */
  aesCtr(key: Uint8Array, counter: Uint8Array): (bytes: Uint8Array) => Uint8Array;
}

export type RsaHash = 'sha256' | 'sha512';

export interface RsaPublicKey {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}
