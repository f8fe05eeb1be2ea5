import * as v from 'valibot';
import { type InstanceId, instanceId, type VpcEndpointId, vpcEndpointId } from '../../core/ids';
import { startOptions } from './captureRequests';

const id = <Id extends string>(parse: (text: string) => Id) =>
  v.pipe(
    v.string(),
    v.check(text => parses(parse, text)),
    v.transform(parse),
  );

const origin = v.variant('kind', [
  v.object({
    kind: v.literal('instance'),
    scopeId: v.string(),
    scopeLabel: v.string(),
    instanceId: id<InstanceId>(instanceId),
    instanceName: v.optional(v.string()),
    endpointId: v.optional(id<VpcEndpointId>(vpcEndpointId)),
  }),
  v.object({ kind: v.literal('file'), uri: v.string() }),
]);

const memory = v.object({
  origin,
  startOptions: v.optional(v.fallback(v.optional(startOptions), undefined)),
  firstTimeMicros: v.optional(v.number()),
});

/** Where a panel's packets come from: what it takes to open it once more. Kept by the page. */
export type CaptureOrigin = v.InferOutput<typeof origin>;

/** What a page has kept of its capture; undefined when it has kept nothing that we know. */
export function rememberedCapture(pageState: unknown): v.InferOutput<typeof memory> | undefined {
  const parsed = v.safeParse(memory, pageState);
  return parsed.success ? parsed.output : undefined;
}

function parses(parse: (text: string) => string, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}
