import { delay } from '../../base/clock';
import { PayloadType } from '../../ssm/frameCodec';
import type { PluginRun } from './sessionPlugin';
import { Utf8Output } from './utf8Output';

/** The agent's own constants (aws/amazon-ssm-agent:agent/session/shell, agent/session/config). */
export const READ_BYTES = 1_024;
export const PAUSE_BETWEEN_READS_MS = 1;

/**
 * Carries what `read` gives to the channel: read, send, sleep 1 ms. A paused agent does not read: a terminal's buffer fills and programs
 * block. Resolves when there is no more; rejects with the signal's reason.
 */
export async function pumpOutput(
  { channel, signal }: PluginRun,
  read: (maxBytes: number) => Promise<Uint8Array | undefined>,
): Promise<void> {
  const output = new Utf8Output(payload => channel.send(PayloadType.output, payload));
  for (;;) {
    await channel.whenActive();
    signal.throwIfAborted();
    const chunk = await read(READ_BYTES);
    signal.throwIfAborted();
    if (!chunk) return;
    output.write(chunk);
    await delay(channel.stamp.clock, PAUSE_BETWEEN_READS_MS, signal);
  }
}
