import type { Clock } from '../../../../base/clock';
import type { WireRequest } from '../../../../core/ports/wire';
import type { TcpConnection } from '../../../network/hostNetwork';
import { readRequest } from '../../../network/http1';
import { ByteReader } from '../../../network/stream/byteReader';
import { joinBytes } from '../../kernel/text';
import { encodeWebAnswer, type WebAnswer } from './webAnswer';

/** A web server as its connections need it. */
export interface WebServer {
  readonly clock: Clock;
  /** How long a connection may be idle between requests. */
  readonly keepAliveMs: number;
  answer(request: WireRequest, connection: TcpConnection, isLast: boolean): Promise<WebAnswer>;
  /** The answer to what is no request. */
  answerGarbage(connection: TcpConnection): WebAnswer;
}

/** Serves one client until it leaves, is idle too long or wants no more. */
export async function serveWeb(connection: TcpConnection, server: WebServer): Promise<void> {
  const reader = new ByteReader(connection);
  for (;;) {
    const idle = server.clock.after(server.keepAliveMs, () => connection.close());
    const request = await readRequest(reader)
      .catch(() => 'garbage' as const)
      .finally(() => idle.dispose());
    if (request === undefined) break;
    if (request === 'garbage') {
      write(connection, server.answerGarbage(connection), false);
      break;
    }
    const isLast = request.headers.connection?.toLowerCase() === 'close';
    write(connection, await server.answer(request, connection, isLast), request.method === 'HEAD');
    if (isLast) break;
  }
  connection.close();
}

function write(connection: TcpConnection, answer: WebAnswer, isHead: boolean): void {
  connection.write(joinBytes(encodeWebAnswer(answer, isHead)));
}
