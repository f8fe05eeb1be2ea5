import * as vscode from 'vscode';
import { denyAllPolicy } from '../../core/endpointPolicy';
import { policyProblems } from '../../core/policyProblems';
import { t } from '../../words/translation';
import { type PickItem, pickOne, type Step } from '../wizard';

interface PolicyQuestion {
  /** Some services take no policy. */
  isOffered(): boolean;
  /** Undefined: full access. */
  accept(document: string | undefined): void;
}

/** Who may do what through the endpoint: everything, what the clipboard holds, or nothing for now. */
export function policyStep({ isOffered, accept }: PolicyQuestion): Step {
  return async frame => {
    const pasted = await vscode.env.clipboard.readText();
    const isPolicy = policyProblems(pasted).length === 0;
    const open: PickItem<string | undefined> = {
      label: t('Full access'),
      detail: isOffered()
        ? t('Who may call the service may call it through the endpoint.')
        : t('The service takes no policy.'),
      value: undefined,
    };
    const paste: PickItem<string | undefined> = {
      label: t('Policy from the clipboard'),
      detail: t('{0} characters of JSON', pasted.length),
      value: pasted,
    };
    const shut: PickItem<string | undefined> = {
      label: t('Nobody yet'),
      detail: t('Everything is denied until the policy is edited.'),
      value: denyAllPolicy,
    };
    return pickOne(
      frame,
      {
        placeholder: t('What does the endpoint’s policy allow?'),
        active: undefined,
        items: isOffered() ? [open, ...(isPolicy ? [paste] : []), shut] : [open],
      },
      accept,
    );
  };
}
