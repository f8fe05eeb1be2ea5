import type { TcpConnection } from '../../src/simulator/network/hostNetwork';

/** Answers whatever comes first with an empty page of this status. */
export function answerHttp(connection: TcpConnection, status: number): void {
  const text = `HTTP/1.1 ${status} Fine\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
  connection.read().then(
    () => {
      connection.write(new TextEncoder().encode(text));
      connection.close();
    },
    () => connection.reset(),
  );
}
