import type { NetworkLoadBalancer } from '../../../core/loadBalancing';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Elbv2 } from '../../protocols/wireTypes';
import { makeLoadBalancer } from '../../world/loadBalancerLife';
import type { PlaceState } from '../../world/placeState';
import type { CallContext } from '../operation';
import { notSimulated, validationError } from './elbv2Faults';
import { checkName } from './elbv2Resources';
import { withElbv2Tags } from './elbv2Tags';
import { loadBalancerShape } from './loadBalancerShape';
import { checkedLoadBalancerGroups, nodePlansOf } from './nodePlans';

type Input = Elbv2.CreateLoadBalancerInput;

/** "Quotas for your Network Load Balancers". */
const maximumLoadBalancers = 50;

/** Makes a network load balancer; the same request again answers with the one that is there. */
export function createLoadBalancer(input: Input, context: CallContext): Elbv2.CreateLoadBalancerOutput {
  const { region } = context;
  refuseUnsimulated(input);
  const name = input.Name ?? '';
  checkName('Load balancer', name);
  if (name.startsWith('internal-')) throw validationError(`Load balancer name '${name}' cannot begin with 'internal-'`);
  const present = [...region.loadBalancers.values()].find(other => other.name === name);
  const balancer = present ? sameAsAsked(present, input) : make(input, context);
  return { LoadBalancers: [loadBalancerShape(region, balancer)] };
}

function refuseUnsimulated(input: Input): void {
  if ((input.Type ?? 'application') !== 'network')
    throw notSimulated(
      `The practice cloud makes network load balancers only, not those of type ${input.Type ?? 'application'}.`,
    );
  if ((input.IpAddressType ?? 'ipv4') !== 'ipv4' || input.CustomerOwnedIpv4Pool !== undefined || input.IpamPools)
    throw notSimulated('The practice cloud makes IPv4 load balancers with addresses of AWS only.');
}

function sameAsAsked(present: NetworkLoadBalancer, input: Input): NetworkLoadBalancer {
  const asked = [
    ...(input.Subnets ?? []),
    ...(input.SubnetMappings ?? []).map(mapping =>
      nodeText(mapping.SubnetId, mapping.PrivateIPv4Address, mapping.AllocationId),
    ),
  ];
  const nodes = present.nodes.map(({ subnetId, isAddressChosen, privateIpAddress, allocationId }) =>
    nodeText(subnetId, isAddressChosen ? privateIpAddress : undefined, allocationId),
  );
  const isSame =
    (input.Scheme ?? 'internet-facing') === present.scheme &&
    sorted(asked) === sorted(nodes) &&
    sorted(input.SecurityGroups ?? []) === sorted(present.securityGroupIds);
  if (!isSame)
    throw new ServiceFault(
      'DuplicateLoadBalancerName',
      `A load balancer with the same name '${present.name}' exists, but with different settings`,
    );
  return present;
}

/** A subnet, with the addresses that were chosen for it. */
function nodeText(...chosen: readonly (string | undefined)[]): string {
  return chosen.filter(part => part !== undefined).join(' ');
}

function sorted(ids: readonly string[]): string {
  return [...new Set(ids)].sort().join();
}

function make(input: Input, { world, region }: CallContext): NetworkLoadBalancer {
  const scheme = schemeOf(input);
  const nodes = nodePlansOf(region, input, scheme);
  const securityGroupIds = checkedLoadBalancerGroups(region, nodes[0]?.subnet.vpcId, input.SecurityGroups);
  const tags = withElbv2Tags({}, input.Tags);
  checkLimit(region);
  const made = makeLoadBalancer(world, region, { name: input.Name ?? '', scheme, nodes, securityGroupIds, tags });
  if (!made) throw new ServiceFault('InvalidSubnet', 'Not enough IP space available in a subnet.');
  return made;
}

function schemeOf({ Scheme = 'internet-facing' }: Input): NetworkLoadBalancer['scheme'] {
  if (Scheme === 'internal' || Scheme === 'internet-facing') return Scheme;
  throw new ServiceFault('InvalidScheme', `Scheme '${String(Scheme)}' must be one of 'internal, internet-facing'`);
}

function checkLimit({ loadBalancers }: PlaceState): void {
  if (loadBalancers.size >= maximumLoadBalancers)
    throw new ServiceFault('TooManyLoadBalancers', 'The maximum number of load balancers has been reached');
}
