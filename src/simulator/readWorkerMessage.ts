import type { WireRequest } from '../core/ports/wire';
import type { ToWorker } from './workerProtocol';

type Members = Readonly<Record<string, unknown>>;

/** A message of the host's, or undefined for anything that is none: nothing from outside may end the worker. */
export function readWorkerMessage(value: unknown): ToWorker | undefined {
  if (!isObject(value) || typeof value.id !== 'number') return undefined;
  return isKnown(value) ? (value as unknown as ToWorker) : undefined;
}

function isKnown(message: Members): boolean {
  switch (message.kind) {
    case 'request':
      return isRequest(message.request);
    case 'channelOpen':
      return typeof message.streamUrl === 'string' && isTexts(message.headers);
    case 'tunnelOpen':
      return typeof message.url === 'string' && URL.canParse(message.url);
    case 'channelMessage':
      return typeof message.message === 'string' || message.message instanceof Uint8Array;
    case 'channelClose':
      return isObject(message.close) && typeof message.close.code === 'number' && isText(message.close.reason);
    case 'channelPing':
      return typeof message.ping === 'number';
    case 'reset':
      return true;
    default:
      return false;
  }
}

function isRequest(value: unknown): value is WireRequest {
  if (!isObject(value)) return false;
  const { method, host, path, query, headers, body } = value;
  return [method, host, path, query].every(isText) && isTexts(headers) && body instanceof Uint8Array;
}

function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
