import type { ChannelTransport } from '../../core/ports/wire';

/** A close frame without a code (RFC 6455 §7.1.5); it is heard but may not be sent. */
const NO_STATUS = 1005;
const NORMAL_CLOSURE = 1000;

/** Pipes two channels into one, messages and close codes both ways. Each link answers pings by itself. */
export function joinTransports(left: ChannelTransport, right: ChannelTransport): void {
  pipe(left, right);
  pipe(right, left);
}

function pipe(from: ChannelTransport, to: ChannelTransport): void {
  from.onMessage = message => to.send(message);
  from.onClose = ({ code, reason }) => to.close(code === NO_STATUS ? NORMAL_CLOSURE : code, reason);
}
