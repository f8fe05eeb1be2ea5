import type { InstanceState } from '../../core/network';
import { instanceStateWords } from '../instanceStates';
import { t } from '../translation';
import type { ErrorTable, Said, SentenceAndHint } from './errorTable';

/** `reach`: why, as `app/sessionReach` finds it; empty where nobody asked. `state`: of an instance that does not run. */
function unconnectedWords(said: Said): SentenceAndHint {
  const instance = said('instanceId') || t('The instance');
  switch (said('reach')) {
    case 'notRunning':
      return [
        t('{0} does not run ({1}), so Session Manager does not reach it.', instance, stateWords(said('state'))),
        said('state') === 'stopped' ? t('Start the instance.') : '',
      ];
    case 'noProfile':
      return [
        t('{0} is not connected to Session Manager: it has no instance profile.', instance),
        t('Attach an instance profile whose role has AmazonSSMManagedInstanceCore.'),
      ];
    case 'connectionLost':
      return [
        t('Session Manager has lost the connection to {0}.', instance),
        t('Its agent has stopped, or its role or its way to Session Manager is gone.'),
      ];
    case 'registering':
      return [
        t('{0} is not connected to Session Manager yet: it was launched a moment ago.', instance),
        t('A new instance takes a minute or two. Try again then.'),
      ];
    default:
      return [
        t('{0} is not connected to Session Manager.', instance),
        t(
          'It needs a role with AmazonSSMManagedInstanceCore and a path to Session Manager; a new instance takes a minute.',
        ),
      ];
  }
}

function stateWords(state: string): string {
  const known = instanceStates.find(each => each === state);
  return known ? instanceStateWords(known) : state;
}

const instanceStates: readonly InstanceState[] = ['pending', 'shuttingDown', 'terminated', 'stopping', 'stopped'];

/** Sessions. */
export const sessionErrors = {
  targetNotConnected: said => unconnectedWords(said),
  sessionEnded: said => [
    said('detail') ? t('The session has ended: {0}', said('detail')) : t('The session has ended.'),
    t('Start it again.'),
  ],
  sessionTimedOut: _said => [
    t('The instance did not answer in time.'),
    t('Try again; if it stays so, look at the instance’s state.'),
  ],
  channelFailed: said => [
    said('detail') ? t('The link to the instance broke: {0}', said('detail')) : t('The link to the instance broke.'),
    t('Start it again.'),
  ],
} satisfies ErrorTable;
