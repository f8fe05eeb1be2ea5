import type { EndpointKind } from '../core/network';
import { endpointKindWords } from './endpointDetails';
import { t } from './translation';

type VerificationTold =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'notFound'; readonly otherRegion: string | undefined };

/** Why a service cannot be had by this name. */
export function verificationWords(answer: VerificationTold, name: string, region: string): string {
  if (answer.kind === 'malformed') return t('A service’s name has dots: com.amazonaws.{0}.ec2', region);
  return answer.otherRegion
    ? t('{0} names the region {1}; from there AWS shows no such service to this account.', name, answer.otherRegion)
    : t('AWS shows no such service to this account: a typing error, or its owner has not allowed the account.');
}

/** A service that takes other endpoints than interface ones. */
export function notForInterfacesWords(kinds: readonly EndpointKind[]): string {
  return t('The service takes another kind: {0}.', kinds.map(endpointKindWords).join(', '));
}

/** What AWS says of a service, in one line. */
export function serviceOfferWords(offer: {
  readonly kind: EndpointKind;
  readonly owner: string;
  readonly availabilityZones: readonly string[];
  readonly privateDnsName: string | undefined;
  readonly isAcceptanceRequired: boolean;
}): string {
  const facts = [
    endpointKindWords(offer.kind),
    t('owner {0}', offer.owner),
    offer.availabilityZones.length > 0 ? t('zones {0}', offer.availabilityZones.join(', ')) : '',
    offer.privateDnsName ? t('private name {0}', offer.privateDnsName) : t('no private name'),
    offer.isAcceptanceRequired ? t('its owner must accept') : '',
  ];
  return facts.filter(Boolean).join(' · ');
}
