import { decodeBase64, encodeBase64 } from '../../base/base64';
import { asObject } from './jsonObject';

/** A client's answer to the action that asks for a session key. */
export interface SessionKeyAnswer {
  /** The data key as AWS KMS encrypted it. */
  readonly ciphertextBlob: Uint8Array;
  /** Whether the agent's challenge is part of the encryption context. */
  readonly isChallengeBound: boolean;
}

/** The action's result, in the field order of the official client, which binds no challenge and then says nothing of it. */
export function sessionKeyResult({ ciphertextBlob, isChallengeBound }: SessionKeyAnswer): object {
  const result = { KMSCipherTextKey: encodeBase64(ciphertextBlob), KMSCipherTextHash: null };
  return isChallengeBound ? { ...result, ChallengeAcknowledgement: true } : result;
}

/** Undefined for what holds no key. */
export function readSessionKeyResult(result: unknown): SessionKeyAnswer | undefined {
  const fields = asObject(result);
  const key = fields?.KMSCipherTextKey;
  const ciphertextBlob = typeof key === 'string' ? decodeBase64(key) : undefined;
  return ciphertextBlob && { ciphertextBlob, isChallengeBound: fields?.ChallengeAcknowledgement === true };
}

/**
 * The encryption context of a session's data key; both ends must name the same (aws/amazon-ssm-agent:agent/session/crypto).
 * `challenge` only where the client bound it.
 */
export function sessionKeyContext(session: {
  readonly sessionId: string;
  /** As given to StartSession. */
  readonly targetId: string;
  readonly challenge?: string | undefined;
}): Readonly<Record<string, string>> {
  const context = { 'aws:ssm:SessionId': session.sessionId, 'aws:ssm:TargetId': session.targetId };
  return session.challenge === undefined ? context : { ...context, 'aws:ssm:RandomChallenge': session.challenge };
}
