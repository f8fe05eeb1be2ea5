import type { Scope } from '../../src/app/appModel';
import type { SessionTicket } from '../../src/core/ports/sessionGateway';

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
