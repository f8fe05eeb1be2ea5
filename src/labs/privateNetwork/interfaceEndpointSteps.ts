import { prose, type Telling, telling } from '../../core/prose';
import { HTTPS } from '../../core/rules/flow';
import { check, fails, holds } from '../check';
import { ownGroup } from '../choose';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';
import { admitsTcp, flows, interfacesOf } from '../predicates';
import { admitTcp } from '../ruleTemplates';
import { groundInterface } from './ground';
import {
  endpointGroupName,
  endpointGroups,
  findEndpointInterface,
  findInterfaceEndpoint,
  type Subject,
  serviceNameOf,
} from './interfaceEndpoint';

/** The endpoint, in the private subnet and nowhere else. */
export const endpointStep = (id: string, subject: Subject, texts: Pick<Step, 'title' | 'reason' | 'hints'>): Step => ({
  id,
  ...texts,
  symptoms: [
    { seen: prose('The default security group was chosen'), recognise: site => whyDefaultGroup(site, subject) },
  ],
  done: site =>
    check(() => {
      const subnet = subject.ground.findSubnet(site);
      const endpoint = findInterfaceEndpoint(site, subject);
      if (!subnet || !endpoint)
        return fails(telling(prose('There is no endpoint for {0} in the VPC yet.'), serviceNameOf(subject, site)));
      if (endpoint.state === 'failed')
        return fails(telling(prose('Endpoint {0} has failed: {1}'), endpoint.id, endpoint.failure ?? ''));
      if (endpoint.state !== 'available')
        return fails(telling(prose('Endpoint {0} is not available yet.'), endpoint.id));
      const there = interfacesOf(site.snapshot, endpoint).find(({ subnetId }) => subnetId === subnet.id);
      if (!there || endpoint.subnetIds.length !== 1)
        return fails(telling(prose('Endpoint {0} is not in {1} alone.'), endpoint.id, subnet.id));
      const text = prose('Endpoint {0} is available at {1} in {2}.');
      return holds(telling(text, endpoint.id, there.privateIpAddress, subnet.id), endpoint.id, there.id);
    }),
  action: site => nextForEndpoint(site, subject),
});

function nextForEndpoint(site: LabSite, subject: Subject): LabAction | undefined {
  const subnet = subject.ground.findSubnet(site);
  if (!subnet || findInterfaceEndpoint(site, subject)) return undefined;
  const name = endpointGroupName(site);
  const group = ownGroup(site, name);
  if (!group)
    return {
      operation: 'createSecurityGroup',
      vpcId: subnet.vpcId,
      name,
      description: 'Guards the endpoint of the lab',
    };
  return {
    operation: 'createInterfaceEndpoint',
    name: `${ownName(site)}-${subject.service}`,
    vpcId: subnet.vpcId,
    serviceName: serviceNameOf(subject, site),
    subnetIds: [subnet.id],
    securityGroupIds: [group.id],
    privateDnsEnabled: subject.privateDnsEnabled,
  };
}

/** The endpoint's group lets the instance in. */
export const endpointGroupStep = (id: string, subject: Subject): Step => ({
  id,
  title: prose('Let the instance in to the endpoint'),
  reason: prose(
    'What the endpoint’s security group does not admit is dropped in silence: for the program it looks like a missing route, only the destination is another.',
  ),
  hints: [
    prose('The instance opens the connection, so the endpoint’s group needs an inbound rule.'),
    prose('TCP 443 from the range of the private subnet is enough.'),
    prose(
      'The group of the VPC called default admits its own members only: the instance has to be one, or a rule has to name it.',
    ),
  ],
  symptoms: [
    {
      seen: prose('The same SYN again and again to the private address; the command ends with: Connect timeout'),
      recognise: site => whyDefaultGroup(site, subject) ?? whyNotAdmitted(site, subject),
    },
  ],
  done: site =>
    check(() => {
      const found = groundInterface(subject.ground, site);
      const there = findEndpointInterface(site, subject);
      if (!found || !there) return fails(telling(prose('The endpoint has no interface yet.')));
      const ids = endpointGroups(site, subject).map(group => group.id);
      const { privateIpAddress } = found.nic;
      if (!admitsTcp(site.snapshot, endpointGroups(site, subject), found.nic, HTTPS))
        return fails(telling(prose('{0} does not admit TCP 443 from {1}.'), ids.join(', '), privateIpAddress));
      return flows(site.snapshot, found.nic, there, HTTPS)
        ? holds(telling(prose('{0} admits TCP 443 from {1}.'), ids.join(', '), privateIpAddress), ...ids)
        : fails(
            telling(
              prose('TCP 443 from {0} does not arrive at {1}: look at the groups and network ACLs of both.'),
              privateIpAddress,
              there.privateIpAddress,
            ),
          );
    }),
  action: site => {
    const subnet = subject.ground.findSubnet(site);
    const [group] = endpointGroups(site, subject);
    return subnet && group && !isAdmitted(site, subject)
      ? { operation: 'addSecurityGroupRule', groupId: group.id, rule: admitTcp(HTTPS, subnet.cidrBlock) }
      : undefined;
  },
});

function isAdmitted(site: LabSite, subject: Subject): boolean {
  const found = groundInterface(subject.ground, site);
  return found !== undefined && admitsTcp(site.snapshot, endpointGroups(site, subject), found.nic, HTTPS);
}

function whyDefaultGroup(site: LabSite, subject: Subject): Telling | undefined {
  const endpoint = findInterfaceEndpoint(site, subject);
  const instance = subject.ground.findInstance(site);
  const groups = endpointGroups(site, subject);
  const group = groups.find(({ name }) => name === 'default');
  if (endpoint?.state !== 'available' || !instance || !group || isAdmitted(site, subject)) return undefined;
  return telling(
    prose('endpoint {0} has the default group {1}, which admits its own members only, and {2} is in another group'),
    endpoint.id,
    group.id,
    instance.id,
  );
}

function whyNotAdmitted(site: LabSite, subject: Subject): Telling | undefined {
  const found = groundInterface(subject.ground, site);
  const endpoint = findInterfaceEndpoint(site, subject);
  const ids = endpointGroups(site, subject).map(({ id }) => id);
  if (!found || !endpoint || ids.length === 0 || isAdmitted(site, subject)) return undefined;
  return telling(
    prose('security group {0} of endpoint {1} does not admit TCP 443 from {2}'),
    ids.join(', '),
    endpoint.id,
    found.nic.privateIpAddress,
  );
}
