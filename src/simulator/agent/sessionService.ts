import type { Log } from '../../base/log';
import type { InstanceId } from '../../core/ids';
import type { Place } from '../../core/network';
import type { AesGcm } from '../../core/ports/aesGcm';
import type { ChannelTransport } from '../../core/ports/wire';
import type { Sha256 } from '../../ssm/frameCodec';
import type { FrameStamp } from '../../ssm/stampedFrames';
import type { Chance } from '../chance';
import { ServiceFault } from '../protocols/serviceFault';
import type { Guest } from '../shell/guest';
import type { Timeline } from '../timeline';
import { ActiveChannelFaults } from './activeChannelFaults';
import { awsSessionDocuments } from './awsSessionDocuments';
import { createChannelPair } from './channelPair';
import { createPlugin } from './createPlugin';
import type { SessionEncryption } from './handshake';
import { PracticeSession } from './practiceSession';
import type { SessionDocument } from './sessionDocument';
import { SessionHistory, type SessionSummary } from './sessionHistory';
import { checkSessionRequest, planSession, type SessionParameters, type SessionPlan } from './sessionPlan';
import { defaultPreferences, readPreferences, type SessionPreferences } from './sessionPreferences';
import { readStreamUrl, streamUrlOf } from './streamUrl';

/** The document of a session that names none; an account keeps its preferences in one of this name. */
export const PREFERENCES_DOCUMENT = 'SSM-SessionManagerRunShell';

/** A session's data key that the instance asks AWS KMS to decrypt. */
export interface DataKeyRequest {
  readonly place: Place;
  readonly instanceId: InstanceId;
  /** As the preferences name it. */
  readonly keyId: string;
  readonly ciphertextBlob: Uint8Array;
  readonly encryptionContext: Readonly<Record<string, string>>;
}

export interface SessionServiceOptions {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly sha256: Sha256;
  readonly aesGcm: AesGcm;
  /** Scheme and authority of stream URLs, such as `wss://ssmmessages.ap-south-1.amazonaws.com`. */
  readonly streamHost: () => string;
  readonly guestOf: (place: Place, instanceId: InstanceId) => Guest | undefined;
  /** The Session document that an account has of this name. */
  readonly documentOf: (place: Place, name: string) => SessionDocument | undefined;
  /** kms:Decrypt with the instance's credentials; rejects with what the service said. */
  readonly decryptDataKey: (request: DataKeyRequest) => Promise<Uint8Array>;
  readonly log: Log;
}

export interface StartSessionInput {
  readonly place: Place;
  readonly target: InstanceId;
  /** The caller's user or role-session name; the session id begins with it. */
  readonly callerName: string;
  /** ARN of the caller; their name where it is left out. */
  readonly callerArn?: string;
  /** Undefined or empty: the shell document. */
  readonly document: string | undefined;
  readonly parameters: SessionParameters;
  readonly reason?: string | undefined;
}

/** What StartSession and ResumeSession answer. */
export interface StartedSession {
  readonly sessionId: string;
  readonly tokenValue: string;
  readonly streamUrl: string;
}

/** Session Manager as far as the API operations and the data channel need it. */
export interface SessionService {
  /** What goes wrong on demand. */
  readonly faults: ActiveChannelFaults;
  /** Throws a ServiceFault: ValidationException, InvalidDocument, InvalidParameters, TargetNotConnected. */
  start(input: StartSessionInput): StartedSession;
  /** A fresh token and stream URL; undefined when the session is over or was never there. */
  resume(sessionId: string): StartedSession | undefined;
  /** False when there never was such a session. */
  terminate(sessionId: string): boolean;
  find(sessionId: string): SessionSummary | undefined;
  /** Newest first. */
  list(place: Place, state: 'Active' | 'History'): readonly SessionSummary[];
  /** The client's end of a data channel; one that closes at once with 1008 for a stream URL that is unknown or too old. */
  openChannel(streamUrl: string): ChannelTransport;
  /** The instance stopped or is gone: its agents fall silent. */
  loseTarget(place: Place, instanceId: InstanceId): void;
  /** Whether frames pass between a session's instance and the gateway. */
  setLink(sessionId: string, isUp: boolean): void;
  /** The agent gave a session's link up. */
  loseAgent(sessionId: string): void;
}

const SESSION_ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const SESSION_ID_SUFFIX = 26;
/** Session ids have at most 96 characters, suffix and dash included. */
const LONGEST_CALLER_NAME = 96 - SESSION_ID_SUFFIX - 1;
const LONGEST_REASON = 256;
const POLICY_VIOLATION = 1008;

export function createSessionService(options: SessionServiceOptions): SessionService {
  const { timeline, chance, log } = options;
  const sessions = new Map<string, PracticeSession>();
  const history = new SessionHistory(timeline);
  const faults = new ActiveChannelFaults();
  // Apart from the chance of ids, so that these do not follow from how much was typed.
  const frameChance = chance.fork('frames');
  const stamp: FrameStamp = { clock: timeline, sha256: options.sha256, uuid: () => frameChance.uuid() };

  const ticketOf = (session: PracticeSession): StartedSession => {
    const { sessionId } = session.options;
    const { token, cellNumber } = session.issueTicket();
    return { sessionId, tokenValue: token, streamUrl: streamUrlOf(options.streamHost(), sessionId, cellNumber) };
  };

  const planOf = (place: Place, reference: string, parameters: SessionParameters): SessionPlan => {
    checkSessionRequest(reference, parameters);
    const documentName = nameIn(place, reference);
    const preferences = preferencesIn(options.documentOf(place, PREFERENCES_DOCUMENT));
    const document = options.documentOf(place, documentName) ?? awsSessionDocuments.get(documentName)?.document;
    if (document) return planSession(documentName, document, parameters, preferences);
    if (documentName === PREFERENCES_DOCUMENT) return planSession(documentName, plainShell, parameters, preferences);
    throw new ServiceFault('InvalidDocument', `Document with name ${documentName} does not exist.`);
  };

  const encryptionOf = (
    { preferences: { kmsKeyId: keyId } }: SessionPlan,
    place: Place,
    instanceId: InstanceId,
    sessionId: string,
  ): SessionEncryption | undefined =>
    keyId === ''
      ? undefined
      : {
          keyId,
          sessionId,
          targetId: instanceId,
          aesGcm: options.aesGcm,
          randomBytes: length => frameChance.bytes(length),
          decryptDataKey: (ciphertextBlob, encryptionContext) =>
            options.decryptDataKey({ place, instanceId, keyId, ciphertextBlob, encryptionContext }),
        };

  return {
    faults,
    start(input) {
      checkReason(input.reason);
      const { place, target } = input;
      const documentName = input.document || PREFERENCES_DOCUMENT;
      const plan = planOf(place, documentName, input.parameters);
      const guest = options.guestOf(place, target);
      if (!guest || faults.isInForce('targetNotConnected'))
        throw new ServiceFault('TargetNotConnected', `${target} is not connected.`);
      const suffix = chance.text(SESSION_ID_LETTERS, SESSION_ID_SUFFIX);
      const sessionId = `${input.callerName.slice(0, LONGEST_CALLER_NAME)}-${suffix}`;
      const session = new PracticeSession({
        sessionId,
        place,
        target,
        documentName,
        owner: input.callerArn ?? input.callerName,
        reason: input.reason ?? '',
        stamp,
        chance,
        log,
        plugin: createPlugin(plan, guest),
        encryption: encryptionOf(plan, place, target, sessionId),
        faults,
        onOver: () => {
          sessions.delete(sessionId);
          history.add(summaryOf(session));
        },
        limits: plan.preferences,
      });
      sessions.set(sessionId, session);
      return ticketOf(session);
    },
    resume(sessionId) {
      const session = sessions.get(sessionId);
      return session && ticketOf(session);
    },
    terminate(sessionId) {
      sessions.get(sessionId)?.terminate();
      return history.find(sessionId) !== undefined;
    },
    find(sessionId) {
      const session = sessions.get(sessionId);
      return session ? summaryOf(session) : history.find(sessionId);
    },
    list(place, state) {
      const known = state === 'History' ? history.all : [...sessions.values()].map(summaryOf);
      return known.filter(session => isSamePlace(session.place, place)).reverse();
    },
    openChannel(streamUrl) {
      const address = readStreamUrl(streamUrl);
      const session = address && sessions.get(address.sessionId);
      if (address && session?.isCellKnown(address.cellNumber)) return session.openChannel();
      log.info('Session gateway: refused a stream URL that is unknown or expired');
      return refusedChannel();
    },
    loseTarget(place, instanceId) {
      for (const session of sessions.values()) {
        const { options: facts } = session;
        if (facts.target === instanceId && isSamePlace(facts.place, place)) session.loseAgent();
      }
    },
    setLink(sessionId, isUp) {
      sessions.get(sessionId)?.setLink(isUp);
    },
    loseAgent(sessionId) {
      sessions.get(sessionId)?.loseAgent();
    },
  };
}

/** What a shell session is where the account has no preferences document. */
const plainShell: SessionDocument = {
  description: undefined,
  sessionType: 'Standard_Stream',
  parameters: {},
  inputs: undefined,
  properties: {},
};

/** A document may be called by its ARN; AWS's own have no account in theirs. */
function nameIn({ accountId, region }: Place, reference: string): string {
  const owners = ['', accountId].map(owner => `arn:aws:ssm:${region}:${owner}:document/`);
  const owner = owners.find(prefix => reference.startsWith(prefix));
  return owner === undefined ? reference : reference.slice(owner.length);
}

function preferencesIn(document: SessionDocument | undefined): SessionPreferences {
  return document?.inputs ? readPreferences(document.inputs) : defaultPreferences;
}

function checkReason(reason: string | undefined): void {
  if (reason === undefined || (reason.length > 0 && reason.length <= LONGEST_REASON)) return;
  throw new ServiceFault(
    'ValidationException',
    `1 validation error detected: Value at 'reason' failed to satisfy constraint: ` +
      `Member must have length between 1 and ${LONGEST_REASON}`,
  );
}

function refusedChannel(): ChannelTransport {
  const { client, service } = createChannelPair();
  service.close(POLICY_VIOLATION, 'Stream URL is not valid');
  return client;
}

function isSamePlace(left: Place, right: Place): boolean {
  return left.accountId === right.accountId && left.region === right.region;
}

function summaryOf(session: PracticeSession): SessionSummary {
  const { sessionId, place, target, documentName, owner, reason, limits } = session.options;
  const { status, startMs, endMs } = session;
  const { durationLimitMs } = limits;
  return { sessionId, place, target, status, startMs, endMs, documentName, owner, reason, durationLimitMs };
}
