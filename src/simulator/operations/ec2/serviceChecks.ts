/** What EC2 refuses when an endpoint service is made or changed. */
import type { Region } from '../../../core/ids';
import { ServiceFault } from '../../protocols/serviceFault';
import type { PlaceState } from '../../world/placeState';
import { practiceRegions } from '../../world/zones';

const invalidParameter = (message: string) => new ServiceFault('InvalidParameter', message);

/** What would change the outcome and is not simulated is refused by name, never ignored. */
export function refuseUnsimulatedService(input: {
  readonly GatewayLoadBalancerArns?: readonly string[] | undefined;
  readonly SupportedIpAddressTypes?: readonly string[] | undefined;
}): void {
  if (input.GatewayLoadBalancerArns?.length)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has no gateway load balancers.');
  if (input.SupportedIpAddressTypes?.some(type => type !== 'ipv4'))
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud makes IPv4 endpoint services only.');
}

/** Network load balancers of the place that serve no other endpoint service yet. */
export function freeLoadBalancers(region: PlaceState, arns: readonly string[]): readonly string[] {
  const unique = [...new Set(arns)];
  if (unique.length === 0)
    throw invalidParameter(
      'exactly one of network_load_balancer_arn or gateway_load_balancer_arn is a required member',
    );
  for (const arn of unique) checkLoadBalancer(region, arn);
  return unique;
}

function checkLoadBalancer({ loadBalancers, endpointServices }: PlaceState, arn: string): void {
  if (!/^arn:aws:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/net\/[A-Za-z0-9-]+\/[0-9a-f]{16}$/.test(arn))
    throw new ServiceFault(
      'InvalidNetworkLoadBalancerArn.Malformed',
      `The Network Load Balancer Arn '${arn}' is malformed`,
    );
  const found = loadBalancers.get(arn);
  if (!found)
    throw new ServiceFault(
      'InvalidNetworkLoadBalancerArn.NotFound',
      `The Network Load Balancer Arn '${arn}' does not exist`,
    );
  if (found.state !== 'active' && found.state !== 'activeImpaired')
    throw invalidParameter(`The Network Load Balancer ${arn} is not in the active state.`);
  if ([...endpointServices.values()].some(({ loadBalancerArns }) => loadBalancerArns.includes(arn)))
    throw invalidParameter(`The Network Load Balancer ${arn} is already associated with another endpoint service.`);
}

/** Regions besides the service's own whose endpoints may connect. */
export function supportedRegionsOf({ place }: PlaceState, names: readonly string[]): readonly Region[] {
  const regions = names.map(name => {
    const found = practiceRegions.find(known => known === name);
    if (!found) throw invalidParameter(`The Region ${name} is not supported.`);
    return found;
  });
  return [...new Set(regions)].filter(name => name !== place.region);
}

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const domainForm = new RegExp(`^(?:\\*\\.)?(?:${label}\\.)+[A-Za-z]{2,63}$`);

/** A domain name, perhaps with `*.` before it. */
export function checkedPrivateDnsName(name: string | undefined): string | undefined {
  if (name === undefined || name === '') return undefined;
  if (name.length > 255 || !domainForm.test(name))
    throw invalidParameter(`The private DNS name ${name} is not a valid domain name.`);
  return name.toLowerCase();
}
