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
}

const STATUS_NUMBER = { success: 1, failed: 2, unsupported: 3 } as const;

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
  const errors = answers.flatMap(answer => (answer.error ? [answer.error] : []));
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

/** A sentence for the customer that the agent may send with HandshakeComplete; empty when there is none. */
export function readCustomerMessage(payload: Uint8Array): string {
  const message = readJsonObject(payload)?.CustomerMessage;
  return typeof message === 'string' ? message : '';
}
