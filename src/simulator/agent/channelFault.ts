import * as v from 'valibot';

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));
const frame = v.optional(wholeNumber);
const durationMs = v.pipe(v.number(), v.minValue(1), v.maxValue(3_600_000));
const DAMAGES = ['duplicateFrame', 'reorderFrames', 'loseFrame', 'loseAcknowledgement'] as const;
const MALFORMATIONS = ['badDigest', 'shortFrame', 'hugeHeaderLength'] as const;
const LINK_LOSSES = ['bye', 'lostLink', 'silentStall'] as const;

const faultShape = v.variant('kind', [
  v.strictObject({ kind: v.picklist(DAMAGES), frame }),
  v.strictObject({ kind: v.picklist(MALFORMATIONS), frame }),
  v.strictObject({ kind: v.picklist(LINK_LOSSES), frame }),
  v.strictObject({ kind: v.literal('pausePublication'), frame, durationMs }),
  v.strictObject({ kind: v.literal('idleTimeout'), frame }),
  v.strictObject({ kind: v.literal('channelClosed'), frame, output: v.string() }),
  v.strictObject({ kind: v.literal('noHandshakeAnswer') }),
  v.strictObject({ kind: v.literal('targetNotConnected') }),
]);

/**
 * Something that goes wrong on a session's data channel, on demand. `frame` is the sequence number of the agent's frame that it befalls.
 *
 * Without `frame` these befall every frame once; what is lost or damaged comes again as the agent sends it again:
 * - `duplicateFrame`; `reorderFrames` (it comes after the next one); `loseFrame`; `loseAcknowledgement` (the client's, of that frame)
 * - `badDigest`; `shortFrame` (119 bytes); `hugeHeaderLength`
 *
 * These happen once in a session, when the frame is due, the first one without `frame`:
 * - `bye`: the gateway's hourly hang-up, 1000; `lostLink`: 1006; `silentStall`: nothing passes any more, and nobody is told
 * - `pausePublication`: the agent cannot be reached for `durationMs`
 * - `idleTimeout`: the session ends as idle; `channelClosed`: it ends with `output` as the reason
 *
 * `noHandshakeAnswer`: the agent never hears the client's answer; `targetNotConnected`: StartSession refuses.
 */
export type ChannelFault = v.InferOutput<typeof faultShape>;

const NUMBERS: readonly string[] = ['frame', 'durationMs'];

/** Reads `loseFrame,frame=5`. Throws a RangeError that says what is wrong with it. */
export function parseChannelFault(text: string): ChannelFault {
  const [kind, ...members] = text.split(',');
  const given = members.map(member => {
    const [name = '', ...rest] = member.split('=');
    const value = rest.join('=');
    return [name, NUMBERS.includes(name) ? Number(value) : value] as const;
  });
  const parsed = v.safeParse(faultShape, { kind, ...Object.fromEntries(given) });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new RangeError(
    `${JSON.stringify(text)} is no channel fault: ${v.getDotPath(issue) ?? 'kind'}: ${issue.message}`,
  );
}
