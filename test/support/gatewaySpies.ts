import type { Scope } from '../../src/app/appModel';
import { ChannelEnd } from '../../src/core/ports/channelEnd';
import type { SessionTicket } from '../../src/core/ports/sessionGateway';
import type { ChannelMessage, ChannelTransport } from '../../src/core/ports/wire';

/** A scope that remembers the sessions started through it. */
export interface WatchedSessions {
  readonly scope: Scope;
  readonly sessionIds: readonly string[];
  /** Ids of those that the service would still let go on. */
  alive(): Promise<readonly string[]>;
}

/** The same scope, watched. `whenStarted` may keep the answer to StartSession on its way, `beforeEnd` refuse to end one. */
export function watchSessions(
  scope: Scope,
  whenStarted: (ticket: SessionTicket) => Promise<void> = async () => {},
  beforeEnd: () => Promise<void> = async () => {},
): WatchedSessions {
  const sessionIds: string[] = [];
  return {
    sessionIds,
    scope: {
      ...scope,
      async gateways() {
        const gateways = await scope.gateways();
        const { sessions } = gateways;
        return {
          ...gateways,
          sessions: {
            async startSession(...asked) {
              const ticket = await sessions.startSession(...asked);
              sessionIds.push(ticket.sessionId);
              await whenStarted(ticket);
              return ticket;
            },
            resumeSession: (...asked) => sessions.resumeSession(...asked),
            async terminateSession(...asked) {
              await beforeEnd();
              await sessions.terminateSession(...asked);
            },
            generateDataKey: (...asked) => sessions.generateDataKey(...asked),
            openChannel: (...asked) => sessions.openChannel(...asked),
          },
        };
      },
    },
    async alive() {
      const { sessions } = await scope.gateways();
      const tickets = await Promise.all(sessionIds.map(id => sessions.resumeSession(id)));
      return sessionIds.filter((_id, index) => tickets[index] !== undefined);
    },
  };
}

/** A tunnel that knows whether the cloud has closed it. */
class WatchedTunnel extends ChannelEnd implements ChannelTransport {
  constructor(private readonly inner: ChannelTransport) {
    super();
    inner.onMessage = message => this.deliver(message);
    inner.onClose = close => this.deliverClose(close);
  }

  send(message: ChannelMessage): void {
    this.inner.send(message);
  }

  ping(): Promise<void> {
    return this.inner.ping();
  }

  close(code?: number, reason?: string): void {
    this.inner.close(code, reason);
  }
}

/** The same scope, and the tunnels to port 22 that were dug through it. */
export function watchTunnels(scope: Scope): { readonly scope: Scope; readonly tunnels: readonly WatchedTunnel[] } {
  const dug: WatchedTunnel[] = [];
  return {
    tunnels: dug,
    scope: {
      ...scope,
      async gateways() {
        const gateways = await scope.gateways();
        const { tunnels } = gateways;
        return {
          ...gateways,
          tunnels: {
            pushKey: (...asked) => tunnels.pushKey(...asked),
            async openSshTunnel(...asked) {
              const tunnel = new WatchedTunnel(await tunnels.openSshTunnel(...asked));
              dug.push(tunnel);
              return tunnel;
            },
          },
        };
      },
    },
  };
}
