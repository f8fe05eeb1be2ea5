import { type EndpointAddressType, nameOrId, type VpcEndpoint } from '../../core/network';
import { isS3 } from '../../core/serviceNames';
import { addressTypeWords } from '../../words/addressTypes';
import { t } from '../../words/translation';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import type { ChangeFact, PlannedChange } from '../changes/plannedChange';
import { planEndpointModification } from './planEndpointModification';

type Store = ResourceStore<EndpointDetails>;

/** Giving the interfaces of an endpoint addresses of another family. Undefined when they are as chosen already. */
export function planAddressTypeChange(
  scope: Scope,
  endpoint: VpcEndpoint,
  ipAddressType: EndpointAddressType,
  store?: Store,
): PlannedChange<void> | undefined {
  const before = endpoint.ipAddressType ?? 'ipv4';
  if (ipAddressType === before) return undefined;
  const text = t('{0} instead of {1}', addressTypeWords(ipAddressType), addressTypeWords(before));
  return planEndpointModification(
    scope,
    endpoint,
    {
      label: t('Change the address type'),
      change: { ipAddressType },
      facts: [endpointFact(endpoint), { icon: 'symbol-numeric', label: t('Address type'), text }],
      warnings:
        ipAddressType === 'ipv6'
          ? [t('Clients that have IPv4 alone lose the endpoint, and so do open connections.')]
          : [],
    },
    store,
  );
}

/** Only S3's private DNS can be kept from the VPC itself ("AWS PrivateLink Guide: Private DNS", Amazon S3 User Guide: "Private DNS"). */
export function hasDnsOptions({
  kind,
  serviceName,
  privateDnsEnabled,
  isPrivateDnsForInboundOnly,
}: VpcEndpoint): boolean {
  return kind === 'interface' && isS3(serviceName) && (privateDnsEnabled || isPrivateDnsForInboundOnly === true);
}

/** Letting private DNS of an S3 endpoint answer the whole VPC, or those alone who ask through an inbound resolver endpoint. */
export function planDnsOptionChange(
  scope: Scope,
  endpoint: VpcEndpoint,
  isForInboundOnly: boolean,
  store?: Store,
): PlannedChange<void> {
  return planEndpointModification(
    scope,
    endpoint,
    {
      label: isForInboundOnly ? t('Answer inbound resolvers only') : t('Answer the whole VPC'),
      change: { privateDnsEnabled: true, isPrivateDnsForInboundOnly: isForInboundOnly },
      facts: [
        endpointFact(endpoint),
        {
          icon: 'globe',
          label: t('Names'),
          text: isForInboundOnly
            ? t('lead to the endpoint from outside {0} only', endpoint.vpcId)
            : t('lead to the endpoint inside {0} too', endpoint.vpcId),
        },
      ],
      warnings: isForInboundOnly
        ? [
            t(
              'Inside the VPC the names have public addresses again: the way to them is a gateway endpoint, which AWS demands.',
            ),
          ]
        : [t('Inside the VPC traffic to S3 leaves the gateway endpoint, which is free, for this one, which is not.')],
    },
    store,
  );
}

function endpointFact(endpoint: VpcEndpoint): ChangeFact {
  return { icon: 'plug', label: t('Endpoint'), text: nameOrId(endpoint) };
}
