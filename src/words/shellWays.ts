import { t } from './translation';

/** As `app/operations/instanceConnectShell` finds it. */
type Way =
  | { readonly kind: 'ready'; readonly endpoint: { readonly id: string }; readonly by: 'ourselves' | 'awsCli' }
  | {
      readonly kind: 'notComplete' | 'failed';
      readonly endpoint: { readonly id: string; readonly stateMessage: string };
    }
  | { readonly kind: 'notRunning' | 'noEndpoint' };

/** Whether a shell can be had through an Instance Connect endpoint, or why not and what to do. */
export function connectWayWords(way: Way): string {
  switch (way.kind) {
    case 'ready':
      return way.by === 'awsCli'
        ? t('Through {0}, with the AWS CLI in a terminal.', way.endpoint.id)
        : t('Through {0}, by SSH.', way.endpoint.id);
    case 'notComplete':
      return t('{0} is still being made. It takes a minute or two; try again then.', way.endpoint.id);
    case 'failed':
      return t(
        '{0} could not be made: {1}. Delete it and create another.',
        way.endpoint.id,
        way.endpoint.stateMessage || '?',
      );
    case 'notRunning':
      return t('The instance does not run.');
    case 'noEndpoint':
      return t('The VPC has no EC2 Instance Connect Endpoint. Create one first.');
  }
}

/** As `core/ports/secureShell` tells it. */
type ShellEnd = { readonly kind: 'exited' } | { readonly kind: 'lost'; readonly reason: string };

/** Why a shell through a tunnel is over. */
export function secureShellEndWords(end: ShellEnd): string {
  if (end.kind === 'exited') return t('The session has ended.');
  return end.reason
    ? t('The tunnel was closed: {0}.', end.reason)
    : t('The tunnel was closed. An endpoint keeps a connection for an hour at most.');
}
