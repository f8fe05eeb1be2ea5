import { needsSignIn } from '../core/needsSignIn';
import { describeError } from './errors';
import { t } from './translation';

/** As `ssm/channelStatus` reports it. */
type StatusTold =
  | { readonly kind: 'ready' | 'agentUnreachable' | 'agentReachable' | 'reconnected' }
  | { readonly kind: 'reconnecting'; readonly delayMs: number; readonly error: unknown }
  | { readonly kind: 'outputLost'; readonly frames: number }
  | { readonly kind: 'inputDropped'; readonly bytes: number }
  | { readonly kind: 'notice'; readonly text: string };

/** What a person should hear of a living session; undefined for what goes without saying. */
export function sessionStatusWords(status: StatusTold): string | undefined {
  switch (status.kind) {
    case 'ready':
      return undefined;
    case 'agentUnreachable':
      return t('Session Manager has lost the instance. Waiting for it to come back…');
    case 'agentReachable':
      return t('The instance is back.');
    case 'reconnecting':
      return reconnectingWords(Math.ceil(status.delayMs / 1000), status.error);
    case 'reconnected':
      return t('Connected again.');
    case 'outputLost':
      return t('Some output was lost ({0} messages).', status.frames);
    case 'inputDropped':
      return t('The instance does not answer; {0} typed bytes were dropped.', status.bytes);
    case 'notice':
      return status.text;
  }
}

function reconnectingWords(seconds: number, error: unknown): string {
  return needsSignIn(error)
    ? t(
        'The connection is lost, and cannot be made again: {0} Trying again in {1} s…',
        describeError(error).sentence,
        seconds,
      )
    : t('The connection is lost. Trying again in {0} s…', seconds);
}

/** How many sessions should have ended and have not. */
export function leftSessionsWords(count: number): string {
  return count === 1 ? t('1 session could not be ended') : t('{0} sessions could not be ended', count);
}

interface EndTold {
  readonly cause: 'finished' | 'timedOut' | 'failed' | 'gone' | 'unreachable' | 'ended';
  readonly reason: string;
}

/** Why a session is over. */
export function sessionEndWords(end: EndTold): string {
  switch (end.cause) {
    case 'finished':
    case 'ended':
      return t('The session has ended.');
    case 'timedOut':
      return t('Session Manager ended the session, because nothing was typed for too long.');
    case 'failed':
      return end.reason ? t('The session failed: {0}', end.reason) : t('The session failed.');
    case 'gone':
      return t('The session cannot be resumed: Session Manager no longer knows it.');
    case 'unreachable':
      return t('The session was lost: Session Manager could not be reached for too long.');
  }
}
