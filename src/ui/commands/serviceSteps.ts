/** What the wizards of endpoint services ask alike. */
import type { LoadBalancerDescription } from '../../core/loadBalancerDescription';
import { loadBalancerStateWords } from '../../words/services';
import { t } from '../../words/translation';
import { type PickItem, pickOne, type Step } from '../wizard';

/** A load balancer as one of several. */
export function balancerItem(balancer: LoadBalancerDescription): PickItem<string> {
  const { name, state, scheme, zones, arn } = balancer;
  return {
    label: name,
    description: [loadBalancerStateWords(state), scheme, zones.map(zone => zone.availabilityZone).join(', ')].join(
      ' · ',
    ),
    detail: arn,
    value: arn,
  };
}

/** Whether new endpoints wait for a yes. */
export function acceptanceStep(answers: { isAcceptanceRequired: boolean }): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('Shall new endpoints wait until you accept them?'),
        active: answers.isAcceptanceRequired,
        items: [
          {
            label: t('Acceptance required'),
            detail: t('Each request stands in the inbox until answered.'),
            value: true,
          },
          { label: t('Accept by itself'), detail: t('Whoever is allowed connects at once.'), value: false },
        ],
      },
      isRequired => {
        answers.isAcceptanceRequired = isRequired;
      },
    );
}

/** Why a text cannot be a private DNS name; nothing at all is fine. */
export function domainProblem(text: string): string | undefined {
  const name = text.trim();
  if (name === '' || /^(?:\*\.)?(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/i.test(name)) return undefined;
  return t('This is no domain name.');
}
