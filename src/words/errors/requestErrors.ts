import { limitWords } from '../limits';
import { t } from '../translation';
import { during, type ErrorTable } from './errorTable';

/** What comes of a request, whatever it is for. */
export const requestErrors = {
  accessDenied: said => [
    t('You are not allowed to do {0}.', during(said)),
    t('Ask for this right, or sign in as somebody who has it. The network is not to blame: AWS answered.'),
  ],
  notAnAwsEndpoint: said => [
    t('The answer to {0} is none that AWS would give.', during(said)),
    t('Check the endpoint URL of the scope: something else answers there.'),
  ],
  rehearsalPassed: said => [t('{0} would be allowed.', during(said)), t('Nothing was changed.')],
  rehearsalNotOffered: said => [
    t('AWS does not say beforehand whether {0} is allowed.', during(said)),
    t('Nothing was sent.'),
  ],
  scopeReadOnly: said => [
    t('{0} is read-only here: nothing was changed.', said('scope')),
    t('Its context menu allows changes again.'),
  ],
  answerLost: said => [
    t('The answer to {0} was lost: it may have been done, or not.', during(said)),
    t('Look before you repeat it, so that nothing is made twice.'),
  ],
  throttled: said => [t('AWS asks to slow down ({0}).', during(said)), t('Wait a little, then repeat it.')],
  requestRefused: said => [
    said('detail')
      ? t('{0} was refused: {1}', during(said), said('detail'))
      : t('{0} was refused ({1}).', during(said), said('code', said('status'))),
    t('The log has the request id.'),
  ],
  limitExceeded: said => [
    t('A limit is reached: {0}.', limitWords(said('limit'))),
    t('Delete what is not needed, or ask AWS for a higher quota.'),
  ],
  dependencyViolation: said => [
    said('detail') ? t('It is still in use: {0}', said('detail')) : t('It is still in use, so it cannot be deleted.'),
    t('Delete what depends on it first; interfaces of a deleted endpoint take a few minutes to go.'),
  ],
  resourceNotFound: said => [
    said('id')
      ? t('{0} does not exist.', said('id'))
      : t('Nothing of the kind was found: {0}.', said('kind', during(said))),
    t('It may have been deleted, or be in another account or region. Refresh the view.'),
  ],
} satisfies ErrorTable;
