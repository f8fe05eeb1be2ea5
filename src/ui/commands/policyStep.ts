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

type PolicyChoice = 'open' | 'paste' | 'shut';

/** Who may do what through the endpoint: everything, what the clipboard holds, or nothing for now. */
export function policyStep({ isOffered, accept }: PolicyQuestion): Step {
  return async frame => {
    let problem = '';
    for (;;) {
      let chosen = 'open' as PolicyChoice;
      const placeholder = problem || t('What does the endpoint’s policy allow?');
      const outcome = await pickOne<PolicyChoice>(
        frame,
        {
          placeholder,
          active: 'open',
          items: isOffered() ? choices() : [openChoice(t('The service takes no policy.'))],
        },
        value => {
          chosen = value;
        },
      );
      if (outcome !== 'next') return outcome;
      const pasted = chosen === 'paste' ? await readClipboard() : '';
      if (chosen !== 'paste' || policyProblems(pasted).length === 0) {
        accept({ open: undefined, paste: pasted, shut: denyAllPolicy }[chosen]);
        return 'next';
      }
      problem = t('The clipboard holds no policy. Copy one, or choose another way.');
    }
  };
}

function choices(): readonly PickItem<PolicyChoice>[] {
  return [
    openChoice(t('Who may call the service may call it through the endpoint.')),
    { label: t('Policy from the clipboard'), detail: t('Its JSON is checked first.'), value: 'paste' },
    { label: t('Nobody yet'), detail: t('Everything is denied until the policy is edited.'), value: 'shut' },
  ];
}

const openChoice = (detail: string): PickItem<PolicyChoice> => ({ label: t('Full access'), detail, value: 'open' });

/** Empty when the browser does not let us read it. */
async function readClipboard(): Promise<string> {
  try {
    return await vscode.env.clipboard.readText();
  } catch {
    return '';
  }
}
