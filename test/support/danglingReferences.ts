import type { EndpointConnection } from '../../src/core/endpointService';
import { endpointOf } from '../../src/simulator/world/endpointConnections';
import type { PlaceState } from '../../src/simulator/world/placeState';
import type { World } from '../../src/simulator/world/world';

/** Everything in the world that names something which is not there, in words. */
export function danglingReferences(world: World): readonly string[] {
  return [...world.regions].flatMap(region => [
    ...networkReferences(region),
    ...routeTargets(world, region),
    ...gatewayReferences(region),
    ...instanceConnectReferences(region),
    ...missing('listed peerings', world.peeringConnections, [...region.listedPeerings]),
    ...endpointReferences(region),
    ...instanceReferences(region),
    ...loadBalancingReferences(region),
    ...serviceReferences(world, region),
    ...countsOf(region),
  ]);
}

type Table = ReadonlyMap<string, unknown>;

function missing(owner: string, table: Table, ids: readonly (string | undefined)[]): readonly string[] {
  return ids.filter(id => id !== undefined && !table.has(id)).map(id => `${owner} names ${id}`);
}

function networkReferences(region: PlaceState): readonly string[] {
  const { vpcs, subnets, securityGroups, prefixLists, endpoints, instances, dhcpOptions } = region;
  const inVpc = [subnets, region.routeTables, securityGroups, region.networkAcls, region.networkInterfaces, endpoints]
    .flatMap(table => [...(table as ReadonlyMap<string, { readonly vpcId: string }>)])
    .flatMap(([id, { vpcId }]) => missing(id, vpcs, [vpcId]));
  return [
    ...inVpc,
    ...[...vpcs.values()].flatMap(({ id, dhcpOptionsId }) => missing(id, dhcpOptions, [dhcpOptionsId])),
    ...missing('DNS attributes', vpcs, [...region.dnsAttributes.keys()]),
    ...[...region.routeTables.values()].flatMap(({ id, subnetIds, routes }) => [
      ...missing(id, subnets, subnetIds),
      ...routes.flatMap(({ destination, target }) => [
        ...missing(id, prefixLists, destination.kind === 'prefixList' ? [destination.prefixListId] : []),
        ...missing(id, endpoints, target.kind === 'gatewayEndpoint' ? [target.id] : []),
      ]),
    ]),
    ...[...region.networkAcls.values()].flatMap(({ id, subnetIds }) => missing(id, subnets, subnetIds)),
    ...[...securityGroups.values()].flatMap(({ id, rules }) =>
      rules.flatMap(({ peer }) => [
        ...missing(id, securityGroups, peer.kind === 'group' && !peer.across ? [peer.groupId] : []),
        ...missing(id, prefixLists, peer.kind === 'prefixList' ? [peer.prefixListId] : []),
      ]),
    ),
    ...[...region.networkInterfaces.values()].flatMap(({ id, subnetId, securityGroupIds, instanceId }) => [
      ...missing(id, subnets, [subnetId]),
      ...missing(id, securityGroups, securityGroupIds),
      ...missing(id, instances, [instanceId]),
    ]),
  ];
}

/** A target that is gone leaves a blackhole behind, and nothing else. */
function routeTargets(world: World, region: PlaceState): readonly string[] {
  const tables: Readonly<Record<string, Table>> = {
    internetGateway: region.internetGateways,
    natGateway: region.natGateways,
    networkInterface: region.networkInterfaces,
    peeringConnection: world.peeringConnections,
  };
  return [...region.routeTables.values()].flatMap(({ id, routes }) =>
    routes
      .filter(({ state }) => state === 'active')
      .flatMap(({ target }) =>
        'id' in target && tables[target.kind] ? missing(id, tables[target.kind] as Table, [target.id]) : [],
      ),
  );
}

function instanceConnectReferences(region: PlaceState): readonly string[] {
  const { subnets, securityGroups, networkInterfaces } = region;
  return [...region.instanceConnectEndpoints.values()].flatMap(endpoint => [
    ...missing(endpoint.id, subnets, [endpoint.subnetId]),
    ...missing(endpoint.id, securityGroups, endpoint.securityGroupIds),
    ...missing(endpoint.id, networkInterfaces, endpoint.networkInterfaceIds),
  ]);
}

function gatewayReferences(region: PlaceState): readonly string[] {
  const { vpcs, natGateways, elasticAddresses, networkInterfaces } = region;
  const owned = new Set([...natGateways.values()].map(({ networkInterfaceId }) => networkInterfaceId));
  const orphans = [...networkInterfaces.values()].filter(({ id, kind }) => kind === 'natGateway' && !owned.has(id));
  return [
    ...orphans.map(({ id }) => `no NAT gateway has ${id}`),
    ...[...region.internetGateways.values()].flatMap(({ id, attachedVpcIds }) => missing(id, vpcs, attachedVpcIds)),
    ...[...natGateways.values()].flatMap(({ id, networkInterfaceId }) =>
      missing(id, networkInterfaces, [networkInterfaceId]),
    ),
    ...[...elasticAddresses.values()].flatMap(({ id, networkInterfaceId, publicIpAddress }) => {
      const item = networkInterfaceId && networkInterfaces.get(networkInterfaceId);
      const isShown = !item || item.publicIpAddress === publicIpAddress;
      return [...missing(id, networkInterfaces, [networkInterfaceId]), ...(isShown ? [] : [`${id} is not shown`])];
    }),
  ];
}

function endpointReferences(region: PlaceState): readonly string[] {
  const { endpoints, subnets, securityGroups, networkInterfaces, routeTables } = region;
  const orphans = [...networkInterfaces.values()]
    .filter(({ kind }) => kind === 'vpcEndpoint')
    .filter(({ id }) => ![...endpoints.values()].some(({ networkInterfaceIds }) => networkInterfaceIds.includes(id)));
  return [
    ...orphans.map(({ id }) => `no endpoint has ${id}`),
    ...missing('inbound-only names', endpoints, [...region.inboundOnlyNames]),
    ...[...endpoints.values()].flatMap(endpoint => [
      ...missing(endpoint.id, subnets, endpoint.subnetIds),
      ...missing(endpoint.id, securityGroups, endpoint.securityGroupIds),
      ...missing(endpoint.id, networkInterfaces, endpoint.networkInterfaceIds),
      ...missing(endpoint.id, routeTables, endpoint.routeTableIds),
      ...routesLost(region, endpoint.id, endpoint.routeTableIds),
    ]),
  ];
}

/** A gateway endpoint stands in each of its tables exactly once. */
function routesLost({ routeTables }: PlaceState, endpointId: string, tableIds: readonly string[]): readonly string[] {
  return [...routeTables.values()].flatMap(({ id, routes }) => {
    const found = routes.filter(({ target }) => target.kind === 'gatewayEndpoint' && target.id === endpointId).length;
    return found === tableIds.filter(tableId => tableId === id).length ? [] : [`${id} has ${found} × ${endpointId}`];
  });
}

function instanceReferences(region: PlaceState): readonly string[] {
  const { instances, instanceDetails, managedNodes, networkInterfaces, subnets, securityGroups, vpcs } = region;
  return [
    ...missing('details', instances, [...instanceDetails.keys()]),
    ...missing('managed nodes', instances, [...managedNodes.keys()]),
    ...missing('attachments', networkInterfaces, [...region.interfaceAttachments.keys()]),
    ...[...region.volumes.values()].flatMap(({ id, attachment }) => missing(id, instances, [attachment?.instanceId])),
    ...[...instances.values()].flatMap(instance => [
      ...missing(instance.id, instanceDetails, [instance.id]),
      ...missing(instance.id, vpcs, [instance.vpcId]),
      ...missing(instance.id, subnets, [instance.subnetId]),
      ...missing(instance.id, networkInterfaces, instance.networkInterfaceIds),
      ...missing(instance.id, securityGroups, instance.securityGroupIds),
    ]),
  ];
}

function loadBalancingReferences(region: PlaceState): readonly string[] {
  const { loadBalancers, targetGroups, listeners, networkInterfaces, subnets, securityGroups, instances } = region;
  return [
    ...[...loadBalancers.values()].flatMap(({ arn, vpcId, nodes, securityGroupIds }) => [
      ...missing(arn, region.vpcs, [vpcId]),
      ...missing(arn, securityGroups, securityGroupIds),
      ...missing(
        arn,
        subnets,
        nodes.map(({ subnetId }) => subnetId),
      ),
      ...missing(
        arn,
        networkInterfaces,
        nodes.map(({ networkInterfaceId }) => networkInterfaceId),
      ),
    ]),
    ...[...listeners.values()].flatMap(({ arn, loadBalancerArn, targetGroupArn }) => [
      ...missing(arn, loadBalancers, [loadBalancerArn]),
      ...missing(arn, targetGroups, [targetGroupArn]),
    ]),
    ...[...targetGroups.values()].flatMap(({ arn, targetType, targets }) =>
      missing(arn, instances, targetType === 'instance' ? targets.map(({ id }) => id) : []),
    ),
  ];
}

function serviceReferences(world: World, region: PlaceState): readonly string[] {
  const { endpointServices, endpointConnections, loadBalancers } = region;
  return [
    ...[...endpointServices.values()].flatMap(({ id, loadBalancerArns }) =>
      missing(id, loadBalancers, loadBalancerArns),
    ),
    ...[...endpointConnections.values()].flatMap(connection => [
      ...missing(connection.endpointId, endpointServices, [connection.serviceId]),
      ...lostConnection(world, connection),
    ]),
  ];
}

/** Provider and consumer see an endpoint in the same state, until it is gone. */
function lostConnection(world: World, connection: EndpointConnection): readonly string[] {
  const seen = endpointOf(world, connection)?.endpoint.state ?? 'deleted';
  return seen === connection.state ? [] : [`${connection.endpointId} is ${seen}, its connection ${connection.state}`];
}

/** Free addresses as counted, and no address given out twice. */
function countsOf({ subnets, networkInterfaces }: PlaceState): readonly string[] {
  return [...subnets.values()].flatMap(({ id, cidrBlock, availableIpAddressCount }) => {
    const used = [...networkInterfaces.values()].filter(({ subnetId }) => subnetId === id);
    const size = 2 ** (32 - Number(cidrBlock.split('/')[1])) - 5;
    const distinct = new Set(used.map(({ privateIpAddress }) => privateIpAddress)).size;
    return [
      ...(availableIpAddressCount === size - used.length ? [] : [`${id} counts ${availableIpAddressCount}`]),
      ...(distinct === used.length ? [] : [`${id} gave an address out twice`]),
    ];
  });
}
