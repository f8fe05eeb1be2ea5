import type { Check } from '../../labs/check';
import type { LabAction } from '../../labs/labAction';
import { gapWords } from '../../words/gaps';
import { tell } from '../../words/prose';
import { t } from '../../words/translation';
import { changeWords } from './performAction';
import { kindOf, type LedgerThing } from './things/ledgerThing';

/** What the answer to a check says. */
export function checkWords(check: Check): string {
  return check.state === 'unknown' ? gapWords(check.gap) : tell(check.telling);
}

/** What "Do it for me" does. */
export function actionWords(action: LabAction): string {
  switch (action.operation) {
    case 'run':
      return t('Run on {0}: {1}', action.instanceId, action.commandLine);
    case 'captureWhile':
      if (action.commandInstanceId)
        return t(
          'Capture “{0}” on {1} while this runs on {2}: {3}',
          action.filter,
          action.instanceId,
          action.commandInstanceId,
          action.commandLine,
        );
      return t('Capture “{0}” on {1} while it runs: {2}', action.filter, action.instanceId, action.commandLine);
    case 'logIn':
      return t('Log in to {0} through {1}, and run: {2}', action.instanceId, action.endpointId, action.commandLine);
    case 'lookUpService':
      return t('Look up the service {0}', action.serviceName);
    default:
      return changeWords(action);
  }
}

/** What stands on the ledger. */
export const thingWords = (thing: LedgerThing, resourceId: string | undefined): string =>
  kindOf(thing).words(thing, resourceId);
