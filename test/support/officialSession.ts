import type { SessionParameters } from '../../src/simulator/agent/sessionPlan';
import { GuestBench } from './guestConsole';
import { OfficialClient, type OfficialClientOptions } from './officialClient';
import { PracticeSessions, place, target } from './practiceSessions';
import { runFor, runUntil } from './runTimeline';

/** The official client in a session on a guest's operating system, nothing faked in between. */
export class OfficialSession {
  readonly bench: GuestBench;
  readonly world: PracticeSessions;
  client!: OfficialClient;
  sessionId = '';

  constructor(bench = new GuestBench()) {
    this.bench = bench;
    this.world = new PracticeSessions({ timeline: bench.timeline, guest: bench.guest });
  }

  /** Each parameter has one value. */
  start(
    document: string | undefined,
    parameters: Readonly<Record<string, string>> = {},
    client: Partial<OfficialClientOptions> = {},
  ): void {
    const lists: SessionParameters = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, [value]]),
    );
    const started = this.world.service.start({ place, target, callerName: 'student', document, parameters: lists });
    this.sessionId = started.sessionId;
    this.client = this.#connect(started, client);
  }

  /** A second client of the session, which begins without what the first one knew. */
  resume(): OfficialClient {
    const resumed = this.world.service.resume(this.sessionId);
    if (!resumed) throw new Error('the session is over');
    return this.#connect(resumed, {});
  }

  wait(durationMs: number): Promise<void> {
    return runFor(this.bench.timeline, durationMs);
  }

  until(condition: () => boolean, limitMs = 60_000): Promise<void> {
    return runUntil(this.bench.timeline, condition, limitMs);
  }

  /** Waits for the end of the channel. */
  end(limitMs = 60_000): Promise<void> {
    return this.until(() => this.client.isClosed, limitMs);
  }

  #connect(
    ticket: { readonly streamUrl: string; readonly tokenValue: string },
    client: Partial<OfficialClientOptions>,
  ): OfficialClient {
    const transport = this.world.service.openChannel(ticket.streamUrl);
    return new OfficialClient(transport, { clock: this.bench.timeline, token: ticket.tokenValue, ...client });
  }
}
