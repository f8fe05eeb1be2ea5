import type { Scope } from '../../src/app/appModel';
import type { LabError } from '../../src/core/errors';
import { ChannelEnd } from '../../src/core/ports/channelEnd';
import type { SessionGateway } from '../../src/core/ports/sessionGateway';
import type { ChannelMessage, ChannelTransport } from '../../src/core/ports/wire';

type Refusable = Exclude<keyof SessionGateway, 'generateDataKey'>;

/** The same scope, with sessions that a test disturbs. */
export interface FaultySessions {
  readonly scope: Scope;
  /** What each call is refused with, while it stands here. */
  readonly refusals: Partial<Record<Refusable, LabError>>;
  /** The link of each channel breaks, as when a network cable is pulled. */
  cutLinks(): void;
}

export function faultySessions(scope: Scope): FaultySessions {
  const refusals: FaultySessions['refusals'] = {};
  const links = new Set<CutLink>();
  const orRefuse = async <T>(call: Refusable, work: () => Promise<T>): Promise<T> => {
    const refusal = refusals[call];
    if (refusal) throw refusal;
    return work();
  };
  return {
    refusals,
    cutLinks: () => {
      for (const link of links) link.cut();
    },
    scope: {
      ...scope,
      async gateways() {
        const gateways = await scope.gateways();
        const { sessions } = gateways;
        return {
          ...gateways,
          sessions: {
            startSession: (...asked) => orRefuse('startSession', () => sessions.startSession(...asked)),
            resumeSession: (...asked) => orRefuse('resumeSession', () => sessions.resumeSession(...asked)),
            terminateSession: (...asked) => orRefuse('terminateSession', () => sessions.terminateSession(...asked)),
            generateDataKey: (...asked) => sessions.generateDataKey(...asked),
            openChannel: (...asked) =>
              orRefuse('openChannel', async () => {
                const link = new CutLink(await sessions.openChannel(...asked));
                links.add(link);
                return link;
              }),
          },
        };
      },
    },
  };
}

class CutLink extends ChannelEnd implements ChannelTransport {
  constructor(private readonly inner: ChannelTransport) {
    super();
    inner.onMessage = message => this.deliver(message);
    inner.onClose = close => this.deliverClose(close);
  }

  cut(): void {
    this.deliverClose({ code: 1006, reason: '' });
    this.inner.close();
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
