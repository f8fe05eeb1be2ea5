import * as v from 'valibot';
import { MAX_FILTER_LENGTH } from '../../core/captureFilter';
import { type CaptureLimitName, captureModes, captureRanges } from '../../core/captureOptions';
import type { CaptureRequest } from '../../protocol/capture';

const text = v.pipe(v.string(), v.maxLength(MAX_FILTER_LENGTH));
const id = v.pipe(v.number(), v.integer(), v.minValue(1));

const limit = (name: CaptureLimitName) => {
  const { least, most } = captureRanges[name];
  return v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
};

/** What a page may ask a capture to be started with. */
export const startOptions = v.object({
  filter: text,
  mode: v.picklist(captureModes),
  packetLimit: limit('packetLimit'),
  timeLimitSeconds: limit('timeLimitSeconds'),
  snapLengthBytes: limit('snapLengthBytes'),
  interfaceName: v.optional(text),
});

const bare = (call: 'ready' | 'stop' | 'clear' | 'save' | 'refreshNetwork' | 'remedy') =>
  v.object({ kind: v.literal('call'), id, call: v.literal(call), argument: v.optional(v.undefined()) });
/** As many lines as the page copies at once fit. */
const MAX_COPIED_CHARACTERS = 16 * 1024 * 1024;

const withText = (call: 'openEndpoint' | 'copy', text: v.GenericSchema<string>) =>
  v.object({ kind: v.literal('call'), id, call: v.literal(call), argument: text });

const request = v.variant('call', [
  bare('ready'),
  bare('stop'),
  bare('clear'),
  bare('save'),
  bare('refreshNetwork'),
  bare('remedy'),
  v.object({ kind: v.literal('call'), id, call: v.literal('start'), argument: startOptions }),
  v.object({ kind: v.literal('call'), id, call: v.literal('flows'), argument: v.picklist(['all', 'changed']) }),
  withText('openEndpoint', text),
  withText('copy', v.pipe(v.string(), v.maxLength(MAX_COPIED_CHARACTERS))),
  v.object({
    kind: v.literal('call'),
    id,
    call: v.literal('packetBytes'),
    argument: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
]);

/** A message of the page, or undefined for anything else: what comes from a page is checked before use. */
export function parseCaptureRequest(message: unknown): CaptureRequest | undefined {
  const parsed = v.safeParse(request, message);
  return parsed.success ? (parsed.output as CaptureRequest) : undefined;
}
