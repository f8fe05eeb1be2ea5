import type { AesGcm } from '../core/ports/aesGcm';

/** The data key of an encrypted session: one half for each direction. */
export const DATA_KEY_BYTES = 64;
const KEY_BYTES = DATA_KEY_BYTES / 2;
const NONCE_BYTES = 12;

export interface SessionCipherOptions {
  readonly aesGcm: AesGcm;
  /** {@link DATA_KEY_BYTES} long, as AWS KMS generated it for this session. */
  readonly dataKey: Uint8Array;
  /** `agent` encrypts with the first half and decrypts with the second, `client` the other way round. */
  readonly side: 'agent' | 'client';
  /** Fresh random bytes. */
  readonly randomBytes: (length: number) => Uint8Array;
}

/**
 * Payloads of a session that AWS KMS encrypts: a nonce, the ciphertext, the tag; 28 bytes more than the plaintext
 * (aws/session-manager-plugin:src/encryption, aws/amazon-ssm-agent:agent/session/crypto).
 */
export class SessionCipher {
  readonly #sealingKey: Uint8Array;
  readonly #openingKey: Uint8Array;

  /** Throws a RangeError for a data key of another length. */
  constructor(readonly options: SessionCipherOptions) {
    const { dataKey, side } = options;
    if (dataKey.length !== DATA_KEY_BYTES) throw new RangeError(`a data key has ${DATA_KEY_BYTES} bytes`);
    const halves = [dataKey.slice(0, KEY_BYTES), dataKey.slice(KEY_BYTES)] as const;
    this.#sealingKey = side === 'agent' ? halves[0] : halves[1];
    this.#openingKey = side === 'agent' ? halves[1] : halves[0];
  }

  encrypt(plaintext: Uint8Array): Uint8Array {
    const nonce = this.options.randomBytes(NONCE_BYTES);
    const sealed = this.options.aesGcm.seal(this.#sealingKey, nonce, plaintext);
    const payload = new Uint8Array(nonce.length + sealed.length);
    payload.set(nonce);
    payload.set(sealed, nonce.length);
    return payload;
  }

  /** Undefined for what was not encrypted by the other end. */
  decrypt(payload: Uint8Array): Uint8Array | undefined {
    if (payload.length < NONCE_BYTES) return undefined;
    return this.options.aesGcm.open(this.#openingKey, payload.slice(0, NONCE_BYTES), payload.slice(NONCE_BYTES));
  }
}
