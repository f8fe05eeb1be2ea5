import type { LoadBalancerNode, NetworkLoadBalancer } from '../../../core/loadBalancing';
import type { Elbv2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';

/** Hosted zones of load balancer names ("Elastic Load Balancing endpoints and quotas", network load balancers). */
const hostedZones: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'Z31USIVHYNEOWT',
  'ap-south-1': 'ZVDDRBQ08TROA',
  'ap-southeast-1': 'ZKVM4W9LS7TM',
  'ap-southeast-2': 'ZCT6FZBF4DROD',
  'eu-central-1': 'Z3F0SRJ5LGBH90',
  'eu-west-1': 'Z2IFOLAFXWLO4F',
  'us-east-1': 'Z26RNL4JYFTOTI',
  'us-east-2': 'ZLMOA37VPKANP',
  'us-west-2': 'Z18D5FSROUN65G',
};

const wireStates = {
  provisioning: 'provisioning',
  active: 'active',
  activeImpaired: 'active_impaired',
  failed: 'failed',
} as const;

/** Only addresses that the caller chose are told. */
function addressesOf(node: LoadBalancerNode): Elbv2.LoadBalancerAddress[] {
  const { allocationId: AllocationId, publicIpAddress: IpAddress, privateIpAddress: PrivateIPv4Address } = node;
  if (AllocationId !== undefined && IpAddress !== undefined) return [{ IpAddress, AllocationId }];
  return node.isAddressChosen ? [{ PrivateIPv4Address }] : [];
}

export function zonesShape({ nodes }: NetworkLoadBalancer): Elbv2.AvailabilityZone[] {
  return nodes.map(node => ({
    ZoneName: node.availabilityZone,
    SubnetId: node.subnetId,
    LoadBalancerAddresses: addressesOf(node),
  }));
}

export function enforcement({ enforcesGroupsOnPrivateLink }: NetworkLoadBalancer): 'on' | 'off' {
  return enforcesGroupsOnPrivateLink ? 'on' : 'off';
}

export function loadBalancerShape({ place, derivedId }: PlaceState, balancer: NetworkLoadBalancer): Elbv2.LoadBalancer {
  return {
    LoadBalancerArn: balancer.arn,
    DNSName: balancer.dnsName,
    CanonicalHostedZoneId:
      hostedZones[place.region] ?? `Z0${derivedId('zone', 'load balancers').slice(-17).toUpperCase()}`,
    CreatedTime: new Date(balancer.createdAtMs),
    LoadBalancerName: balancer.name,
    Scheme: balancer.scheme,
    VpcId: balancer.vpcId,
    State: { Code: wireStates[balancer.state] },
    Type: 'network',
    AvailabilityZones: zonesShape(balancer),
    ...(balancer.securityGroupIds.length > 0
      ? {
          SecurityGroups: [...balancer.securityGroupIds],
          EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforcement(balancer),
        }
      : {}),
    IpAddressType: 'ipv4',
    EnablePrefixForIpv6SourceNat: 'off',
  };
}
