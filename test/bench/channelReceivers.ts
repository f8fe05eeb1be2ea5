import { ssm } from 'ssm-session';
import WebSocket from 'ws';
import { deferred } from '../../src/base/async';
import type { CapturePipeline } from '../../src/capture/capturePipeline';
import { openWebSocket } from '../../src/ssm/node/webSocketTransport';
import { openBenchChannel } from './benchChannel';

/** Receives frames until they have carried so many bytes of output, then calls `onWhole` and closes; resolves with the bytes. */
export type Receiver = (url: string, wantedBytes: number, onWhole?: () => Promise<void>) => Promise<number>;

const headerBytes = 120;

/** Our channel; what it gives out is parsed and stored. */
export function receiveInto(pipeline: CapturePipeline): Receiver {
  return async (url, wantedBytes, onWhole) => {
    const done = deferred<number>();
    let bytes = 0;
    const transport = await openWebSocket(url, { headers: {} });
    const channel = openBenchChannel(transport, output => {
      pipeline.write(output);
      bytes += output.length;
      if (bytes >= wantedBytes) done.resolve(bytes);
    });
    try {
      await done.promise;
      await onWhole?.();
      return bytes;
    } finally {
      channel.dispose();
    }
  };
}

/** `ws` alone: nothing is done with a message. */
export const receiveBare: Receiver = receiveWith((_socket, message) => message.length - headerBytes);

/** npm's ssm-session as its documentation shows it: decode and acknowledge. */
export const receivePeer: Receiver = receiveWith((socket, message) => {
  const frame = ssm.decode(message);
  ssm.sendACK(socket, frame);
  return frame.payload.length;
});

/** `take` says how many bytes of output a message holds. */
function receiveWith(take: (socket: WebSocket, message: Buffer) => number): Receiver {
  return async (url, wantedBytes, onWhole) => {
    const done = deferred<number>();
    const socket = new WebSocket(url, { perMessageDeflate: false });
    let bytes = 0;
    socket.on('message', (message: Buffer) => {
      bytes += take(socket, message);
      if (bytes >= wantedBytes) done.resolve(bytes);
    });
    socket.on('error', done.reject);
    try {
      await done.promise;
      await onWhole?.();
      return bytes;
    } finally {
      socket.terminate();
    }
  };
}
