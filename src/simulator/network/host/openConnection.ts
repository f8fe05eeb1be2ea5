import type { Clock } from '../../../base/clock';
import { type Disposable, toDisposable } from '../../../base/disposable';
import type { TcpConnection } from '../hostNetwork';
import type { TcpSocket } from '../tcp/tcpSocket';
import type { TcpStack } from '../tcp/tcpStack';

export interface OpeningLimits {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Opens a connection. Rejects with ConnectError, after `timeoutMs` too, and with the signal's reason. */
export async function openConnection(
  clock: Clock,
  tcp: TcpStack,
  { address, port }: { readonly address: string; readonly port: number },
  limits: OpeningLimits = {},
): Promise<TcpConnection> {
  limits.signal?.throwIfAborted();
  const socket = tcp.connect(address, port);
  const limit = limitOpening(clock, socket, limits);
  try {
    await socket.opened;
  } catch (error) {
    limits.signal?.throwIfAborted();
    throw error;
  } finally {
    limit.dispose();
  }
  return socket;
}

function limitOpening(clock: Clock, socket: TcpSocket, { timeoutMs, signal }: OpeningLimits): Disposable {
  const give = () => socket.abandon();
  const timer = timeoutMs === undefined ? undefined : clock.after(timeoutMs, give);
  signal?.addEventListener('abort', give, { once: true });
  return toDisposable(() => {
    timer?.dispose();
    signal?.removeEventListener('abort', give);
  });
}
