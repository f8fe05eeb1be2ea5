import { asObject } from '../../ssm/payloads/jsonObject';

/** The text frame with which a client opens its channel; older clients send no `ClientVersion`. */
export interface OpeningFrame {
  readonly token: string;
  readonly clientId: string;
}

export function readOpeningFrame(text: string): OpeningFrame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const token = asObject(value)?.TokenValue;
  const clientId = asObject(value)?.ClientId;
  return typeof token === 'string' ? { token, clientId: typeof clientId === 'string' ? clientId : '' } : undefined;
}
