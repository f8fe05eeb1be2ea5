import type { Chance } from '../chance';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const DATA_CHANNEL_PATH = '/v1/data-channel/';

/** Base64-like, with the raw `+` and `/` that real ones have and careless clients mangle. */
export function newCellNumber(chance: Chance): string {
  return `AAEAA${chance.text(BASE64, 24)}+${chance.text(BASE64, 24)}/${chance.text(BASE64, 24)}`;
}

/** At most 300 characters. */
export function newToken(chance: Chance): string {
  return `AAEAA${chance.text(BASE64, 187)}`;
}

/** `origin` is scheme and authority, such as `wss://ssmmessages.ap-south-1.amazonaws.com`. */
export function streamUrlOf(origin: string, sessionId: string, cellNumber: string): string {
  return `${origin}${DATA_CHANNEL_PATH}${sessionId}?role=publish_subscribe&cell-number=${cellNumber}`;
}

/** Session id and cell number of a stream URL, or of its path and query alone. The cell number may come raw or percent-encoded. */
export function readStreamUrl(url: string): { readonly sessionId: string; readonly cellNumber: string } | undefined {
  const match = /\/v1\/data-channel\/([^/?]+)(?:\?(.*))?$/.exec(url);
  if (!match) return undefined;
  const pairs = (match[2] ?? '').split('&');
  const cellNumber = pairs.find(pair => pair.startsWith('cell-number='))?.slice('cell-number='.length) ?? '';
  try {
    return { sessionId: decodeURIComponent(match[1] as string), cellNumber: decodeURIComponent(cellNumber) };
  } catch {
    return undefined;
  }
}
