import type { SubnetId } from '../../../core/ids';
import { loadBalancerAttributes } from '../../../core/loadBalancingAttributes';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Elbv2 } from '../../protocols/wireTypes';
import {
  moveLoadBalancer,
  regroupLoadBalancer,
  deleteLoadBalancer as removeLoadBalancer,
} from '../../world/loadBalancerLife';
import type { PlaceState } from '../../world/placeState';
import type { CallContext, OperationTable } from '../operation';
import { createLoadBalancer } from './createLoadBalancer';
import { invalidConfiguration, notPermitted, notSimulated, resourceInUse } from './elbv2Faults';
import { checkArn, chosen, elbv2Page, findByArn, kinds } from './elbv2Resources';
import { enforcement, loadBalancerShape, zonesShape } from './loadBalancerShape';
import { checkedLoadBalancerGroups, nodePlansOf } from './nodePlans';

function describeLoadBalancers(
  input: Elbv2.DescribeLoadBalancersInput,
  { region }: CallContext,
): Elbv2.DescribeLoadBalancersOutput {
  const all = chosen(kinds.loadBalancer, region, input.LoadBalancerArns, input.Names);
  const { items, ending } = elbv2Page(all, input, ({ arn }) => arn);
  return { LoadBalancers: items.map(balancer => loadBalancerShape(region, balancer)), ...ending };
}

/** An ARN without a load balancer is no error. One behind an endpoint service, or protected, stays. */
function deleteLoadBalancer(input: Elbv2.DeleteLoadBalancerInput, { world, region }: CallContext): object {
  const arn = input.LoadBalancerArn ?? '';
  checkArn(kinds.loadBalancer, arn);
  const balancer = region.loadBalancers.get(arn);
  if (!balancer) return {};
  if (loadBalancerAttributes(balancer)['deletion_protection.enabled'] === 'true')
    throw notPermitted(`Load balancer '${arn}' cannot be deleted because deletion protection is enabled`);
  if (isBehindService(region, arn))
    throw resourceInUse(
      `Load balancer '${arn}' cannot be deleted because it is currently associated with another service`,
    );
  removeLoadBalancer(world, region, balancer);
  return {};
}

function isBehindService({ endpointServices }: PlaceState, arn: string): boolean {
  return [...endpointServices.values()].some(({ loadBalancerArns }) => loadBalancerArns.includes(arn));
}

/** Groups may be exchanged, but a load balancer that was made without any stays without ("Security groups for your Network Load Balancer"). */
function setSecurityGroups(
  input: Elbv2.SetSecurityGroupsInput,
  { region }: CallContext,
): Elbv2.SetSecurityGroupsOutput {
  const balancer = findByArn(kinds.loadBalancer, region, input.LoadBalancerArn);
  const ids = checkedLoadBalancerGroups(region, balancer.vpcId, input.SecurityGroups);
  if (ids.length > 0 && balancer.securityGroupIds.length === 0)
    throw invalidConfiguration(
      'You cannot set security groups on a Network Load Balancer which was created without any security groups.',
    );
  if (ids.length === 0 && balancer.securityGroupIds.length > 0)
    throw invalidConfiguration('You cannot remove all security groups from a Network Load Balancer');
  const asked = input.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic;
  const changed = {
    ...balancer,
    securityGroupIds: ids,
    enforcesGroupsOnPrivateLink: asked === undefined ? balancer.enforcesGroupsOnPrivateLink : asked === 'on',
  };
  regroupLoadBalancer(region, changed);
  return {
    SecurityGroupIds: [...ids],
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforcement(changed),
  };
}

function setSubnets(input: Elbv2.SetSubnetsInput, { world, region }: CallContext): Elbv2.SetSubnetsOutput {
  const balancer = findByArn(kinds.loadBalancer, region, input.LoadBalancerArn);
  refuseOtherFamily(input.IpAddressType);
  const present: readonly SubnetId[] = balancer.nodes.map(({ subnetId }) => subnetId);
  const plans = nodePlansOf(region, input, balancer.scheme, present);
  if (plans.some(({ subnet }) => subnet.vpcId !== balancer.vpcId))
    throw invalidConfiguration('The specified subnets must belong to the VPC of the load balancer');
  const moved = moveLoadBalancer(world, region, balancer, plans);
  if (!moved) throw new ServiceFault('InvalidSubnet', 'Not enough IP space available in a subnet.');
  return { AvailabilityZones: zonesShape(moved), IpAddressType: 'ipv4', EnablePrefixForIpv6SourceNat: 'off' };
}

function setIpAddressType(input: Elbv2.SetIpAddressTypeInput, { region }: CallContext): Elbv2.SetIpAddressTypeOutput {
  findByArn(kinds.loadBalancer, region, input.LoadBalancerArn);
  refuseOtherFamily(input.IpAddressType);
  return { IpAddressType: 'ipv4' };
}

function refuseOtherFamily(type: string | undefined): void {
  if ((type ?? 'ipv4') !== 'ipv4') throw notSimulated('The practice cloud makes IPv4 load balancers only.');
}

export const loadBalancerOperations: OperationTable = {
  CreateLoadBalancer: createLoadBalancer,
  DescribeLoadBalancers: describeLoadBalancers,
  DeleteLoadBalancer: deleteLoadBalancer,
  SetSecurityGroups: setSecurityGroups,
  SetSubnets: setSubnets,
  SetIpAddressType: setIpAddressType,
};
