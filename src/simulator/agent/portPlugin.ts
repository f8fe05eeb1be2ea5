import { deferred } from '../../base/async';
import { type FrameContent, PayloadType } from '../../ssm/frameCodec';
import { PortFlag, readPortFlag } from '../../ssm/payloads/portFlag';
import type { Guest } from '../shell/guest';
import { BasicPortSession } from './basicPortSession';
import { MuxPortSession } from './muxPortSession';
import { PortDialer } from './portDialer';
import type { PortSession } from './portSession';
import type { PluginRun, SessionPlugin } from './sessionPlugin';
import { compareVersions } from './versions';

/** What a Port document says, as far as the agent looks. */
export interface PortProperties {
  readonly portNumber: string;
  /** Empty: the instance itself. */
  readonly host: string;
  /** `LocalPortForwarding`, or empty for one plain connection, as SSH wants it. */
  readonly type: string;
}

const FORWARDING = 'LocalPortForwarding';
/** The first client that speaks smux. */
const FIRST_WITH_STREAMS = '1.1.70';

/** A port of the instance, or of a host behind it (aws/amazon-ssm-agent:agent/session/plugins/port). Never encrypted. */
export class PortPlugin implements SessionPlugin {
  readonly sessionType = 'Port';
  readonly requiresHandshake = true;
  readonly canBeEncrypted = false;
  readonly #terminated = deferred<string>();
  #session: PortSession | undefined;

  constructor(
    readonly guest: Guest,
    /** All of the document's properties, for the client. */
    readonly clientProperties: Readonly<Record<string, unknown>>,
    readonly properties: PortProperties,
  ) {}

  customerMessage(): string {
    return '';
  }

  async execute(run: PluginRun): Promise<string> {
    const { portNumber, host, type } = this.properties;
    const dialer = new PortDialer(this.guest, { host: host || undefined, port: Number(portNumber) });
    if (await dialer.isForbidden()) return `Forwarding to IP address ${host} is forbidden.`;
    run.signal.throwIfAborted();
    const isForwarding = type === FORWARDING;
    const hasStreams = isForwarding && compareVersions(run.clientVersion, FIRST_WITH_STREAMS) >= 0;
    const session = hasStreams ? new MuxPortSession(dialer) : new BasicPortSession(dialer, isForwarding);
    this.#session = session;
    try {
      return await Promise.race([session.execute(run), this.#terminated.promise]);
    } finally {
      session.close();
    }
  }

  takeInput({ payloadType, payload }: FrameContent): boolean {
    const session = this.#session;
    if (!session?.isReady) return false;
    if (payloadType === PayloadType.output) session.takeBytes(payload);
    if (payloadType === PayloadType.flag) this.#takeFlag(session, readPortFlag(payload));
    return true;
  }

  cancel(): void {
    this.#session?.close();
  }

  #takeFlag(session: PortSession, flag: number | undefined): void {
    if (flag === PortFlag.disconnectToPort) session.disconnect();
    if (flag === PortFlag.terminateSession) this.#terminated.resolve('');
  }
}
