import { silentLog } from '../../src/base/log';
import { wallClock } from '../../src/compose';
import type { ChannelTransport } from '../../src/core/ports/wire';
import { DataChannel } from '../../src/ssm/dataChannel';
import { nodeChannelPorts } from '../../src/ssm/node/nodeChannelPorts';

/** The ports of the shipped channel. */
export const ports = nodeChannelPorts(wallClock, silentLog);

/** The channel as it ships, on a link that stands. */
export function openBenchChannel(transport: ChannelTransport, onOutput: (bytes: Uint8Array) => void): DataChannel {
  const channel = new DataChannel({
    ports,
    first: { transport, token: 'token' },
    reopen: async () => undefined,
    keySource: { sessionId: 's', targetId: 'i', generateDataKey: () => Promise.reject(new Error('no key')) },
    size: { columns: 300, rows: 100 },
    giveUpAfterMs: 1_000,
  });
  channel.onOutput(({ bytes }) => onOutput(bytes));
  channel.open();
  return channel;
}
