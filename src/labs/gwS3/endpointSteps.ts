import { prose, type Telling, telling } from '../../core/prose';
import { check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';
import { findEndpoint, findPrefixList, findTable, ground, serviceName } from './find';

/** 2.5: the endpoint. */
export const endpointStep: Step = {
  id: '2.5',
  title: prose('Create the gateway endpoint for S3'),
  reason: prose(
    'A gateway endpoint is no interface but a target of routes. You choose route tables, not subnets; it costs nothing, and it changes no DNS answer.',
  ),
  hints: [
    prose('The service name ends in .s3, and the type is gateway.'),
    prose('Tick the route table of the private subnet, not the main one.'),
    prose(
      'Leave the policy at full access. To restrict who may read what, a role’s policy is enough; a policy of the endpoint is the tool against data that leaves for buckets of others.',
    ),
  ],
  symptoms: [
    {
      seen: prose('The endpoint is available, and S3 does not answer'),
      recognise: whyWrongTable,
    },
    {
      seen: prose('Creating it says RouteAlreadyExists: another endpoint writes into that table'),
    },
  ],
  done: site =>
    check(() => {
      const endpoint = findEndpoint(site);
      const table = findTable(site);
      if (!endpoint || !table) return fails(telling(prose('There is no gateway endpoint for S3 in the VPC yet.')));
      if (endpoint.state !== 'available')
        return fails(telling(prose('Endpoint {0} is not available yet.'), endpoint.id));
      return endpoint.routeTableIds.includes(table.id)
        ? holds(telling(prose('Endpoint {0} writes its route into {1}.'), endpoint.id, table.id), endpoint.id, table.id)
        : fails(telling(prose('Endpoint {0} does not write its route into {1}.'), endpoint.id, table.id));
    }),
  action: nextForEndpoint,
};

function whyWrongTable(site: LabSite): Telling | undefined {
  const endpoint = findEndpoint(site);
  const table = findTable(site);
  const subnet = ground.findSubnet(site);
  if (!endpoint || !table || !subnet || endpoint.routeTableIds.includes(table.id)) return undefined;
  return telling(
    prose('endpoint {0} writes its route into {1}, and not into {2}, which subnet {3} uses'),
    endpoint.id,
    endpoint.routeTableIds.join(', ') || '–',
    table.id,
    subnet.id,
  );
}

function nextForEndpoint(site: LabSite): LabAction | undefined {
  const vpc = ground.findVpc(site);
  const table = findTable(site);
  const endpoint = findEndpoint(site);
  if (!vpc || !table) return undefined;
  if (!endpoint)
    return {
      operation: 'createGatewayEndpoint',
      name: `${ownName(site)}-s3`,
      vpcId: vpc.id,
      serviceName: serviceName(site),
      routeTableIds: [table.id],
    };
  return endpoint.routeTableIds.includes(table.id)
    ? undefined
    : { operation: 'addEndpointRouteTable', endpointId: endpoint.id, routeTableId: table.id };
}

/** 2.6: what it did to the table. */
export const routeStep: Step = {
  id: '2.6',
  title: prose('Find the route'),
  reason: prose(
    'The endpoint wrote a route into the table: from the addresses of S3 in this Region to itself. The addresses stand in a list that AWS keeps up to date.',
  ),
  hints: [
    prose('Look at the routes of the private subnet’s table.'),
    prose('The destination begins with pl-, the target with vpce-.'),
    prose('The route cannot be added, edited or deleted by hand: only the endpoint’s choice of tables changes it.'),
  ],
  symptoms: [
    { seen: prose('The subnet’s table has no such route'), recognise: whyWrongTable },
    { seen: prose('Deleting the route says: cannot remove VPC endpoint route') },
  ],
  done: site =>
    check(() => {
      const table = findTable(site);
      const endpoint = findEndpoint(site);
      const list = findPrefixList(site);
      if (!table || !endpoint) return fails(telling(prose('There is no gateway endpoint for S3 in the VPC yet.')));
      const route = table.routes.find(
        ({ destination, target }) =>
          destination.kind === 'prefixList' &&
          destination.prefixListId === list?.id &&
          target.kind === 'gatewayEndpoint' &&
          target.id === endpoint.id,
      );
      if (!route || !list) return fails(telling(prose('{0} has no route to {1} yet.'), table.id, endpoint.id));
      if (route.state !== 'active') return fails(telling(prose('The route to {0} leads nowhere.'), endpoint.id));
      const text = prose('{0} sends {1} ({2}) to {3}.');
      return holds(telling(text, table.id, list.id, list.name, endpoint.id), table.id, list.id, endpoint.id);
    }),
  action: () => undefined,
};
