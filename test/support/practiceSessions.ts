import { silentLog } from '../../src/base/log';
import { type AccountId, accountId, instanceId, region } from '../../src/core/ids';
import type { Place } from '../../src/core/network';
import type {
  SessionGateway,
  SessionTicket,
  SessionDocument as WantedSession,
} from '../../src/core/ports/sessionGateway';
import type { ChannelTransport } from '../../src/core/ports/wire';
import type { SessionDocument } from '../../src/simulator/agent/sessionDocument';
import {
  createSessionService,
  type DataKeyRequest,
  type SessionService,
} from '../../src/simulator/agent/sessionService';
import { Chance } from '../../src/simulator/chance';
import type { Guest } from '../../src/simulator/shell/guest';
import { Timeline } from '../../src/simulator/timeline';
import type { ChannelPorts } from '../../src/ssm/channelPorts';
import { nodeAesGcm } from '../../src/ssm/node/nodeAesGcm';
import { FakeGuest } from './fakeGuest';
import { sha256 } from './ssmVectors';

export const target = instanceId('i-0123456789abcdef0');
export const place: Place = { accountId: accountId('111122223333') as AccountId, region: region('ap-south-1') };

/** The practice cloud's session service over a fake guest, on virtual time, and a gateway port to it. */
export class PracticeSessions {
  readonly timeline: Timeline;
  /** Answers unless another guest was given. */
  readonly guest = new FakeGuest();
  readonly service: SessionService;
  readonly ports: ChannelPorts;
  /** Session documents of the account, by name. */
  readonly documents = new Map<string, SessionDocument>();
  /** Stands for AWS KMS. */
  generateDataKey: SessionGateway['generateDataKey'] = () => Promise.reject(new Error('no such key'));
  decryptDataKey: (request: DataKeyRequest) => Promise<Uint8Array> = () => Promise.reject(new Error('no such key'));
  readonly terminated: string[] = [];
  readonly channels: ChannelTransport[] = [];
  resumes = 0;
  /** Stands between client and service; tests replace it to add faults. */
  wrap: (transport: ChannelTransport) => ChannelTransport = transport => transport;
  /** Refuses to resume while it gives an error. */
  resumeFailure: Error | undefined;

  constructor(instead: { readonly timeline?: Timeline; readonly guest?: Guest } = {}) {
    this.timeline = instead.timeline ?? new Timeline(Date.parse('2026-11-21T09:00:00Z'));
    const chance = new Chance('sessions');
    const clientChance = new Chance('client');
    this.service = createSessionService({
      timeline: this.timeline,
      chance,
      sha256,
      aesGcm: nodeAesGcm,
      streamHost: () => 'wss://ssmmessages.ap-south-1.amazonaws.com',
      guestOf: (_place, id) => (id === target ? (instead.guest ?? this.guest) : undefined),
      documentOf: (_place, name) => this.documents.get(name),
      decryptDataKey: request => this.decryptDataKey(request),
      log: silentLog,
    });
    this.ports = {
      clock: this.timeline,
      log: silentLog,
      sha256,
      uuid: () => clientChance.uuid(),
      aesGcm: nodeAesGcm,
      randomBytes: length => clientChance.bytes(length),
      random: () => 0.5,
    };
  }

  get terminal() {
    const terminal = this.guest.terminals.at(-1);
    if (!terminal) throw new Error('no terminal was opened yet');
    return terminal;
  }

  readonly gateway: SessionGateway = {
    startSession: async (instance, document) => {
      const started = this.service.start({
        place,
        target: instance,
        callerName: 'student',
        document: document.name,
        parameters: parametersOf(document),
      });
      return ticketOf(started);
    },
    resumeSession: async sessionId => {
      this.resumes++;
      if (this.resumeFailure) throw this.resumeFailure;
      const resumed = this.service.resume(sessionId);
      return resumed && ticketOf(resumed);
    },
    terminateSession: async sessionId => {
      this.terminated.push(sessionId);
      this.service.terminate(sessionId);
    },
    generateDataKey: (keyId, encryptionContext) => this.generateDataKey(keyId, encryptionContext),
    openChannel: async ticket => {
      const transport = this.wrap(this.service.openChannel(ticket.streamUrl));
      this.channels.push(transport);
      return transport;
    },
  };
}

function parametersOf(document: WantedSession): Record<string, string[]> {
  return 'command' in document ? { command: [document.command] } : {};
}

function ticketOf(started: { sessionId: string; streamUrl: string; tokenValue: string }): SessionTicket {
  return { sessionId: started.sessionId, streamUrl: started.streamUrl, token: started.tokenValue };
}
