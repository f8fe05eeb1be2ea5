/**
 * Sends a thousand frames a second to whoever connects and notes when each is acknowledged: a program of its own, so that the two ends do
 * not wait for each other. The path says how many frames, such as `/2000`; any GET answers what became of the last connection's. Prints its port.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { decodeFrame } from '../../src/ssm/frameCodec';
import { readAcknowledgedNumber } from '../../src/ssm/payloads/acknowledge';
import { outputFramesOf, payloadsOf } from './outputFrames';

const framesPerMs = 1;

let delaysMs: number[] = [];

function serve(socket: WebSocket, frames: readonly Uint8Array[]): void {
  const sentMs: number[] = [];
  const delays: number[] = [];
  delaysMs = delays;
  const startMs = performance.now();
  const timer = setInterval(() => {
    const due = Math.min(frames.length, Math.floor((performance.now() - startMs) * framesPerMs));
    while (sentMs.length < due) {
      const frame = frames[sentMs.length] as Uint8Array;
      sentMs.push(performance.now());
      socket.send(frame);
    }
    if (due === frames.length) clearInterval(timer);
  }, 1);
  socket.on('message', (message: Buffer, isBinary) => {
    const number = isBinary ? acknowledgedNumber(message) : undefined;
    const sent = number === undefined ? undefined : sentMs[number];
    if (number !== undefined && sent !== undefined) delays[number] ??= performance.now() - sent;
  });
  socket.on('close', () => clearInterval(timer));
}

/** The digest may be wrong: a peer's is. */
function acknowledgedNumber(bytes: Uint8Array): number | undefined {
  const reading = decodeFrame(bytes, () => bytes.subarray(80, 112));
  return reading.ok ? Number(readAcknowledgedNumber(reading.frame.payload) ?? -1n) : undefined;
}

const server = createServer((_request, response) => response.end(JSON.stringify(delaysMs)));
const framesByPath = new Map<string, readonly Uint8Array[]>();
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) => {
  const path = request.url ?? '';
  const frames = framesByPath.get(path) ?? outputFramesOf(payloadsOf(Number(path.slice(1))));
  framesByPath.set(path, frames);
  serve(socket, frames);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.on('SIGTERM', () => process.exit(0));
