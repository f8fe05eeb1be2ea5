import { LabError } from '../core/errors';
import type { DataKey } from '../core/ports/sessionGateway';
import {
  ENCRYPTION_ACTION,
  type HandshakeAction,
  type HandshakeAnswer,
  type HandshakeRequest,
  readEncryptionRequest,
} from './payloads/handshake';
import { sessionKeyContext, sessionKeyResult } from './payloads/sessionKey';
import { DATA_KEY_BYTES } from './sessionCipher';

/** Which session it is, and where its key comes from if it must be encrypted. */
export interface SessionKeySource {
  readonly sessionId: string;
  /** As given to StartSession. */
  readonly targetId: string;
  /** kms:GenerateDataKey with the caller's credentials. */
  readonly generateDataKey: (keyId: string, encryptionContext: Readonly<Record<string, string>>) => Promise<DataKey>;
}

/** Our answer to a handshake; with a key, everything that is typed and shown is encrypted from now on. */
export interface HandshakeOutcome {
  readonly answers: readonly HandshakeAnswer[];
  readonly dataKey: Uint8Array | undefined;
}

/** Answers each action that the agent asks for; never rejects. Any other status than success makes the agent cancel the session. */
export async function answerHandshake(request: HandshakeRequest, source: SessionKeySource): Promise<HandshakeOutcome> {
  const answers: HandshakeAnswer[] = [];
  let dataKey: Uint8Array | undefined;
  for (const action of request.actions) {
    if (action.type === ENCRYPTION_ACTION) {
      const fetched = await fetchSessionKey(action, source);
      answers.push(fetched.answer);
      dataKey = fetched.dataKey;
    } else answers.push(answerAction(action));
  }
  return { answers, dataKey };
}

function answerAction({ type }: HandshakeAction): HandshakeAnswer {
  if (type === 'SessionType') return { type, status: 'success', result: null, error: '' };
  return { type, status: 'unsupported', result: null, error: `Unsupported action ${type}` };
}

async function fetchSessionKey(
  { type, parameters }: HandshakeAction,
  { sessionId, targetId, generateDataKey }: SessionKeySource,
): Promise<{ readonly answer: HandshakeAnswer; readonly dataKey: Uint8Array | undefined }> {
  try {
    const request = readEncryptionRequest(parameters);
    if (!request) throw new Error('no key was named');
    const challenge = request.challenge === '' ? undefined : request.challenge;
    const context = sessionKeyContext({ sessionId, targetId, challenge });
    const { plaintext, ciphertextBlob } = await generateDataKey(request.keyId, context);
    if (plaintext.length !== DATA_KEY_BYTES) throw new Error(`a data key of ${plaintext.length} bytes`);
    const result = sessionKeyResult({ ciphertextBlob, isChallengeBound: challenge !== undefined });
    return { answer: { type, status: 'success', result, error: '' }, dataKey: plaintext };
  } catch (caught) {
    const cause = reasonOf(caught);
    const error = `Failed to process action ${type}: ${cause}`;
    return { answer: { type, status: 'failed', result: null, error, cause }, dataKey: undefined };
  }
}

/** The cloud's own word where there is one. */
function reasonOf(caught: unknown): string {
  if (caught instanceof LabError) return caught.cloudCode ?? caught.code;
  return caught instanceof Error ? caught.message : String(caught);
}
