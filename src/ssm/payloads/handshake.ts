import { asObject, encodeJson, readJsonObject } from './jsonObject';

/** The agent's first question, in sessions that perform a handshake. */
export interface HandshakeRequest {
  readonly agentVersion: string;
  readonly actions: readonly HandshakeAction[];
}

export interface HandshakeAction {
  readonly type: string;
  readonly parameters: unknown;
}

export interface HandshakeAnswer {
  readonly type: string;
  readonly status: 'success' | 'failed' | 'unsupported';
  /** JSON as the action defines it; null when there is nothing to say. */
  readonly result: unknown;
  /** Empty on success. */
  readonly error: string;
  /** What the list of all errors says of it, when that is not the same. */
  readonly cause?: string;
}

/** The action that asks for a session key of AWS KMS. */
export const ENCRYPTION_ACTION = 'KMSEncryption';

const NANOSECONDS_PER_MILLISECOND = 1_000_000;
const STATUS_NUMBER = { success: 1, failed: 2, unsupported: 3 } as const;

/** What the action that asks for a session key wants; undefined when its parameters name no key. */
export function readEncryptionRequest(parameters: unknown): EncryptionRequest | undefined {
  const fields = asObject(parameters);
  const keyId = textOf(fields?.KMSKeyId);
  return keyId === '' ? undefined : { keyId, challenge: textOf(fields?.Challenge) };
}

/** Undefined for what is no request; fields that are missing are empty. */
export function readHandshakeRequest(payload: Uint8Array): HandshakeRequest | undefined {
  const fields = readJsonObject(payload);
  const requested = fields?.RequestedClientActions;
  if (!Array.isArray(requested)) return undefined;
  const actions = requested.map(entry => {
    const action = asObject(entry);
    return { type: String(action?.ActionType ?? ''), parameters: action?.ActionParameters };
  });
  return { agentVersion: typeof fields?.AgentVersion === 'string' ? fields.AgentVersion : '', actions };
}

/** Field order of the official client; `Errors` is null when there are none. */
export function encodeHandshakeResponse(clientVersion: string, answers: readonly HandshakeAnswer[]): Uint8Array {
  const errors = answers.flatMap(answer => (answer.error ? [answer.cause ?? answer.error] : []));
  return encodeJson({
    ClientVersion: clientVersion,
    ProcessedClientActions: answers.map(answer => ({
      ActionType: answer.type,
      ActionStatus: STATUS_NUMBER[answer.status],
      ActionResult: answer.result,
      Error: answer.error,
    })),
    Errors: errors.length > 0 ? errors : null,
  });
}

/** What the agent asks for when a session is encrypted. */
export interface EncryptionRequest {
  readonly keyId: string;
  /** Base64 of random bytes; a client may bind its data key to it. */
  readonly challenge: string;
}

/** Field order of the official agent; `properties` is null for command sessions, the port parameters for port sessions. */
export function encodeHandshakeRequest(request: {
  readonly agentVersion: string;
  readonly sessionType: string;
  readonly properties: unknown;
  readonly encryption: EncryptionRequest | undefined;
}): Uint8Array {
  const { agentVersion, sessionType, properties, encryption } = request;
  const actions: object[] = [
    { ActionType: 'SessionType', ActionParameters: { SessionType: sessionType, Properties: properties } },
  ];
  if (encryption)
    actions.push({
      ActionType: ENCRYPTION_ACTION,
      ActionParameters: { KMSKeyId: encryption.keyId, Challenge: encryption.challenge },
    });
  return encodeJson({ AgentVersion: agentVersion, RequestedClientActions: actions });
}

/** What a client answered to each action; `status` 1 is success. */
export interface HandshakeResponse {
  readonly clientVersion: string;
  readonly actions: readonly {
    readonly type: string;
    readonly status: number;
    readonly result: unknown;
    readonly error: string;
  }[];
}

/** Undefined for what is no response; fields that are missing are empty, a missing status is 0. */
export function readHandshakeResponse(payload: Uint8Array): HandshakeResponse | undefined {
  const fields = readJsonObject(payload);
  if (!fields) return undefined;
  const processed = Array.isArray(fields.ProcessedClientActions) ? fields.ProcessedClientActions : [];
  const actions = processed.map(entry => {
    const action = asObject(entry);
    const status = typeof action?.ActionStatus === 'number' ? action.ActionStatus : 0;
    return { type: textOf(action?.ActionType), status, result: action?.ActionResult, error: textOf(action?.Error) };
  });
  return { clientVersion: textOf(fields.ClientVersion), actions };
}

/** `durationMs` is how long the handshake took. */
export function encodeHandshakeComplete(durationMs: number, customerMessage: string): Uint8Array {
  const nanoseconds = Math.round(durationMs * NANOSECONDS_PER_MILLISECOND);
  return encodeJson({ HandshakeTimeToComplete: nanoseconds, CustomerMessage: customerMessage });
}

/** A sentence for the customer that the agent may send with HandshakeComplete; empty when there is none. */
export function readCustomerMessage(payload: Uint8Array): string {
  const message = readJsonObject(payload)?.CustomerMessage;
  return typeof message === 'string' ? message : '';
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
