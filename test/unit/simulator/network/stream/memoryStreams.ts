import { AsyncQueue } from '../../../../../src/base/async';
import type { TcpConnection } from '../../../../../src/simulator/network/hostNetwork';

/** Two ends of a stream in memory, each like a TCP connection; `cut` splits what is written into pieces of that size. */
export function memoryStreams(cut = 0xffff_ffff): readonly [TcpConnection, TcpConnection] {
  const queues = [new AsyncQueue<Uint8Array>(), new AsyncQueue<Uint8Array>()] as const;
  const end = (
    incoming: AsyncQueue<Uint8Array>,
    outgoing: AsyncQueue<Uint8Array>,
    localPort: number,
  ): TcpConnection => ({
    localAddress: '10.0.0.1',
    localPort,
    remoteAddress: '10.0.0.1',
    remotePort: 3 - localPort,
    write(bytes) {
      for (let offset = 0; offset < bytes.length; offset += cut) outgoing.push(bytes.slice(offset, offset + cut));
    },
    async read() {
      const { value, done } = await incoming.next();
      return done ? undefined : value;
    },
    close: () => outgoing.end(),
    reset: () => outgoing.fail(new Error('reset')),
  });
  return [end(queues[0], queues[1], 1), end(queues[1], queues[0], 2)];
}
