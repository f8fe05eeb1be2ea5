/**
 * The official client as far as the wire goes (aws/session-manager-plugin 1.2.677: src/datachannel, src/message, src/encryption), written
 * from its behaviour and with none of our own codecs, so that a mistake of ours is not repeated here.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../src/base/clock';
import type { ChannelMessage, ChannelTransport } from '../../src/core/ports/wire';

const HEADER_BYTES = 120;
const READ_BYTES = 1_024;
const RESEND_MS = 100;
const LATE_MS = 200;

export interface OfficialFrame {
  readonly type: string;
  readonly sequence: bigint;
  readonly flags: bigint;
  readonly payloadType: number;
  readonly payload: Buffer;
}

export interface OfficialClientOptions {
  readonly clock: Clock;
  readonly token: string;
  /** Default 1.2.677.0. */
  readonly version?: string;
  /** kms:GenerateDataKey; without it the client fails the action. */
  readonly generateDataKey?: (keyId: string) => { readonly plaintext: Buffer; readonly ciphertextBlob: Buffer };
}

export class OfficialClient {
  readonly received: OfficialFrame[] = [];
  /** What came by payload type, in order, without handshake frames. */
  readonly payloads: { readonly type: number; readonly bytes: Buffer }[] = [];
  handshakeRequest: unknown;
  handshakeComplete: { readonly HandshakeTimeToComplete: number; readonly CustomerMessage: string } | undefined;
  /** `Output` of channel_closed. */
  closingOutput: string | undefined;
  isClosed = false;
  duplicates = 0;
  onPayload: (type: number, bytes: Buffer) => void = () => {};
  readonly #early = new Map<bigint, OfficialFrame>();
  readonly #unacknowledged: { readonly sequence: number; readonly bytes: Buffer; readonly sentMs: number }[] = [];
  #expected = 0n;
  #nextSequence = 0;
  #key: Buffer | undefined;

  constructor(
    readonly transport: ChannelTransport,
    readonly options: OfficialClientOptions,
  ) {
    transport.onMessage = message => this.#hear(message);
    transport.onClose = () => {
      this.isClosed = true;
    };
    const { version = '1.2.677.0', token } = options;
    transport.send(
      `{"MessageSchemaVersion":"1.0","RequestId":"${randomUUID()}","TokenValue":${JSON.stringify(token)},` +
        `"ClientId":"${randomUUID()}","ClientVersion":"${version}"}`,
    );
    this.#resendLater();
  }

  /** All bytes of one payload type: 1 output, 11 standard error, 12 exit code. */
  bytesOf(type: number): Buffer {
    return Buffer.concat(this.payloads.filter(payload => payload.type === type).map(({ bytes }) => bytes));
  }

  textOf(type: number): string {
    return this.bytesOf(type).toString('utf8');
  }

  /** Keys, or bytes of a port, in frames of at most 1,024 bytes. */
  write(data: string | Uint8Array): void {
    const bytes = Buffer.from(data as string);
    for (let start = 0; start < bytes.length; start += READ_BYTES) {
      const part = bytes.subarray(start, start + READ_BYTES);
      this.sendInput(1, this.#key ? this.#encrypt(part) : part);
    }
  }

  sendFlag(flag: number): void {
    this.sendInput(10, Buffer.of(0, 0, 0, flag));
  }

  sendInput(payloadType: number, payload: Uint8Array): void {
    const sequence = this.#nextSequence++;
    const bytes = serialize('input_stream_data', BigInt(sequence), 0n, payloadType, Buffer.from(payload));
    this.#unacknowledged.push({ sequence, bytes, sentMs: this.options.clock.now() });
    this.transport.send(bytes);
  }

  sendControl(type: string, payload: Uint8Array): void {
    this.transport.send(serialize(type, 0n, 3n, 0, Buffer.from(payload)));
  }

  #resendLater(): void {
    this.options.clock.after(RESEND_MS, () => {
      if (this.isClosed) return;
      const front = this.#unacknowledged[0];
      if (front && this.options.clock.now() - front.sentMs > LATE_MS) this.transport.send(front.bytes);
      this.#resendLater();
    });
  }

  #hear(message: ChannelMessage): void {
    if (typeof message === 'string') throw new Error('the service sends no text');
    const frame = deserialize(Buffer.from(message));
    if (!frame) return;
    this.received.push(frame);
    if (frame.type === 'output_stream_data') this.#hearOutput(frame);
    else if (frame.type === 'acknowledge') this.#hearAcknowledgement(frame);
    else if (frame.type === 'channel_closed') this.closingOutput = JSON.parse(frame.payload.toString()).Output;
  }

  #hearAcknowledgement(frame: OfficialFrame): void {
    const number = JSON.parse(frame.payload.toString()).AcknowledgedMessageSequenceNumber;
    const index = this.#unacknowledged.findIndex(({ sequence }) => sequence === number);
    if (index >= 0) this.#unacknowledged.splice(index, 1);
  }

  /** Never acknowledges what it has seen before. */
  #hearOutput(frame: OfficialFrame): void {
    if (frame.sequence < this.#expected || this.#early.has(frame.sequence)) {
      this.duplicates++;
      return;
    }
    this.#acknowledge(frame);
    this.#early.set(frame.sequence, frame);
    for (let next = this.#early.get(this.#expected); next; next = this.#early.get(this.#expected)) {
      this.#early.delete(this.#expected++);
      this.#process(next);
    }
  }

  #acknowledge(frame: OfficialFrame): void {
    const payload =
      `{"AcknowledgedMessageType":"${frame.type}","AcknowledgedMessageId":"${randomUUID()}",` +
      `"AcknowledgedMessageSequenceNumber":${frame.sequence},"IsSequentialMessage":true}`;
    this.sendControl('acknowledge', Buffer.from(payload));
  }

  #process({ payloadType, payload }: OfficialFrame): void {
    if (payloadType === 5) this.#answerHandshake(JSON.parse(payload.toString()));
    else if (payloadType === 8) this.#answerChallenge(JSON.parse(payload.toString()).Challenge);
    else if (payloadType === 7) this.handshakeComplete = JSON.parse(payload.toString());
    else this.#give(payloadType, payload);
  }

  #give(type: number, payload: Buffer): void {
    const isEncrypted = this.#key && [1, 11, 12].includes(type);
    const bytes = isEncrypted ? this.#decrypt(payload) : payload;
    this.payloads.push({ type, bytes });
    this.onPayload(type, bytes);
  }

  #answerHandshake(request: {
    readonly RequestedClientActions: readonly { ActionType: string; ActionParameters: { KMSKeyId?: string } }[];
  }): void {
    this.handshakeRequest = request;
    const errors: string[] = [];
    const actions = request.RequestedClientActions.map(({ ActionType, ActionParameters }) => {
      if (ActionType === 'SessionType') return { ActionType, ActionStatus: 1, ActionResult: null, Error: '' };
      const key = this.options.generateDataKey?.(ActionParameters.KMSKeyId ?? '');
      if (!key) {
        errors.push('access denied');
        const reason = `Failed to process action ${ActionType}: access denied`;
        return { ActionType, ActionStatus: 2, ActionResult: null, Error: reason };
      }
      this.#key = key.plaintext;
      const result = { KMSCipherTextKey: key.ciphertextBlob.toString('base64'), KMSCipherTextHash: null };
      return { ActionType, ActionStatus: 1, ActionResult: result, Error: '' };
    });
    const { version = '1.2.677.0' } = this.options;
    const response = { ClientVersion: version, ProcessedClientActions: actions, Errors: errors.length ? errors : null };
    this.sendInput(6, Buffer.from(JSON.stringify(response)));
  }

  /** A challenge that it cannot read stays without answer. */
  #answerChallenge(challenge: string): void {
    let plaintext: Buffer;
    try {
      plaintext = this.#decrypt(Buffer.from(challenge, 'base64'));
    } catch {
      return;
    }
    const answer = this.#encrypt(plaintext);
    this.sendInput(9, Buffer.from(`{"Challenge":"${answer.toString('base64')}"}`));
  }

  #encrypt(plaintext: Buffer): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#half(32), nonce);
    return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  #decrypt(payload: Buffer): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#half(0), payload.subarray(0, 12));
    decipher.setAuthTag(payload.subarray(payload.length - 16));
    return Buffer.concat([decipher.update(payload.subarray(12, payload.length - 16)), decipher.final()]);
  }

  #half(start: number): Buffer {
    if (!this.#key) throw new Error('no key yet');
    return this.#key.subarray(start, start + 32);
  }
}

function serialize(type: string, sequence: bigint, flags: bigint, payloadType: number, payload: Buffer): Buffer {
  const frame = Buffer.alloc(HEADER_BYTES, 0);
  frame.writeUInt32BE(116, 0);
  frame.write(type.padEnd(32, ' '), 4, 'latin1');
  frame.writeUInt32BE(1, 36);
  frame.writeBigUInt64BE(1_700_000_000_123n, 40);
  frame.writeBigInt64BE(sequence, 48);
  frame.writeBigUInt64BE(flags, 56);
  const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
  id.copy(frame, 64, 8, 16);
  id.copy(frame, 72, 0, 8);
  createHash('sha256').update(payload).digest().copy(frame, 80);
  frame.writeUInt32BE(payloadType, 112);
  frame.writeUInt32BE(payload.length, 116);
  return Buffer.concat([frame, payload]);
}

/** Throws for what the official reader refuses; undefined for start and pause frames, which it ignores. */
function deserialize(bytes: Buffer): OfficialFrame | undefined {
  if (bytes.readUInt32BE(0) !== 116) throw new Error('HeaderLength');
  const type = bytes.toString('latin1', 4, 36);
  if (/\0/.test(type) || type !== type.trimEnd().padEnd(32, ' ')) throw new Error('MessageType');
  if (bytes.readUInt32BE(36) !== 1 || bytes.readBigUInt64BE(40) === 0n) throw new Error('SchemaVersion or CreatedDate');
  const payload = bytes.subarray(HEADER_BYTES);
  if (bytes.readUInt32BE(116) !== payload.length) throw new Error('PayloadLength');
  const digest = createHash('sha256').update(payload).digest();
  if (!digest.equals(bytes.subarray(80, 112))) throw new Error('PayloadDigest');
  const name = type.trimEnd();
  if (name === 'start_publication' || name === 'pause_publication') return undefined;
  return {
    type: name,
    sequence: bytes.readBigInt64BE(48),
    flags: bytes.readBigUInt64BE(56),
    payloadType: bytes.readUInt32BE(112),
    payload,
  };
}
