import type { AesGcm } from '../core/ports/aesGcm';
import type { KeyPairMaker } from './keyPairMaker';
import type { SshCiphers } from './sshCiphers';

/** Digests, ciphers and key pairs as a port, so that the simulator needs no `node:crypto` and a browser can lend its own. */
export interface Digests {
  readonly aesGcm: AesGcm;
  readonly ssh: SshCiphers;
  md5(bytes: Uint8Array): Uint8Array;
  sha1(bytes: Uint8Array): Uint8Array;
  readonly keyPairs: KeyPairMaker;
  sha256(bytes: Uint8Array): Uint8Array;
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array;
}
