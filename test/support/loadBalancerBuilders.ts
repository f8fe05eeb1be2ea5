/** Load balancers and endpoint services in the small world. */

import type { EndpointService } from '../../src/core/endpointService';
import type { SecurityGroupId } from '../../src/core/ids';
import { endpointServiceId, type SubnetId } from '../../src/core/ids';
import type {
  HealthCheck,
  Listener,
  NetworkLoadBalancer,
  RegisteredTarget,
  TargetGroup,
} from '../../src/core/loadBalancing';
import type { RegionState } from '../../src/simulator/world/regionState';
import { addMachine, type Site } from './siteBuilders';

const arnOf = (kind: string, name: string) => `arn:aws:elasticloadbalancing:ap-south-1:111122223333:${kind}/${name}`;

export const target = (id: string, changes: Partial<RegisteredTarget> = {}): RegisteredTarget => ({
  id,
  port: 80,
  availabilityZone: undefined,
  health: 'healthy',
  reason: undefined,
  description: undefined,
  sinceMs: 0,
  probes: {},
  ...changes,
});

const healthCheck: HealthCheck = {
  protocol: 'TCP',
  port: 'traffic-port',
  path: undefined,
  isEnabled: true,
  intervalSeconds: 10,
  timeoutSeconds: 10,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
  matcher: undefined,
};

export interface BalancerOptions {
  readonly scheme?: NetworkLoadBalancer['scheme'];
  readonly securityGroupIds?: readonly SecurityGroupId[];
  readonly enforcesGroupsOnPrivateLink?: boolean;
  readonly attributes?: NetworkLoadBalancer['attributes'];
  readonly group?: Partial<TargetGroup>;
  readonly healthCheck?: Partial<HealthCheck>;
  readonly listener?: Partial<Listener>;
  /** Where its nodes stand, with their addresses; the site's subnet and `.77` unless said. */
  readonly nodes?: readonly {
    readonly subnetId: SubnetId;
    readonly address: string;
    readonly publicAddress?: string;
  }[];
}

/** Puts an active load balancer with a listener on port 80 into a site, with the site's instance as its target unless said otherwise. */
export function addLoadBalancer(site: Site, number: number, options: BalancerOptions = {}) {
  const { state, vpcId } = site;
  const name = `lb-${number}`;
  const securityGroupIds = options.securityGroupIds ?? [];
  const nodes = (options.nodes ?? [{ subnetId: site.subnetId, address: site.address.replace(/\.5$/, '.77') }]).map(
    ({ subnetId, address, publicAddress }, index) => {
      const machine = addMachine(state, number + index, {
        kind: 'networkLoadBalancer',
        vpcId,
        subnetId,
        privateIpAddress: address,
        publicIpAddress: publicAddress,
        securityGroupIds,
        description: `ELB net/${name}/0123456789abcdef`,
      });
      return {
        subnetId,
        availabilityZone: state.subnets.get(subnetId)!.availabilityZone,
        networkInterfaceId: machine.id,
        privateIpAddress: address,
        publicIpAddress: publicAddress,
        isAddressChosen: false,
        allocationId: undefined,
      };
    },
  );
  const balancer: NetworkLoadBalancer = {
    arn: arnOf('loadbalancer/net', name),
    name,
    vpcId,
    scheme: options.scheme ?? 'internal',
    state: 'active',
    dnsName: `${name}-0123456789abcdef.elb.ap-south-1.amazonaws.com`,
    nodes,
    securityGroupIds,
    enforcesGroupsOnPrivateLink: options.enforcesGroupsOnPrivateLink ?? true,
    attributes: options.attributes ?? {},
    createdAtMs: 0,
    tags: {},
  };
  const group: TargetGroup = {
    arn: arnOf('targetgroup', name),
    name,
    protocol: 'TCP',
    port: 80,
    vpcId,
    targetType: 'instance',
    protocolVersion: undefined,
    healthCheck: { ...healthCheck, ...options.healthCheck },
    targets: [target(site.instanceId)],
    attributes: {},
    tags: {},
    ...options.group,
  };
  const listener: Listener = {
    arn: arnOf('listener/net', name),
    loadBalancerArn: balancer.arn,
    protocol: 'TCP',
    port: 80,
    targetGroupArn: group.arn,
    attributes: {},
    tags: {},
    ...options.listener,
  };
  state.loadBalancers.set(balancer.arn, balancer);
  state.targetGroups.set(group.arn, group);
  state.listeners.set(listener.arn, listener);
  return { balancer, group, listener };
}

/** Makes a load balancer of the region a service. */
export function addService(state: RegionState, balancer: NetworkLoadBalancer): EndpointService {
  const id = endpointServiceId('vpce-svc-00000000000000001');
  const service: EndpointService = {
    id,
    place: state.place,
    serviceName: `com.amazonaws.vpce.${state.place.region}.${id}`,
    state: 'available',
    isAcceptanceRequired: true,
    loadBalancerArns: [balancer.arn],
    gatewayLoadBalancerArns: [],
    privateDnsName: undefined,
    allowedPrincipals: [],
    supportedRegions: [],
    ipAddressTypes: ['ipv4'],
    createdAtMs: 0,
    tags: {},
  };
  state.endpointServices.set(id, service);
  return service;
}
