/** Puts clouds behind core's ports: what the editor, the command line and the tests share of the wiring. */
import type { SavedScope, Scope, ScopeKind } from './app/appModel';
import type { SessionPorts } from './app/sessionPorts';
import type { AwsConnection } from './aws/connection';
import type { Clock } from './base/clock';
import { toDisposable } from './base/disposable';
import type { Log } from './base/log';
import { LabError } from './core/errors';
import { region, scopeId } from './core/ids';
import type { CloudGateways } from './core/ports/gateways';
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

/** One scope for each account of a practice cloud, provider first. Where the cloud runs does not matter: worker, or this thread. */
export function composePractice(cloud: PracticeCloud, log: Log, clock: Clock = wallClock): readonly Scope[] {
  return cloud.accounts.map(account => practiceScope(cloud, account, log, clock));
}

function practiceScope(cloud: PracticeCloud, account: PracticeAccount, log: Log, clock: Clock): Scope {
  const { accessKeyId, secretAccessKey } = account;
  return scope('practice', account.name, `practice:${account.name}`, {
    region: region(cloud.region),
    credentials: async () => ({ accessKeyId, secretAccessKey }),
    requestHandler: whileItRuns(cloud.handle),
    openChannel: async (ticket, signedHeaders) => cloud.openChannel(ticket.streamUrl, signedHeaders),
    clock,
    log,
  });
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

/** A scope that signs in with a profile of this machine's AWS config files: AWS itself, or what its `endpoint_url` names. */
export function composeProfileScope(saved: SavedScope, log: Log, clock: Clock = wallClock): Scope {
  const connection: AwsConnection = {
    region: region(saved.region),
    credentials: async () => {
      const { profileCredentials } = await import('./aws/profiles');
      return profileCredentials(saved.profile)();
    },
    ...(saved.endpointUrl === undefined ? {} : { endpointUrl: saved.endpointUrl }),
    openChannel: async (ticket, headers, signal) => {
      if (saved.endpointUrl === undefined) requireTls(ticket.streamUrl);
      const { openWebSocket } = await import('./ssm/node/webSocketTransport');
      return openWebSocket(ticket.streamUrl, { headers, signal });
    },
    clock,
    log,
  };
  return { ...scope(kindOf(saved), saved.profile, `profile:${saved.profile}@${saved.region}`, connection), saved };
}

function scope(kind: ScopeKind, label: string, id: string, connection: AwsConnection): Scope {
  let gateways: Promise<CloudGateways> | undefined;
  return {
    id: scopeId(id.replaceAll(/[^\w.:@/-]/g, letter => `:${letter.codePointAt(0)?.toString(16)}`)),
    label,
    kind,
    region: connection.region,
    gateways() {
      gateways ??= import('./aws/createGateways').then(({ createGateways }) => createGateways(connection));
      return gateways;
    },
  };
}

/** LOCAL is what answers on this machine. */
function kindOf({ endpointUrl }: SavedScope): ScopeKind {
  if (endpointUrl === undefined || !URL.canParse(endpointUrl)) return 'live';
  const { hostname } = new URL(endpointUrl);
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname) ? 'local' : 'live';
}

/** AWS gives nothing else; the token of the first frame is worth a session. */
function requireTls(streamUrl: string): void {
  if (new URL(streamUrl).protocol !== 'wss:')
    throw new LabError('channelFailed', { detail: 'the stream is not encrypted' });
}
