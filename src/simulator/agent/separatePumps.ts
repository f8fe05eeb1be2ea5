import { PayloadType } from '../../ssm/frameCodec';
import type { GuestProcess } from '../shell/guest';
import type { AgentChannel } from './agentChannel';
import { READ_BYTES } from './outputPump';
import { Utf8Output } from './utf8Output';

/**
 * Carries two streams live, without pacing. Each pump looks before every read whether the channel is paused, and then gives up for good:
 * what follows is lost (aws/amazon-ssm-agent:agent/session/shell, setupRoutineToWriteCmdPipelineOutput). Resolves when both have ended.
 */
export async function pumpSeparately(
  channel: AgentChannel,
  process: GuestProcess,
  prefixes: { readonly outputPrefix: string; readonly errorPrefix: string },
  signal: AbortSignal,
): Promise<void> {
  const pump = (payloadType: number, prefix: string, read: (maxBytes: number) => Promise<Uint8Array | undefined>) =>
    pumpStream({ channel, payloadType, prefix: new TextEncoder().encode(prefix), read, signal });
  await Promise.all([
    pump(PayloadType.output, prefixes.outputPrefix, maxBytes => process.readOutput(maxBytes)),
    pump(PayloadType.errorOutput, prefixes.errorPrefix, maxBytes => process.readError(maxBytes)),
  ]);
}

interface StreamPump {
  readonly channel: AgentChannel;
  readonly payloadType: number;
  readonly prefix: Uint8Array;
  readonly read: (maxBytes: number) => Promise<Uint8Array | undefined>;
  readonly signal: AbortSignal;
}

const LINE_FEED = 0x0a;

async function pumpStream({ channel, payloadType, prefix, read, signal }: StreamPump): Promise<void> {
  const output = new Utf8Output(payload => channel.send(payloadType, payload));
  let isAtLineStart = true;
  while (channel.isActive) {
    const chunk = await read(READ_BYTES - prefix.length);
    signal.throwIfAborted();
    if (!chunk) return;
    output.write(isAtLineStart ? Uint8Array.from([...prefix, ...chunk]) : chunk);
    isAtLineStart = chunk.at(-1) === LINE_FEED;
  }
}
