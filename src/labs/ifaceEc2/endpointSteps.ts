import { prose, telling } from '../../core/prose';
import { HTTPS } from '../../core/rules/flow';
import { dnsAttributesIn } from '../../core/snapshotLookup';
import { check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';
import { isDropped } from '../packetProofs';
import { admitsTcp, hasDnsAttributes, interfacesOf } from '../predicates';
import { admitTcp } from '../ruleTemplates';
import {
  findEndpoint,
  findEndpointGroups,
  findForeignEndpoint,
  findVpc,
  needInstance,
  serviceName,
  subnetPerZone,
} from './find';

/** 1.4: the group that guards the endpoint. */
export const groupStep: Step = {
  id: '1.4',
  title: prose('Make a security group for the endpoint'),
  reason: prose(
    'An endpoint’s interface is guarded like any other: what its groups do not admit is dropped in silence. TCP 443 from the VPC is enough; all traffic from anywhere, as one often sees it, is more than needed.',
  ),
  hints: [
    prose('Who speaks to whom? The instance opens a connection to the endpoint.'),
    prose('The endpoint’s group needs an inbound rule; the instance’s group already lets everything out.'),
    prose('Create a group in the VPC with one inbound rule: TCP 443 from the VPC’s own range.'),
  ],
  symptoms: [
    {
      seen: prose(
        'The same SYN again and again, and no answer; the command ends with: Connect timeout on endpoint URL',
      ),
      recognise: (site, { captures }) => {
        const endpoint = findEndpoint(site);
        const addresses = endpoint ? interfacesOf(site.snapshot, endpoint).map(nic => nic.privateIpAddress) : [];
        const dropped = captures.describeInstances?.conversations.find(
          conversation => addresses.includes(conversation.destination) && isDropped(conversation),
        );
        const groups = findEndpointGroups(site).map(({ id }) => id);
        return dropped
          ? telling(prose('security group {0} of the endpoint does not admit TCP 443'), groups.join(', '))
          : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const found = needInstance(site);
      const groups = findEndpointGroups(site);
      const ids = groups.map(({ id }) => id);
      if (!found) return fails(telling(prose('No instance is running yet.')));
      if (groups.length === 0) return fails(telling(prose('No group for the endpoint yet.')));
      return admitsTcp(site.snapshot, groups, found.nic, HTTPS)
        ? holds(telling(prose('{0} admits TCP 443 from {1}.'), ids.join(', '), found.nic.privateIpAddress), ...ids)
        : fails(telling(prose('{0} does not admit TCP 443 from {1}.'), ids.join(', '), found.nic.privateIpAddress));
    }),
  action: site => {
    const vpc = findVpc(site);
    const [group] = findEndpointGroups(site);
    if (!group) {
      const description = 'Admits HTTPS from the VPC to the endpoint of the lab';
      return { operation: 'createSecurityGroup', vpcId: vpc.id, name: ownName(site), description };
    }
    const [cidr] = vpc.cidrBlocks;
    return cidr === undefined
      ? undefined
      : {
          operation: 'addSecurityGroupRule',
          groupId: group.id,
          rule: admitTcp(HTTPS, cidr),
        };
  },
};

/** 1.5: the endpoint itself. */
export const endpointStep: Step = {
  id: '1.5',
  title: prose('Create the interface endpoint for EC2'),
  reason: prose(
    'It puts an interface with a private address into each subnet you choose. Route tables need no change: the interfaces are inside the VPC.',
  ),
  hints: [
    prose('The service name ends in .ec2, and the type is interface.'),
    prose('One subnet for each zone, the group of step 1.4, and private DNS on.'),
    prose('Both DNS attributes of the VPC must be on, or AWS refuses private DNS. The endpoint takes a minute or two.'),
  ],
  symptoms: [
    {
      seen: prose('The endpoint is available, and names still lead outside'),
      recognise: site => {
        const foreign = findEndpoint(site) ? undefined : findForeignEndpoint(site);
        return foreign ? telling(prose('endpoint {0} is in another VPC, {1}'), foreign.id, foreign.vpcId) : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const endpoint = findEndpoint(site);
      if (!endpoint) return fails(telling(prose('No endpoint for EC2 in the instance’s VPC yet.')));
      if (endpoint.state === 'failed')
        return fails(telling(prose('Endpoint {0} has failed: {1}'), endpoint.id, endpoint.failure ?? ''));
      if (endpoint.state !== 'available')
        return fails(telling(prose('Endpoint {0} is not available yet.'), endpoint.id));
      if (!endpoint.privateDnsEnabled) return fails(telling(prose('Endpoint {0} has private DNS off.'), endpoint.id));
      const interfaces = interfacesOf(site.snapshot, endpoint);
      if (interfaces.length < endpoint.subnetIds.length) {
        return fails(telling(prose('Endpoint {0} does not have an interface in each subnet yet.'), endpoint.id));
      }
      const addresses = interfaces.map(nic => nic.privateIpAddress).join(', ');
      return holds(telling(prose('Endpoint {0} is available at {1}.'), endpoint.id, addresses), endpoint.id);
    }),
  action: nextForEndpoint,
};

function nextForEndpoint(site: LabSite): LabAction | undefined {
  const vpc = findVpc(site);
  const endpoint = findEndpoint(site);
  if (endpoint) return mendEndpoint(endpoint);
  if (!hasDnsAttributes(site.snapshot, vpc.id)) {
    const { enableDnsSupport } = dnsAttributesIn(site.snapshot, vpc.id);
    const attribute = enableDnsSupport ? 'enableDnsHostnames' : 'enableDnsSupport';
    return { operation: 'setVpcDnsAttribute', vpcId: vpc.id, attribute, isEnabled: true };
  }
  return {
    operation: 'createInterfaceEndpoint',
    name: ownName(site),
    vpcId: vpc.id,
    serviceName: serviceName(site),
    subnetIds: subnetPerZone(site).map(({ id }) => id),
    securityGroupIds: findEndpointGroups(site).map(({ id }) => id),
    privateDnsEnabled: true,
  };
}

function mendEndpoint({
  id,
  state,
  privateDnsEnabled,
}: NonNullable<ReturnType<typeof findEndpoint>>): LabAction | undefined {
  return state === 'available' && !privateDnsEnabled
    ? { operation: 'modifyPrivateDns', endpointId: id, isEnabled: true }
    : undefined;
}
