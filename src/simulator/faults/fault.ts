import * as v from 'valibot';

const on = v.optional(v.pipe(v.string(), v.minLength(1)), '*');
const times = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));
const delayMs = v.pipe(v.number(), v.minValue(1), v.maxValue(600_000));

const faultShape = v.variant('kind', [
  v.strictObject({ kind: v.literal('throttle'), on, times }),
  v.strictObject({ kind: v.literal('serverError'), on, times }),
  v.strictObject({ kind: v.literal('expiredCredentials'), on, times }),
  v.strictObject({ kind: v.literal('slow'), on, times, delayMs }),
  v.strictObject({ kind: v.literal('lateReads'), delayMs }),
  v.strictObject({ kind: v.literal('withoutZone'), service: v.string(), zone: v.string() }),
]);

/**
 * Something that goes wrong on demand. `on` says for which calls, as `service:Operation` with wildcards (`ec2:Describe*`); `times` for how many
 * of them, all when left out.
 *
 * - `throttle`, `serverError`, `expiredCredentials`: the call is refused as its service refuses then.
 * - `slow`: it is carried out after `delayMs`.
 * - `lateReads`: for `delayMs` after a change, reads of that account and region show what was there before ("Amazon EC2 API: Eventual
 *   consistency").
 * - `withoutZone`: an AWS service (`com.amazonaws.ap-south-1.ec2`) offers no endpoints in a zone (`aps1-az2`).
 */
export type Fault = v.InferOutput<typeof faultShape>;

/** Reads `throttle,on=ec2:DescribeVpcs,times=2`. Throws a RangeError that says what is wrong with it. */
export function parseFault(text: string): Fault {
  const [kind, ...members] = text.split(',');
  const given = members.map(member => {
    const [name = '', ...value] = member.split('=');
    return [name, ['times', 'delayMs'].includes(name) ? Number(value.join('=')) : value.join('=')] as const;
  });
  const parsed = v.safeParse(faultShape, { kind, ...Object.fromEntries(given) });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new RangeError(`${JSON.stringify(text)} is no fault: ${v.getDotPath(issue) ?? 'kind'}: ${issue.message}`);
}
