/** A connection to an HTTP server over the guest's network, shared by `curl` and `aws`. */
import { ConnectError, type TcpConnection } from '../../../network/hostNetwork';
import { openSecureStream } from '../../../network/secureStream';
import type { ByteStream } from '../../../network/stream/byteStream';
import type { Run } from '../../system';

export interface ConnectPlan {
  readonly addresses: readonly string[];
  readonly port: number;
  /** For all addresses together. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Tries the addresses in turn; each but the last gets half of the time that is left, as curl does it. Rejects with the last ConnectError.
 */
export async function connectToAny(
  run: Run,
  plan: ConnectPlan,
  onTry: (address: string) => Promise<void>,
): Promise<TcpConnection> {
  const { process, system } = run;
  const endMs = process.timeline.now() + plan.timeoutMs;
  let failure = new ConnectError('timedOut');
  for (const [index, address] of plan.addresses.entries()) {
    const leftMs = endMs - process.timeline.now();
    if (leftMs <= 0) break;
    const timeoutMs = index < plan.addresses.length - 1 ? leftMs / 2 : leftMs;
    await onTry(address);
    try {
      const connection = await process.until(
        system.network.connectTcp(address, plan.port, { timeoutMs, signal: plan.signal }),
      );
      process.resources.add({ dispose: () => connection.reset() });
      system.socketOwners.claim(connection.localPort, process);
      return connection;
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      failure = error;
    }
  }
  throw failure;
}

/** The stream that HTTP is spoken on: the connection itself, or a secure one over it. */
export function openStream(connection: TcpConnection, url: URL, verify: boolean): Promise<ByteStream> | ByteStream {
  return url.protocol === 'https:' ? openSecureStream(connection, url.hostname, { verify }) : connection;
}

export function portOf(url: URL): number {
  return url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80;
}

/** strerror(3) of a connection that failed. */
export function connectFailureText({ failure }: ConnectError): string {
  const words = {
    refused: 'Connection refused',
    timedOut: 'Connection timed out',
    unreachable: 'No route to host',
    reset: 'Connection reset by peer',
  };
  return words[failure];
}
