/** Key pairs as a port, beside the digests: real keys, but of chance that repeats itself. Fit for practice only. */
export interface KeyPairMaker {
  /** Draws what it needs from `random`; the same bytes make the same pair. */
  make(kind: KeyKind, random: (length: number) => Uint8Array): MadeKeyPair;
  /** What a public key is, in any of the forms that ImportKeyPair takes (OpenSSH, RFC 4716, DER in Base64); undefined: no key. */
  readPublicKey(text: string): PublicKey | undefined;
}

export type KeyKind = 'rsa' | 'ed25519';

export interface PublicKey {
  readonly kind: KeyKind;
  /** In OpenSSH's form, without a comment: `ssh-ed25519 AAAA…`. */
  readonly publicKey: string;
  /** As EC2 shows it for a key that was imported: MD5 of an RSA key, SHA-256 of an Ed25519 key. */
  readonly fingerprint: string;
}

export interface MadeKeyPair extends PublicKey {
  /** PKCS #1 for RSA, OpenSSH's own format for Ed25519, both as PEM. */
  readonly privateKey: string;
}
