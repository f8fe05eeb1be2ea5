/**
 * Sends frames to whoever connects, each on its own as the agent does, as fast as they are taken: a program of its own, so that the
 * sender's CPU time is not the receiver's. The path says how many, such as `/20000`. Prints its port.
 */
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { outputFramesOf, payloadsOf } from './outputFrames';

/** So many frames may be under way in this process before it waits. */
const framesAtOnce = 256;

async function sendAll(socket: WebSocket, frames: readonly Uint8Array[]): Promise<void> {
  for (let start = 0; start < frames.length && socket.readyState === socket.OPEN; start += framesAtOnce) {
    const batch = frames.slice(start, start + framesAtOnce);
    await Promise.all(batch.map(frame => new Promise(resolve => socket.send(frame, resolve))));
  }
}

const framesByPath = new Map<string, readonly Uint8Array[]>();

function framesOf(path: string): readonly Uint8Array[] {
  const frames = framesByPath.get(path) ?? outputFramesOf(payloadsOf(Number(path.slice(1))));
  framesByPath.set(path, frames);
  return frames;
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('listening', () => console.log((server.address() as AddressInfo).port));
server.on('connection', (socket, request) => void sendAll(socket, framesOf(request.url ?? '')));
process.on('SIGTERM', () => process.exit(0));
