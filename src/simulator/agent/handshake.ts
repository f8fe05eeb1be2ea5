import { deferred } from '../../base/async';
import { encodeBase64 } from '../../base/base64';
import { delay } from '../../base/clock';
import type { AesGcm } from '../../core/ports/aesGcm';
import { PayloadType } from '../../ssm/frameCodec';
import { encodeEncryptionChallenge, readEncryptionChallenge } from '../../ssm/payloads/encryptionChallenge';
import {
  ENCRYPTION_ACTION,
  encodeHandshakeComplete,
  encodeHandshakeRequest,
  type HandshakeResponse,
  readHandshakeResponse,
} from '../../ssm/payloads/handshake';
import { readSessionKeyResult, sessionKeyContext } from '../../ssm/payloads/sessionKey';
import { DATA_KEY_BYTES, SessionCipher } from '../../ssm/sessionCipher';
import { ServiceFault } from '../protocols/serviceFault';
import type { AgentChannel } from './agentChannel';
import { AGENT_VERSION } from './agentVersion';
import type { SessionPlugin } from './sessionPlugin';

/** How a session is encrypted. */
export interface SessionEncryption {
  /** As the preferences name it: id, ARN or alias. */
  readonly keyId: string;
  readonly sessionId: string;
  readonly targetId: string;
  readonly aesGcm: AesGcm;
  readonly randomBytes: (length: number) => Uint8Array;
  /** kms:Decrypt with the instance's credentials; rejects with what the service said. */
  readonly decryptDataKey: (
    ciphertextBlob: Uint8Array,
    encryptionContext: Readonly<Record<string, string>>,
  ) => Promise<Uint8Array>;
}

/** A session that ends because its two ends did not agree; the message is for the person at the client. */
export class HandshakeFailure extends Error {}

const TIME_LIMIT_MS = 15_000;
const CHALLENGE_BYTES = 16;
const PROOF_BYTES = 64;
const SUCCESS = 1;
const LATE_RESPONSE =
  'Handshake timed out. Please ensure that you have the latest version of the session manager plugin.';
const LATE_PROOF = 'Timed out waiting for encryption challenge.';

const ENCRYPTED_MESSAGE = 'This session is encrypted using AWS KMS.';

/**
 * The agent's side of the handshake (aws/amazon-ssm-agent:agent/session/datachannel). Other input is acknowledged and thrown away
 * meanwhile; from HandshakeComplete on it is the plugin's. Resolves with the client's version; rejects with a {@link HandshakeFailure},
 * or with the signal's reason.
 */
export async function performHandshake(
  channel: AgentChannel,
  plugin: SessionPlugin,
  encryption: SessionEncryption | undefined,
  signal: AbortSignal,
): Promise<string> {
  const { clock } = channel.stamp;
  const startMs = clock.now();
  const challenge = encryption ? encodeBase64(encryption.randomBytes(CHALLENGE_BYTES)) : '';
  channel.send(
    PayloadType.handshakeRequest,
    encodeHandshakeRequest({
      agentVersion: AGENT_VERSION,
      sessionType: plugin.sessionType,
      properties: plugin.clientProperties,
      encryption: encryption && { keyId: encryption.keyId, challenge },
    }),
  );
  const agreement = hearResponse(channel, encryption, challenge);
  const { clientVersion, cipher } = await inTime(channel, agreement, LATE_RESPONSE, signal);
  if (encryption && cipher) await inTime(channel, proveKey(channel, cipher, encryption), LATE_PROOF, signal);
  const message = plugin.customerMessage(clientVersion) + (cipher ? ENCRYPTED_MESSAGE : '');
  channel.onInput = frame => plugin.takeInput(frame);
  channel.send(PayloadType.handshakeComplete, encodeHandshakeComplete(clock.now() - startMs, message));
  return clientVersion;
}

/** Fails after 15 s. */
async function inTime<T>(channel: AgentChannel, work: Promise<T>, lateText: string, signal: AbortSignal): Promise<T> {
  const done = new AbortController();
  const isLate = delay(channel.stamp.clock, TIME_LIMIT_MS, AbortSignal.any([signal, done.signal])).then(() => {
    throw new HandshakeFailure(lateText);
  });
  try {
    return await Promise.race([work, isLate]);
  } finally {
    done.abort();
  }
}

/** Resolves with the first input of this type that can be read. */
async function nextInput<T>(
  channel: AgentChannel,
  payloadType: number,
  read: (payload: Uint8Array) => T | undefined,
): Promise<T> {
  const found = deferred<T>();
  channel.onInput = frame => {
    const value = frame.payloadType === payloadType ? read(frame.payload) : undefined;
    if (value !== undefined) found.resolve(value);
    return frame.payloadType !== payloadType || value !== undefined;
  };
  const value = await found.promise;
  channel.onInput = () => true;
  return value;
}

/** What the client answers, with the cipher that its key gives. */
async function hearResponse(
  channel: AgentChannel,
  encryption: SessionEncryption | undefined,
  challenge: string,
): Promise<{ readonly clientVersion: string; readonly cipher: SessionCipher | undefined }> {
  const response = await nextInput(channel, PayloadType.handshakeResponse, readHandshakeResponse);
  for (const { type, status, error } of response.actions)
    if (status !== SUCCESS)
      throw new HandshakeFailure(`${type} failed on client with status ${status} error: ${error}`);
  const { clientVersion } = response;
  if (!encryption) return { clientVersion, cipher: undefined };
  const dataKey = await fetchDataKey(response, encryption, challenge);
  if (dataKey.length !== DATA_KEY_BYTES)
    throw new HandshakeFailure(`Fetching data key failed: a data key of ${dataKey.length} bytes`);
  const { aesGcm, randomBytes } = encryption;
  return { clientVersion, cipher: new SessionCipher({ aesGcm, dataKey, side: 'agent', randomBytes }) };
}

/** Both ends have the same key when bytes that we encrypt come back, encrypted by the other. */
async function proveKey(
  channel: AgentChannel,
  cipher: SessionCipher,
  { randomBytes }: SessionEncryption,
): Promise<void> {
  channel.useCipher(cipher);
  const proof = randomBytes(PROOF_BYTES);
  channel.send(PayloadType.encryptionChallengeRequest, encodeEncryptionChallenge(cipher.encrypt(proof)));
  await nextInput(channel, PayloadType.encryptionChallengeResponse, payload => {
    const answer = readEncryptionChallenge(payload);
    const returned = answer && cipher.decrypt(answer);
    return returned && encodeBase64(returned) === encodeBase64(proof) ? returned : undefined;
  });
}

async function fetchDataKey(
  response: HandshakeResponse,
  encryption: SessionEncryption,
  challenge: string,
): Promise<Uint8Array> {
  const { sessionId, targetId, decryptDataKey } = encryption;
  const answer = readSessionKeyResult(response.actions.find(({ type }) => type === ENCRYPTION_ACTION)?.result);
  if (!answer) throw new HandshakeFailure(`${ENCRYPTION_ACTION} failed on client with status 0 error: `);
  const bound = answer.isChallengeBound ? challenge : undefined;
  try {
    return await decryptDataKey(answer.ciphertextBlob, sessionKeyContext({ sessionId, targetId, challenge: bound }));
  } catch (error) {
    const code = error instanceof ServiceFault ? `${error.code}: ` : '';
    const reason = code + (error instanceof Error ? error.message : String(error));
    throw new HandshakeFailure(
      `Fetching data key failed: Unable to retrieve data key, Error when decrypting data key ${reason}`,
    );
  }
}
