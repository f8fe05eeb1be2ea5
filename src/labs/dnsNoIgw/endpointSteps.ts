import { prose, type Telling, telling } from '../../core/prose';
import { tableOf } from '../../core/snapshotLookup';
import { check, fails, holds } from '../check';
import { nextForEndpoint, shutGroups } from '../guardedEndpoint';
import { isReached } from '../instanceParts';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import type { LabSite } from '../labWorld';
import { gatewayOf } from '../publicNetwork';
import { endpointGroupName, findEndpoint, findInstance, findInterface, findSubnet, findVpc, services } from './find';

/** 7.9: four endpoints. */
export const endpointsStep: Step = {
  id: '7.9',
  title: prose('Create endpoints for Session Manager and EC2'),
  reason: prose(
    'EC2 is what is looked at. Without endpoints for ssm and ssmmessages you would lock yourself out with the gateway; ec2messages serves agents older than 3.3.40.0.',
  ),
  hints: [
    prose('Which services does the instance need when nothing else can be reached?'),
    prose('ssm, ssmmessages, ec2messages and ec2: interface endpoints with private DNS.'),
    prose('Their security group must admit TCP 443 from the VPC’s range.'),
  ],
  symptoms: [
    {
      seen: prose('Later no session can be started: the node is in the state ConnectionLost'),
      recognise: whyLockedOut,
    },
  ],
  done: site =>
    check(() => {
      for (const service of services) {
        const endpoint = findEndpoint(site, service);
        if (!endpoint) return fails(telling(prose('There is no endpoint for {0} yet.'), service));
        if (endpoint.state !== 'available')
          return fails(telling(prose('Endpoint {0} is not available yet.'), endpoint.id));
        if (!endpoint.privateDnsEnabled) return fails(telling(prose('Endpoint {0} has private DNS off.'), endpoint.id));
      }
      const shut = whyLockedOut(site);
      return shut ? fails(shut) : holds(telling(prose('Endpoints for {0} are available.'), services.join(', ')));
    }),
  action: nextForEndpoints,
};

function nextForEndpoints(site: LabSite): LabAction | undefined {
  const [vpc, subnet] = [findVpc(site), findSubnet(site)];
  const missing = services.find(service => !findEndpoint(site, service));
  if (!vpc || !subnet || !missing) return undefined;
  return nextForEndpoint(site, {
    service: missing,
    vpc,
    subnet,
    groupName: endpointGroupName(site),
    groupDescription: 'Admits HTTPS from the VPC to the endpoints',
  });
}

/** What will be missed without the gateway. */
function whyLockedOut(site: LabSite): Telling | undefined {
  const vpc = findVpc(site);
  const nic = findInterface(site);
  if (!vpc || !nic || !services.some(service => findEndpoint(site, service))) return undefined;
  for (const service of ['ssm', 'ssmmessages', 'ec2'] as const) {
    const endpoint = findEndpoint(site, service);
    if (!endpoint) return telling(prose('{0} has no endpoint for {1}'), vpc.id, service);
    const shut = shutGroups(site, endpoint, nic);
    if (shut) return telling(prose('security group {0} of the endpoint for {1} does not admit TCP 443'), shut, service);
  }
  return undefined;
}

/** 7.11: the gateway goes. */
export const removeStep: Step = {
  id: '7.11',
  title: prose('Remove the internet gateway'),
  reason: prose(
    'A gateway cannot go while addresses of the VPC are mapped through it. Stopping the instance gives its public address back.',
  ),
  hints: [
    prose('First the public addresses, then the route, then the gateway.'),
    prose(
      'Stop the instance (or take its public address away); delete the route to 0.0.0.0/0; detach and delete the gateway.',
    ),
    prose('Then start the instance again. Its agent now finds Session Manager through the endpoints.'),
  ],
  symptoms: [{ seen: prose('Detaching says: DependencyViolation, the network has some mapped public addresses') }],
  done: site =>
    check(() => {
      const [vpc, route] = [findVpc(site), routeOut(site)];
      const gateway = vpc && gatewayOf(site, vpc);
      if (gateway) return fails(telling(prose('{0} is still attached.'), gateway.id));
      if (route) return fails(telling(prose('There is still a route to 0.0.0.0/0.')));
      return isReached(site, findInstance(site));
    }),
  action: site => {
    const [vpc, subnet, instance, route] = [findVpc(site), findSubnet(site), findInstance(site), routeOut(site)];
    const gateway = vpc && gatewayOf(site, vpc);
    if (!vpc || !subnet || !instance) return undefined;
    if (gateway && instance.state === 'running') return { operation: 'stopInstance', instanceId: instance.id };
    if (instance.state !== 'stopped') return undefined;
    if (route)
      return { operation: 'deleteRoute', routeTableId: tableOf(site.snapshot, subnet).id, destination: '0.0.0.0/0' };
    return gateway
      ? { operation: 'deleteInternetGateway', internetGatewayId: gateway.id, vpcId: vpc.id }
      : { operation: 'startInstance', instanceId: instance.id };
  },
};

/** The default route, a blackhole too. */
function routeOut(site: LabSite) {
  const subnet = findSubnet(site);
  const routes = subnet ? tableOf(site.snapshot, subnet).routes : [];
  return routes.find(({ destination }) => destination.kind === 'cidr' && destination.cidr === '0.0.0.0/0');
}
