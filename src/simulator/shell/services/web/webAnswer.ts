import { encodeText } from '../../kernel/text';

/** An answer with its header lines in the server's own order and spelling. */
export interface WebAnswer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** `isHead`: the body stays behind. */
export function encodeWebAnswer({ status, reason, headers, body }: WebAnswer, isHead: boolean): Uint8Array[] {
  const lines = [`HTTP/1.1 ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''];
  const head = encodeText(lines.join('\r\n'));
  return isHead || body.length === 0 ? [head] : [head, body];
}

/** RFC 9110 §5.6.7. */
export function httpDate(timeMs: number): string {
  return new Date(timeMs).toUTCString();
}
