import type { WireRequest } from '../core/ports/wire';
import type { SessionSummary } from './agent/sessionHistory';
import type { SessionService } from './agent/sessionService';
import { readStreamUrl } from './agent/streamUrl';
import type { Digests } from './digests';
import { parseAuthorization } from './protocols/authorizationHeader';
import { ServiceFault } from './protocols/serviceFault';
import { verifySignature } from './protocols/verifySignature';
import { decideForCaller } from './world/account';
import type { Principal } from './world/principal';
import type { World } from './world/world';

export interface UpgradeCheckOptions {
  readonly world: World;
  readonly sessions: SessionService;
  readonly digests: Digests;
  /** Whether an upgrade without signature is turned away; clients of before November 2025 do not sign. */
  readonly mustBeSigned: boolean;
}

const channelService = 'ssmmessages';

/**
 * Whether a WebSocket upgrade to a data channel may pass: an unsigned one by its URL alone, a signed one when the signature is right and
 * whoever signed may open data channels.
 */
export async function mayUpgrade(request: WireRequest, options: UpgradeCheckOptions): Promise<boolean> {
  const address = readStreamUrl(`${request.path}?${request.query}`);
  const session = address && options.sessions.find(address.sessionId);
  if (!session || session.endMs !== undefined) return false;
  const header = request.headers.authorization;
  if (header === undefined) return !options.mustBeSigned;
  try {
    return isSignedFor(session, request, options);
  } catch (error) {
    if (error instanceof ServiceFault) return false;
    throw error;
  }
}

function isSignedFor(
  { sessionId, place }: SessionSummary,
  request: WireRequest,
  { world, digests }: UpgradeCheckOptions,
): boolean {
  const presented = parseAuthorization(request.headers.authorization);
  const keys = presented && world.issuedKeys(presented.accessKeyId);
  if (!presented || !keys || presented.service !== channelService || keys.principal.accountId !== place.accountId)
    return false;
  if (!mayOpenChannel(world, keys.principal, `arn:aws:ssm:${place.region}:${place.accountId}:session/${sessionId}`))
    return false;
  if (request.headers['x-amz-security-token'] !== keys.sessionToken) return false;
  const signingKeys = { ...presented, secretAccessKey: keys.secretAccessKey, sessionToken: keys.sessionToken };
  const nowMs = world.timeline.now();
  if (keys.expiresAtMs !== undefined && keys.expiresAtMs <= nowMs) return false;
  for (const query of spellings(request.query))
    if (verifySignature({ ...request, query }, presented, signingKeys, nowMs, digests) === 'valid') return true;
  return false;
}

/** Whether the policies of who signed let them. */
function mayOpenChannel(world: World, principal: Principal, sessionArn: string): boolean {
  const account = world.account(principal.accountId);
  return decideForCaller(account, principal, 'ssmmessages:OpenDataChannel', sessionArn) === 'allowed';
}

/** A raw `+` of the cell number counts as a blank to clients that read the query as a form (aws/session-manager-plugin), as itself to others. */
function spellings(query: string): readonly string[] {
  return [query, query.replaceAll('+', '%20')];
}
