import { connect } from 'node:net';

/**
 * Sends the same request over some connections for a while, each as soon as the last is answered; resolves with answers a second. Speaks
 * as little HTTP as it can, so that the server is what is measured. Rejects for an answer other than 200.
 */
export async function requestsPerSecond(
  port: number,
  request: Buffer,
  { connections, durationMs }: { readonly connections: number; readonly durationMs: number },
): Promise<number> {
  const startMs = performance.now();
  const endMs = startMs + durationMs;
  const counts = await Promise.all(Array.from({ length: connections }, () => ask(port, request, endMs)));
  return (counts.reduce((sum, count) => sum + count, 0) * 1000) / (performance.now() - startMs);
}

function ask(port: number, request: Buffer, endMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let count = 0;
    let missingBytes = 0;
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('connect', () => socket.write(request));
    socket.on('data', chunk => {
      missingBytes = missingBytes > 0 ? missingBytes - chunk.length : answerBytes(chunk) - chunk.length;
      if (missingBytes > 0) return;
      count++;
      if (performance.now() < endMs) return void socket.write(request);
      socket.destroy();
      resolve(count);
    });
  });
}

/** Length of the answer whose head begins a chunk. */
function answerBytes(chunk: Buffer): number {
  const headEnd = chunk.indexOf('\r\n\r\n');
  const head = chunk.toString('latin1', 0, headEnd);
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(`The server answered ${chunk.toString('utf8', 0, 400)}`);
  return headEnd + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
}
