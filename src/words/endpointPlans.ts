import type { EndpointKind } from '../core/network';
import { PRICES_AS_OF } from '../core/prices';
import { endpointKindWords } from './endpointDetails';
import { t } from './translation';

/** What goes away with an endpoint, as `app` lists it. */
interface LossTold {
  readonly serviceName: string;
  readonly interfaces: readonly { readonly address: string; readonly availabilityZone: string | undefined }[];
  readonly privateDnsNames: readonly string[];
}

/** What is lost by deleting, one sentence a line. */
export function lossWords(loss: LossTold): string {
  const places = loss.interfaces.map(({ address, availabilityZone }) =>
    availabilityZone ? `${address} (${availabilityZone})` : address,
  );
  const lines = [
    places.length === 1
      ? t('Its interface is removed: {0}.', places[0]!)
      : t('Its {0} interfaces are removed: {1}.', places.length, places.join(', ')),
    loss.privateDnsNames.length === 0
      ? t('Programs that name the endpoint itself stop working.')
      : t('Inside the VPC {0} leads to public addresses again.', loss.privateDnsNames.join(', ')),
    t('Connections through it end. This cannot be undone.'),
  ];
  return (places.length === 0 ? lines.slice(1) : lines).join('\n');
}

/** What is lost with a gateway endpoint. */
export function gatewayLossWords(service: string, subnets: readonly string[]): string {
  return subnets.length === 0
    ? t('No subnet reaches {0} through it.', service)
    : t(
        'Its routes go: {0} is reached by other routes again, or not at all, from {1}. Open connections to it drop.',
        service,
        subnets.join(', '),
      );
}

/** What is lost with an Instance Connect endpoint. */
export function instanceConnectLossWords(): string {
  return t('SSH and RDP connections through it end. It costs nothing while it stays.');
}

/** One endpoint among several that are to be deleted. `count`: its interfaces, or route tables. */
export function endpointSummaryWords(kind: EndpointKind | 'instanceConnect', service: string, count: number): string {
  const words = [endpointKindWords(kind), service].filter(Boolean).join(', ');
  if (kind === 'instanceConnect') return words;
  return kind === 'gateway' ? t('{0}, {1} route tables', words, count) : t('{0}, {1} interfaces', words, count);
}

/** Session Manager may need the endpoint. */
export function sessionsLossWords(): string {
  return t('Session Manager loses instances that have no other way to it: their shells and captures end.');
}

/** What no longer has to be paid. */
export function savingWords(hourlyUsd: number): string {
  return t('Saves about {0} USD an hour on AWS (us-east-1, {1}).', hourlyUsd.toFixed(2), PRICES_AS_OF);
}

/** What an endpoint costs while it exists, at the price of us-east-1. */
export function costSentence(scopeKind: 'practice' | 'local' | 'live', hourlyPriceUsd: number): string {
  const price = hourlyPriceUsd.toFixed(2);
  switch (scopeKind) {
    case 'practice':
      return t('Practice: nothing is billed. On AWS about {0} USD an hour, and 0.01 USD for each GB.', price);
    case 'local':
      return t('Local: AWS bills nothing. There it would be about {0} USD an hour, and 0.01 USD for each GB.', price);
    case 'live':
      return t('AWS bills about {0} USD an hour until it is deleted, and 0.01 USD for each GB; regions differ.', price);
  }
}

type ObstacleTold =
  | { readonly kind: 'attributesOff'; readonly vpcId: string; readonly attributes: readonly string[] }
  | { readonly kind: 'conflict'; readonly endpointId: string; readonly dnsName: string }
  | { readonly kind: 'notOffered'; readonly serviceName: string }
  | { readonly kind: 'notVerified'; readonly serviceName: string };

/** Why private DNS would be refused. */
export function privateDnsObstacleWords(obstacle: ObstacleTold): string {
  switch (obstacle.kind) {
    case 'attributesOff':
      return t(
        '{0} has {1} off; private DNS needs both DNS attributes.',
        obstacle.vpcId,
        obstacle.attributes.join(', '),
      );
    case 'conflict':
      return t('{0} already answers for {1} in this VPC.', obstacle.endpointId, obstacle.dnsName);
    case 'notOffered':
      return t('{0} has no private DNS name.', obstacle.serviceName);
    case 'notVerified':
      return t('The owner of {0} has not yet proved that its private DNS name is his.', obstacle.serviceName);
  }
}

type SubnetProblemTold =
  | { readonly kind: 'none' }
  | { readonly kind: 'sameZone'; readonly availabilityZone: string }
  | { readonly kind: 'zoneNotSupported'; readonly availabilityZone: string };

/** Why a choice of subnets would be refused. */
export function subnetProblemWords(problem: SubnetProblemTold): string {
  switch (problem.kind) {
    case 'none':
      return t('Choose at least one subnet.');
    case 'sameZone':
      return t('Choose one subnet for each zone; {0} has two.', problem.availabilityZone);
    case 'zoneNotSupported':
      return t('The service is not offered in {0}.', problem.availabilityZone);
  }
}
