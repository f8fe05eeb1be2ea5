import type { AllocationId, NetworkInterfaceId, SecurityGroupId } from '../../core/ids';
import type { LoadBalancerNode, NetworkLoadBalancer } from '../../core/loadBalancing';
import type { Subnet, Tags } from '../../core/network';
import { addInterface, removeInterface } from './interfaces';
import type { PlaceState } from './placeState';
import { associateAddress, disassociateAddress, elasticAddressOf, freePublicAddress } from './publicAddresses';
import type { TransitionTable, World } from './world';

const secondMs = 1000;

/** Where a load balancer is to stand, with the addresses that the caller chose. */
export interface NodePlan {
  readonly subnet: Subnet;
  readonly privateIpAddress: string | undefined;
  readonly allocationId: AllocationId | undefined;
}

export interface LoadBalancerPlan {
  readonly name: string;
  readonly scheme: NetworkLoadBalancer['scheme'];
  readonly nodes: readonly NodePlan[];
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly tags: Tags;
}

type Identity = Pick<NetworkLoadBalancer, 'arn' | 'scheme' | 'securityGroupIds'>;

/** Makes a load balancer in state `provisioning` with an interface per subnet; undefined when a subnet is full. */
export function makeLoadBalancer(
  world: World,
  region: PlaceState,
  plan: LoadBalancerPlan,
): NetworkLoadBalancer | undefined {
  const { accountId, region: at } = region.place;
  const key = region.chanceFor('load balancer').hex(16);
  const arn = `arn:aws:elasticloadbalancing:${at}:${accountId}:loadbalancer/net/${plan.name}/${key}`;
  const nodes = addNodes(world, region, { ...plan, arn }, plan.nodes);
  const vpcId = plan.nodes[0]?.subnet.vpcId;
  if (!nodes || !vpcId) return undefined;
  const made: NetworkLoadBalancer = {
    arn,
    name: plan.name,
    vpcId,
    scheme: plan.scheme,
    state: 'provisioning',
    dnsName: `${plan.name}-${key}.elb.${at}.amazonaws.com`,
    nodes,
    securityGroupIds: plan.securityGroupIds,
    enforcesGroupsOnPrivateLink: plan.securityGroupIds.length > 0,
    attributes: {},
    createdAtMs: world.timeline.now(),
    tags: plan.tags,
  };
  region.loadBalancers.set(arn, made);
  // 2 min 22 s to 2 min 41 s in public Terraform logs.
  const durationMs = region.chanceFor('load balancer active').between(120, 165) * secondMs;
  world.schedule(durationMs, { kind: 'loadBalancerActive', place: region.place, subject: arn });
  return made;
}

/** A node in each subnet; undefined, and none made, when one has no free address. */
function addNodes(
  world: World,
  region: PlaceState,
  owner: Identity,
  plans: readonly NodePlan[],
): readonly LoadBalancerNode[] | undefined {
  const nodes: LoadBalancerNode[] = [];
  for (const plan of plans) {
    const node = addNode(world, region, owner, plan);
    if (!node) {
      for (const { networkInterfaceId } of nodes) releaseInterface(world, region, networkInterfaceId);
      return undefined;
    }
    nodes.push(node);
  }
  return nodes;
}

function addNode(
  world: World,
  region: PlaceState,
  { arn, scheme, securityGroupIds }: Identity,
  { subnet, privateIpAddress, allocationId }: NodePlan,
): LoadBalancerNode | undefined {
  const elastic = allocationId && region.elasticAddresses.get(allocationId);
  const made = addInterface(region, subnet, {
    kind: 'networkLoadBalancer',
    privateIpAddress,
    publicIpAddress:
      scheme === 'internal' ? undefined : (elastic?.publicIpAddress ?? freePublicAddress(world.regions, region)),
    securityGroupIds,
    description: descriptionOf(arn),
    instanceId: undefined,
    status: 'in-use',
  });
  if (!made) return undefined;
  if (elastic) associateAddress(region, elastic.id, made.id);
  return {
    subnetId: subnet.id,
    availabilityZone: subnet.availabilityZone,
    networkInterfaceId: made.id,
    privateIpAddress: made.privateIpAddress,
    publicIpAddress: made.publicIpAddress,
    isAddressChosen: privateIpAddress !== undefined,
    allocationId,
  };
}

/** `ELB net/<name>/<16 hex digits>`, as EC2 shows it at each of its interfaces. */
function descriptionOf(arn: string): string {
  return `ELB ${arn.slice(arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length)}`;
}

function releaseInterface(world: World, region: PlaceState, id: NetworkInterfaceId): void {
  const elastic = elasticAddressOf(region, id);
  if (elastic) disassociateAddress(world.regions, region, elastic.id);
  removeInterface(region, id);
}

/** Stands in these subnets from now on; nodes that stay keep their addresses. Undefined, and nothing changed, when a subnet is full. */
export function moveLoadBalancer(
  world: World,
  region: PlaceState,
  loadBalancer: NetworkLoadBalancer,
  plans: readonly NodePlan[],
): NetworkLoadBalancer | undefined {
  const isPlanned = ({ subnetId }: LoadBalancerNode) => plans.some(({ subnet }) => subnet.id === subnetId);
  const kept = loadBalancer.nodes.filter(isPlanned);
  const fresh = plans.filter(({ subnet }) => !kept.some(({ subnetId }) => subnetId === subnet.id));
  const added = addNodes(world, region, loadBalancer, fresh);
  if (!added) return undefined;
  for (const node of loadBalancer.nodes) if (!isPlanned(node)) releaseInterface(world, region, node.networkInterfaceId);
  const moved = { ...loadBalancer, nodes: [...kept, ...added] };
  region.loadBalancers.set(moved.arn, moved);
  return moved;
}

/** Stores a load balancer and gives its interfaces its security groups. */
export function regroupLoadBalancer(region: PlaceState, loadBalancer: NetworkLoadBalancer): void {
  const { securityGroupIds } = loadBalancer;
  for (const { networkInterfaceId } of loadBalancer.nodes) {
    const found = region.networkInterfaces.get(networkInterfaceId);
    if (found) region.networkInterfaces.set(networkInterfaceId, { ...found, securityGroupIds });
  }
  region.loadBalancers.set(loadBalancer.arn, loadBalancer);
}

/** Gone at once with its listeners; its interfaces follow minutes later. */
export function deleteLoadBalancer(world: World, region: PlaceState, { arn }: NetworkLoadBalancer): void {
  region.loadBalancers.delete(arn);
  for (const listener of region.listeners.values())
    if (listener.loadBalancerArn === arn) region.listeners.delete(listener.arn);
  const durationMs = region.chanceFor('load balancer deletion').between(60, 240) * secondMs;
  world.schedule(durationMs, { kind: 'loadBalancerInterfacesReleased', place: region.place, subject: arn });
}

function becomeActive(region: PlaceState, arn: string): void {
  const found = region.loadBalancers.get(arn);
  if (found?.state === 'provisioning') region.loadBalancers.set(arn, { ...found, state: 'active' });
}

function releaseAll(world: World, region: PlaceState, arn: string): void {
  const description = descriptionOf(arn);
  for (const { id, kind, description: own } of [...region.networkInterfaces.values()])
    if (kind === 'networkLoadBalancer' && own === description) releaseInterface(world, region, id);
}

/** What time does to load balancers. */
export const loadBalancerTransitions: TransitionTable = {
  loadBalancerActive: (world, { place, subject }) => becomeActive(world.region(place), subject),
  loadBalancerInterfacesReleased: (world, { place, subject }) => releaseAll(world, world.region(place), subject),
};
