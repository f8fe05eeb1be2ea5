import type { ServicePrivateDnsName } from '../../core/endpointService';
import type { PlaceState } from './placeState';

/** Domains that count as the practice user's own: those that RFC 2606 keeps for examples and tests. */
const ownDomains = /(?:^|\.)(?:example\.(?:com|net|org)|[^.]+\.test)$/;

/** Whether the practice user may publish records under a domain. */
export function isOwnDomain(domain: string): boolean {
  return ownDomains.test(domain);
}

/** The domain that a private DNS name stands for. */
export function domainOf(name: string): string {
  return name.replace(/^\*\./, '').toLowerCase();
}

/**
 * The texts of TXT records that verification of private DNS names has published, for whoever asks the public DNS. A record stands under
 * the name itself and under the domains above it, since providers of DNS put it in either place.
 */
export function publishedTexts(regions: Iterable<PlaceState>, name: string): readonly string[] {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  return [...regions].flatMap(({ endpointServices }) =>
    [...endpointServices.values()].flatMap(({ privateDnsName }) =>
      privateDnsName?.isRecordPublished && recordNamesOf(privateDnsName).includes(wanted)
        ? [privateDnsName.recordValue]
        : [],
    ),
  );
}

function recordNamesOf({ name, recordName }: ServicePrivateDnsName): readonly string[] {
  const labels = domainOf(name).split('.');
  const domains = labels.map((_, index) => labels.slice(index).join('.')).filter(isOwnDomain);
  return domains.map(domain => `${recordName}.${domain}`);
}
