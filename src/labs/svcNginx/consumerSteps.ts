import { prose, telling } from '../../core/prose';
import { HTTPS } from '../../core/rules/flow';
import { check, fails, holds } from '../check';
import { isReached, launchWithRole, whyOffline } from '../instanceParts';
import type { Step } from '../lab';
import { type LabSite, ownName } from '../labWorld';
import { admitsTcp, interfaceOf, interfacesOf } from '../predicates';
import { admitTcp } from '../ruleTemplates';
import { defaultGroups, subnetPerZoneOf } from '../vpcParts';
import {
  findClient,
  findConsumerVpc,
  findEndpoint,
  findEndpointGroups,
  findService,
  HTTP,
  offeredSubnets,
  providerOf,
} from './find';

/** 6.10: who will call. */
export const clientStep: Step = {
  id: '6.10',
  account: 'consumer',
  title: prose('Launch the consumer’s instance'),
  reason: prose(
    'The other side is another account with a VPC of its own. Its range may well be the same as the provider’s: PrivateLink does not care.',
  ),
  hints: [
    prose('Now work in the consumer’s account.'),
    prose('Any small instance in its default VPC will do.'),
    prose('Amazon Linux 2023, t2.micro, a role with AmazonSSMManagedInstanceCore, the default security group.'),
  ],
  symptoms: [
    {
      seen: prose('The instance runs, and Session Manager never lists it'),
      recognise: (site, _evidence, world) => whyOffline(site, findClient(site, providerOf(world))),
    },
  ],
  done: (site, _evidence, world) => check(() => isReached(site, findClient(site, providerOf(world)))),
  action: (site, _evidence, world) => {
    const provider = providerOf(world);
    const vpc = findConsumerVpc(site, provider);
    const [subnet] = subnetPerZoneOf(site, vpc.id);
    if (findClient(site, provider) || !subnet) return undefined;
    const securityGroupIds = defaultGroups(site, vpc.id).map(({ id }) => id);
    return launchWithRole(site, { name: ownName(site), subnetId: subnet.id, securityGroupIds });
  },
};

function clientInterface(site: LabSite, provider: LabSite) {
  const client = findClient(site, provider);
  return client && interfaceOf(site.snapshot, client);
}

/** 6.14: the group that guards the endpoint. */
export const endpointGroupStep: Step = {
  id: '6.14',
  account: 'consumer',
  title: prose('Make a security group for the endpoint'),
  reason: prose(
    'The endpoint’s interfaces are guarded by the consumer’s own group. The port is the service’s: 80 here, not the 443 of AWS’s services.',
  ),
  hints: [
    prose('Who speaks to whom, and at which port?'),
    prose('An inbound rule for the listener’s port, from the consumer’s VPC.'),
    prose('TCP 80 from the VPC’s range. Without it curl hangs although everything is available.'),
  ],
  symptoms: [
    {
      seen: prose('Everything is available, and curl hangs'),
      recognise: (site, _evidence, world) => {
        const provider = providerOf(world);
        const groups = findEndpointGroups(site, provider);
        const nic = clientInterface(site, provider);
        if (!nic || groups.length === 0 || admitsTcp(site.snapshot, groups, nic, HTTP)) return undefined;
        const ids = groups.map(({ id }) => id).join(', ');
        return admitsTcp(site.snapshot, groups, nic, HTTPS)
          ? telling(prose('security group {0} of the endpoint admits TCP 443; the service’s port is 80'), ids)
          : telling(prose('security group {0} of the endpoint does not admit TCP 80'), ids);
      },
    },
  ],
  done: (site, _evidence, world) =>
    check(() => {
      const provider = providerOf(world);
      const groups = findEndpointGroups(site, provider);
      const nic = clientInterface(site, provider);
      const ids = groups.map(({ id }) => id);
      if (!nic) return fails(telling(prose('No instance is running yet.')));
      if (groups.length === 0) return fails(telling(prose('No group for the endpoint yet.')));
      return admitsTcp(site.snapshot, groups, nic, HTTP)
        ? holds(telling(prose('{0} admits TCP 80 from {1}.'), ids.join(', '), nic.privateIpAddress), ...ids)
        : fails(telling(prose('{0} does not admit TCP 80 from {1}.'), ids.join(', '), nic.privateIpAddress));
    }),
  action: (site, _evidence, world) => {
    const provider = providerOf(world);
    const vpc = findConsumerVpc(site, provider);
    const [group] = findEndpointGroups(site, provider);
    if (!group) {
      const description = 'Admits HTTP from the VPC to the endpoint of the lab';
      return { operation: 'createSecurityGroup', vpcId: vpc.id, name: ownName(site), description };
    }
    const [cidr] = vpc.cidrBlocks;
    return cidr === undefined
      ? undefined
      : { operation: 'addSecurityGroupRule', groupId: group.id, rule: admitTcp(HTTP, cidr) };
  },
};

/** 6.15: the request. */
export const endpointStep: Step = {
  id: '6.15',
  account: 'consumer',
  title: prose('Create the endpoint'),
  reason: prose(
    'It puts an interface with an address of the consumer’s own into each subnet, and asks the provider to be let in.',
  ),
  hints: [
    prose('“Other endpoint services”, by the service’s name.'),
    prose(
      'The group of step 6.14, and subnets in zones that the service offers. Zones’ names differ between accounts; their ids do not.',
    ),
    prose('Private DNS stays off: the provider has proved no domain. The state is then pendingAcceptance.'),
  ],
  symptoms: [
    { seen: prose('Creating says: does not support the availability zone of the subnet') },
    { seen: prose('Creating says: has not verified the private DNS name') },
  ],
  done: (site, _evidence, world) =>
    check(() => {
      const endpoint = findEndpoint(site, providerOf(world));
      if (!endpoint) return fails(telling(prose('No endpoint for the service yet.')));
      return endpoint.state === 'rejected' || endpoint.state === 'expired' || endpoint.state === 'failed'
        ? fails(telling(prose('Endpoint {0} was not let in: {1}.'), endpoint.id, endpoint.state))
        : holds(telling(prose('Endpoint {0} is there: {1}.'), endpoint.id, endpoint.state), endpoint.id);
    }),
  action: (site, _evidence, world) => {
    const provider = providerOf(world);
    const service = findService(provider);
    if (!service || findEndpoint(site, provider)) return undefined;
    return {
      operation: 'createInterfaceEndpoint',
      name: ownName(site),
      vpcId: findConsumerVpc(site, provider).id,
      serviceName: service.serviceName,
      subnetIds: offeredSubnets(site, provider).map(({ id }) => id),
      securityGroupIds: findEndpointGroups(site, provider).map(({ id }) => id),
      privateDnsEnabled: false,
    };
  },
};

/** 6.18: it is let in. */
export const availableStep: Step = {
  id: '6.18',
  account: 'consumer',
  title: prose('Wait until the endpoint is available'),
  reason: prose('Between the provider’s word and the first packet lie some seconds, sometimes a minute or two.'),
  hints: [
    prose('Look at the endpoint’s state.'),
    prose('pendingAcceptance: the provider has not accepted. pending: a little patience.'),
    prose('rejected or expired: this endpoint is lost; delete it and create another one.'),
  ],
  symptoms: [
    {
      seen: prose('The endpoint stays in pendingAcceptance'),
      recognise: (site, _evidence, world) => {
        const endpoint = findEndpoint(site, providerOf(world));
        return endpoint?.state === 'pendingAcceptance'
          ? telling(prose('the provider has not accepted {0}'), endpoint.id)
          : undefined;
      },
    },
  ],
  done: (site, _evidence, world) =>
    check(() => {
      const endpoint = findEndpoint(site, providerOf(world));
      if (!endpoint) return fails(telling(prose('No endpoint for the service yet.')));
      if (endpoint.state !== 'available')
        return fails(telling(prose('Endpoint {0} is not available yet.'), endpoint.id));
      const addresses = interfacesOf(site.snapshot, endpoint).map(nic => nic.privateIpAddress);
      return holds(telling(prose('Endpoint {0} is available at {1}.'), endpoint.id, addresses.join(', ')), endpoint.id);
    }),
  action: () => undefined,
};
