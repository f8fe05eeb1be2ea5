import * as v from 'valibot';
import type { CaptureRequest } from '../../protocol/capture';

const text = v.pipe(v.string(), v.maxLength(4096));
const id = v.pipe(v.number(), v.integer(), v.minValue(1));
const bare = (call: 'ready' | 'stop' | 'clear' | 'save' | 'refreshNetwork') =>
  v.object({ kind: v.literal('call'), id, call: v.literal(call), argument: v.optional(v.undefined()) });
const withText = (call: 'start' | 'openEndpoint' | 'copy') =>
  v.object({ kind: v.literal('call'), id, call: v.literal(call), argument: text });

const request = v.variant('call', [
  bare('ready'),
  bare('stop'),
  bare('clear'),
  bare('save'),
  bare('refreshNetwork'),
  withText('start'),
  withText('openEndpoint'),
  withText('copy'),
]);

/** A message of the page, or undefined for anything else: what comes from a page is checked before use. */
export function parseCaptureRequest(message: unknown): (CaptureRequest & v.InferOutput<typeof request>) | undefined {
  const parsed = v.safeParse(request, message);
  return parsed.success ? (parsed.output as CaptureRequest & v.InferOutput<typeof request>) : undefined;
}
