import * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../../app/appModel';
import { type AddressOwner, findAddressOwners, isAddress } from '../../app/operations/findAddressOwner';
import { isServiceName, type ServiceVerification, verifyService } from '../../app/operations/verifyService';
import { addressOwnerWords } from '../../words/addressOwners';
import { serviceOfferWords, verificationWords } from '../../words/serviceVerification';
import { t } from '../../words/translation';
import { copyText } from '../copyText';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';
import { enterText, runSteps } from '../wizard';
import { whileReading } from './whileReading';

/** Asks AWS whether it shows a service to the account, and says what it is. Resolves with AWS's answer. */
export function verifyServiceCommand(scopes: ScopeStore) {
  return async (target: ScopeTarget | undefined): Promise<ServiceVerification | undefined> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Which scope?')));
    if (!scope) return undefined;
    const name = await ask(
      t('Verify a service name'),
      t('The full name: com.amazonaws.vpce.<region>.vpce-svc-…'),
      text => (isServiceName(text.trim()) ? undefined : verificationWords({ kind: 'malformed' }, text, scope.region)),
    );
    if (name === undefined) return undefined;
    const answer = await whileReading(scope, signal => verifyService(scope, name, { signal }));
    if (answer.kind !== 'found') await warn(verificationWords(answer, name, scope.region));
    else await show(t('{0} is there for {1}', name, scope.label), answer.offers.map(serviceOfferWords));
    return answer;
  };
}

/** Says who has an address. Resolves with the owners. */
export function findAddressCommand(scopes: ScopeStore, reveal: (scope: Scope, id: string) => Promise<void>) {
  return async (target: ScopeTarget | undefined): Promise<readonly AddressOwner[] | undefined> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Which scope?')));
    if (!scope) return undefined;
    const address = await ask(
      t('Find the endpoint of an address'),
      t('An IPv4 address, such as 172.31.36.107'),
      text => (isAddress(text) ? undefined : t('An IPv4 address has four numbers from 0 to 255.')),
    );
    if (address === undefined) return undefined;
    const owners = await whileReading(scope, signal => findAddressOwners(scope, address, { signal }));
    const [owner] = owners;
    if (!owner) await warn(t('Nothing in {0} ({1}) has {2}.', scope.label, scope.region, address));
    else {
      await show(address, owners.map(addressOwnerWords));
      if (owner.kind === 'endpoint' || owner.kind === 'instanceConnect') await reveal(scope, owner.endpoint.id);
    }
    return owners;
  };
}

async function ask(
  title: string,
  prompt: string,
  problemOf: (text: string) => string | undefined,
): Promise<string | undefined> {
  let answer = '';
  const isGiven = await runSteps(title, [
    frame =>
      enterText(frame, { prompt, value: '', problemOf }, text => {
        answer = text.trim();
      }),
  ]);
  return isGiven ? answer : undefined;
}

/** Lines to read; Enter copies one. */
async function show(title: string, lines: readonly string[]): Promise<void> {
  const chosen = await vscode.window.showQuickPick(lines, { title, placeHolder: t('Enter copies a line.') });
  if (chosen !== undefined) await copyText(chosen);
}

/** Does not wait until it is dismissed. */
async function warn(sentence: string): Promise<void> {
  void vscode.window.showWarningMessage(sentence);
}
