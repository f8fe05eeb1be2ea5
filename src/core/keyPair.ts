import type { KeyPairId } from './ids';
import type { Tags } from './network';

/** What EC2 keeps of a key pair: never the private key. */
export interface KeyPair {
  readonly id: KeyPairId;
  readonly name: string;
  readonly kind: 'rsa' | 'ed25519';
  readonly fingerprint: string;
  /** In OpenSSH's form: `ssh-ed25519 AAAA… name`. */
  readonly publicKey: string;
  readonly createdAtMs: number;
  readonly tags: Tags;
}
