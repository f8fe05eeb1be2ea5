import type { ChannelPorts } from './channelPorts';
import { CLIENT_VERSION } from './clientFrames';
import { PayloadType } from './frameCodec';
import { answerHandshake, type SessionKeySource } from './handshakeAnswers';
import { encodeEncryptionChallenge, readEncryptionChallenge } from './payloads/encryptionChallenge';
import { encodeHandshakeResponse, type HandshakeRequest, readHandshakeRequest } from './payloads/handshake';
import { SessionCipher } from './sessionCipher';

export interface ClientHandshakeOptions {
  readonly ports: ChannelPorts;
  readonly keySource: SessionKeySource;
  readonly send: (payloadType: number, payload: Uint8Array) => void;
  /** The channel is over: nothing is sent any more. */
  readonly isOver: () => boolean;
}

/** Our side of the handshake, and the cipher that comes of it where the account encrypts sessions. */
export class ClientHandshake {
  #cipher: SessionCipher | undefined;

  constructor(readonly options: ClientHandshakeOptions) {}

  /** Answers the agent's request, which may take a call to AWS KMS; false for a payload that is none. */
  hearRequest(payload: Uint8Array): boolean {
    const request = readHandshakeRequest(payload);
    if (request) void this.#answer(request);
    return request !== undefined;
  }

  /** Proves that we have the key: the agent's bytes go back, encrypted by us. False when we cannot read them. */
  hearChallenge(payload: Uint8Array): boolean {
    const challenge = readEncryptionChallenge(payload);
    const bytes = challenge && this.#cipher?.decrypt(challenge);
    if (!bytes || !this.#cipher) return false;
    this.options.send(PayloadType.encryptionChallengeResponse, encodeEncryptionChallenge(this.#cipher.encrypt(bytes)));
    return true;
  }

  /** Keys as they go over the wire. */
  encrypt(bytes: Uint8Array): Uint8Array {
    return this.#cipher ? this.#cipher.encrypt(bytes) : bytes;
  }

  /** Output as it is shown; undefined for what the other end cannot have encrypted. */
  decrypt(payload: Uint8Array): Uint8Array | undefined {
    return this.#cipher ? this.#cipher.decrypt(payload) : payload;
  }

  async #answer(request: HandshakeRequest): Promise<void> {
    const { ports, keySource, send, isOver } = this.options;
    const { answers, dataKey } = await answerHandshake(request, keySource);
    if (isOver()) return;
    for (const { error } of answers) if (error) ports.log.warn(`Session channel: ${error}`);
    if (dataKey) this.#cipher = new SessionCipher({ ...ports, dataKey, side: 'client' });
    send(PayloadType.handshakeResponse, encodeHandshakeResponse(CLIENT_VERSION, answers));
  }
}
