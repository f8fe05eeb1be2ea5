/** Puts clouds behind core's ports: what the editor, the command line and the tests share of the wiring. */
import type { Agent } from 'node:http';
import type { SavedScope, Scope, ScopeKind } from './app/appModel';
import { noteErrorScope } from './app/errorScope';
import type { SessionPorts } from './app/sessionPorts';
import type { AwsConnection } from './aws/connection';
import type { ProfileSignIn } from './aws/signIn/profileSignIn';
import type { Clock } from './base/clock';
import { toDisposable } from './base/disposable';
import type { Log } from './base/log';
import { LabError } from './core/errors';
import { type Region, region, scopeId } from './core/ids';
import { partitionOf } from './core/partition';
import type { CloudGateways } from './core/ports/gateways';
import type { SecureShellClient } from './core/ports/secureShell';
import type { WireHandler } from './core/ports/wire';
import type { PracticeAccount, PracticeCloud } from './simulator/practiceCloud';

export const wallClock: Clock = {
  now: () => Date.now(),
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs);
    return toDisposable(() => clearTimeout(timer));
  },
};

/** What sessions need of this machine. Loaded when asked for: Node's crypto takes longer to read than all that activation needs. */
export async function sessionPorts(log: Log, clock: Clock = wallClock): Promise<SessionPorts> {
  const { nodeChannelPorts } = await import('./ssm/node/nodeChannelPorts');
  return nodeChannelPorts(clock, log);
}

/** SSH's client side. Loaded when asked for, as it is large. */
export async function secureShellClient(): Promise<SecureShellClient> {
  return (await import('./ssh/sshClient')).sshClient;
}

/** One scope for each account of a practice cloud, provider first. Where the cloud runs does not matter: worker, or this thread. */
export function composePractice(cloud: PracticeCloud, log: Log, clock: Clock = wallClock): readonly Scope[] {
  return cloud.accounts.map(account => practiceScope(cloud, account, log, clock));
}

function practiceScope(cloud: PracticeCloud, account: PracticeAccount, log: Log, clock: Clock): Scope {
  const { accessKeyId, secretAccessKey } = account;
  const place = region(cloud.region);
  return scope('practice', account.name, `practice:${account.name}`, place, () => ({
    region: place,
    credentials: async () => ({ accessKeyId, secretAccessKey }),
    requestHandler: whileItRuns(cloud.handle),
    openChannel: async (ticket, signedHeaders) => cloud.openChannel(ticket.streamUrl, signedHeaders),
    openTunnel: async url => cloud.openTunnel(url),
    clock,
    log,
  }));
}

/** The cloud itself answers every request; only its end can keep it from that. */
function whileItRuns(handle: WireHandler): WireHandler {
  return async (request, signal) => {
    try {
      return await handle(request, signal);
    } catch (cause) {
      signal?.throwIfAborted();
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new LabError('practiceFailed', { detail }, { cause });
    }
  };
}

export interface ProfileScopeOptions {
  readonly clock?: Clock;
  /** How requests leave this machine, asked for at the first; by default straight ahead. */
  readonly agent?: () => Promise<Agent>;
  /** Shared by the scopes of a window, so that one profile signs in once for all its regions. */
  readonly signIns?: Map<string, Promise<ProfileSignIn>>;
}

/** A scope that signs in with a profile of this machine's AWS config files: AWS itself, or what its `endpoint_url` names. */
export function composeProfileScope(saved: SavedScope, log: Log, options: ProfileScopeOptions = {}): Scope {
  const { clock = wallClock, signIns = new Map() } = options;
  const signIn = once(async () => {
    const shared = await sharedSignIn(saved, { ...options, clock, signIns });
    // Also when another region of the profile signs in: the gateways keep who signs.
    shared.onDidSignIn(() => made.forgetGateways());
    return shared;
  });
  const connect = async (): Promise<AwsConnection> => {
    const agent = await options.agent?.();
    return { ...profileConnection(saved, agent, signIn), clock, log };
  };
  const id = `profile:${saved.profile}@${saved.region}`;
  const made = scope(kindOf(saved), saved.profile, id, region(saved.region), connect);
  return {
    ...made,
    saved,
    isReadOnly: saved.isReadOnly ?? false,
    signIn: async desk => {
      const shared = await signIn();
      await shared.signIn(desk).catch(error => {
        noteErrorScope(error, made.id);
        throw error;
      });
    },
  };
}

/** A failure is tried again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch(error => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

function profileConnection(
  saved: SavedScope,
  agent: Agent | undefined,
  signIn: () => Promise<ProfileSignIn>,
): Omit<AwsConnection, 'clock' | 'log'> {
  return {
    region: region(saved.region),
    credentials: async () => (await signIn()).credentials(),
    forgetCredentials: () => void signIn().then(shared => shared.forget()),
    ...(saved.endpointUrl === undefined ? {} : { endpointUrl: saved.endpointUrl }),
    ...(saved.serviceEndpointUrls === undefined ? {} : { serviceEndpointUrls: saved.serviceEndpointUrls }),
    ...(agent === undefined ? {} : { agent }),
    openChannel: async (ticket, headers, signal) => {
      if ((saved.serviceEndpointUrls?.ssm ?? saved.endpointUrl) === undefined) requireTls(ticket.streamUrl);
      const { openWebSocket } = await import('./ssm/node/webSocketTransport');
      return openWebSocket(ticket.streamUrl, { headers, signal, agent });
    },
    openTunnel: async (url, signal) => {
      const { openWebSocket } = await import('./ssm/node/webSocketTransport');
      return openWebSocket(url, { headers: {}, signal, agent, action: 'ec2-instance-connect:OpenTunnel' });
    },
  };
}

function sharedSignIn(
  saved: SavedScope,
  { signIns, agent, clock }: ProfileScopeOptions & Required<Pick<ProfileScopeOptions, 'clock' | 'signIns'>>,
): Promise<ProfileSignIn> {
  const { profile, region, endpointUrl, serviceEndpointUrls } = saved;
  const key = JSON.stringify([profile, partitionOf(region).id, endpointUrl, serviceEndpointUrls]);
  const known = signIns.get(key);
  if (known) return known;
  const endpointUrlOf = (service: string) => serviceEndpointUrls?.[service] ?? endpointUrl;
  const made = Promise.all([import('./aws/signIn/profileSignIn'), agent?.()]).then(
    ([{ ProfileSignIn }, by]) => new ProfileSignIn({ profile, region, endpointUrlOf, agent: by, clock }),
  );
  signIns.set(key, made);
  return made;
}

function scope(
  kind: ScopeKind,
  label: string,
  id: string,
  place: Region,
  connect: () => AwsConnection | Promise<AwsConnection>,
) {
  let gateways: Promise<CloudGateways> | undefined;
  const ownId = scopeId(id.replaceAll(/[^\w.:@/-]/g, letter => `:${letter.codePointAt(0)?.toString(16)}`));
  const noteFailure = (error: LabError) => noteErrorScope(error, ownId);
  return {
    id: ownId,
    label,
    kind,
    region: place,
    gateways() {
      gateways ??= Promise.all([import('./aws/createGateways'), connect()]).then(([{ createGateways }, connection]) =>
        createGateways({ ...connection, noteFailure }),
      );
      return gateways;
    },
    /** They keep who signs. */
    forgetGateways() {
      gateways = undefined;
    },
  };
}

/** LOCAL is what answers on this machine, whatever it is asked; when a single address leads away, it is LIVE. */
function kindOf({ endpointUrl, serviceEndpointUrls = {} }: SavedScope): ScopeKind {
  const named = Object.values(serviceEndpointUrls);
  const isAllNamed = essentialServices.every(service => service in serviceEndpointUrls);
  const urls = endpointUrl === undefined && isAllNamed ? named : [endpointUrl, ...named];
  return urls.every(isLoopback) ? 'local' : 'live';
}

/** Services without whose address there is no scope, by their id in the shared config. */
const essentialServices = ['ec2', 'elastic_load_balancing_v2', 'iam', 'kms', 'ssm', 'sts'];

function isLoopback(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

/** AWS gives nothing else; the token of the first frame is worth a session. */
function requireTls(streamUrl: string): void {
  if (new URL(streamUrl).protocol !== 'wss:')
    throw new LabError('channelFailed', { detail: 'the stream is not encrypted' });
}
