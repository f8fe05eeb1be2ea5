import { decodeBase64, encodeBase64 } from '../../base/base64';
import { encodeJson, readJsonObject } from './jsonObject';

/** Challenge request and response have the same shape: bytes that one end encrypted for the other. */
export function encodeEncryptionChallenge(challenge: Uint8Array): Uint8Array {
  return encodeJson({ Challenge: encodeBase64(challenge) });
}

/** Undefined for what is no challenge. */
export function readEncryptionChallenge(payload: Uint8Array): Uint8Array | undefined {
  const challenge = readJsonObject(payload)?.Challenge;
  return typeof challenge === 'string' ? decodeBase64(challenge) : undefined;
}
