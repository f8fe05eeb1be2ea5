import { t } from '../translation';
import type { ErrorTable } from './errorTable';

/** Sessions. */
export const sessionErrors = {
  targetNotConnected: said => [
    t('{0} is not connected to Session Manager.', said('instanceId') || t('The instance')),
    t(
      'It needs a role with AmazonSSMManagedInstanceCore and a path to Session Manager; a new instance takes a minute.',
    ),
  ],
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
