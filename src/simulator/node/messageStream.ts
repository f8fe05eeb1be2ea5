/** Messages over a byte stream: four bytes of length, then a structured clone, so that bytes stay bytes. */
import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';

const prefixBytes = 4;
/** No request is larger, and nobody else speaks here. */
const longestMessageBytes = 64 * 1024 * 1024;

export function sendMessage(socket: Socket, message: unknown): void {
  if (socket.destroyed) return;
  const body = serialize(message);
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32BE(body.length);
  socket.write(prefix);
  socket.write(body);
}

/** Calls back with each whole message; a stream that holds none ends. */
export function onMessages(socket: Socket, receive: (message: unknown) => void): void {
  let waiting: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    for (;;) {
      const length = waiting.length < prefixBytes ? undefined : waiting.readUInt32BE(0);
      if (length === undefined) return;
      if (length > longestMessageBytes) return void socket.destroy();
      if (waiting.length < prefixBytes + length) return;
      const body = waiting.subarray(prefixBytes, prefixBytes + length);
      waiting = waiting.subarray(prefixBytes + length);
      receive(deserialize(body));
    }
  });
}
