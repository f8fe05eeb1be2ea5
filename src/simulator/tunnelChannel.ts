import type { ChannelTransport } from '../core/ports/wire';
import type { TcpConnection } from './network/hostNetwork';

/** What the service says when nobody answers at the tunnel's end (as the AWS CLI shows it: `Websocket Closure Reason: …`). */
const unreachable = { code: 1011, reason: 'Unable to connect to target' };

/**
 * Carries bytes between a channel and a connection that is being opened, both ways, each message as it comes; resolves when both are
 * closed. What arrives before the connection stands waits for it. Never rejects.
 */
export async function joinTunnel(channel: ChannelTransport, opening: Promise<TcpConnection>): Promise<void> {
  const closed = new Promise<void>(resolve => {
    channel.onClose = () => resolve();
  });
  const connection = await opening.catch(() => undefined);
  if (!connection) {
    channel.close(unreachable.code, unreachable.reason);
    return closed;
  }
  channel.onMessage = message => {
    if (message instanceof Uint8Array) connection.write(message);
    else channel.close(1003, 'Only binary messages are carried');
  };
  void readAll(connection, channel).then(() => channel.close());
  await closed;
  connection.close();
}

/** To the connection's end, or to its reset. */
async function readAll(connection: TcpConnection, channel: ChannelTransport): Promise<void> {
  try {
    for (let bytes = await connection.read(); bytes; bytes = await connection.read()) channel.send(bytes);
  } catch {
    return;
  }
}
