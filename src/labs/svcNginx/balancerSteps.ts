import { prose, telling } from '../../core/prose';
import { check, fails, holds } from '../check';
import { ownGroup } from '../choose';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';
import { subnetPerZoneOf } from '../vpcParts';
import {
  balancerGroupName,
  findBalancer,
  findListener,
  findProviderVpc,
  findServer,
  findTargetGroup,
  HTTP,
  listenersOf,
  targetsOf,
  whyUnused,
} from './find';

/** 6.2: where the balancer will send. */
export const targetGroupStep: Step = {
  id: '6.2',
  account: 'provider',
  title: prose('Make a target group with the server in it'),
  reason: prose(
    'A Network Load Balancer passes connections on, not requests, so its group speaks TCP. The group also asks its targets whether they are well.',
  ),
  hints: [
    prose('A target group of type instance, in the server’s VPC.'),
    prose('Protocol TCP and port 80. HTTP is for Application Load Balancers, and a Network Load Balancer refuses it.'),
    prose('Then register the instance as a target. A name has at most 32 letters, digits and dashes.'),
  ],
  symptoms: [
    {
      seen: prose('The group cannot be chosen for the balancer'),
      recognise: site => {
        const group = findTargetGroup(site);
        return group && group.protocol !== 'TCP'
          ? telling(
              prose('target group {0} speaks {1}, which is for Application Load Balancers'),
              group.name,
              group.protocol,
            )
          : undefined;
      },
    },
    {
      seen: prose('The target never becomes healthy'),
      recognise: site => {
        const port = targetsOf(site).find(({ id }) => id === findServer(site)?.id)?.port;
        return port !== undefined && port !== HTTP
          ? telling(prose('the target is registered with port {0}, and nginx listens at 80'), String(port))
          : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const group = findTargetGroup(site);
      const server = findServer(site);
      if (!server) return fails(telling(prose('There is no server yet.')));
      if (!group) return fails(telling(prose('No target group yet.')));
      if (group.protocol !== 'TCP') return fails(telling(prose('Target group {0} does not speak TCP.'), group.name));
      const target = targetsOf(site).find(({ id }) => id === server.id);
      if (!target) return fails(telling(prose('{0} is not registered in {1} yet.'), server.id, group.name));
      return target.port === undefined || target.port === HTTP
        ? holds(telling(prose('Target group {0} sends TCP 80 to {1}.'), group.name, server.id), server.id)
        : fails(telling(prose('{0} is registered with another port than 80.'), server.id));
    }),
  action: site => {
    const group = findTargetGroup(site);
    const server = findServer(site);
    if (!server?.vpcId) return undefined;
    if (!group) return { operation: 'createTargetGroup', name: ownName(site), vpcId: server.vpcId, port: HTTP };
    return targetsOf(site).some(({ id }) => id === server.id)
      ? undefined
      : { operation: 'registerTarget', targetGroupArn: group.arn, instanceId: server.id };
  },
};

/** 6.3: the balancer. */
export const balancerStep: Step = {
  id: '6.3',
  account: 'provider',
  title: prose('Make an internal Network Load Balancer'),
  reason: prose(
    'PrivateLink leads to a load balancer, and it need not be reachable from the internet: internal is enough. One subnet in each zone lets consumers in all zones connect.',
  ),
  hints: [
    prose('Type network, scheme internal, all zones.'),
    prose('Security groups can be given now and never later: choose a group even though it has no rule yet.'),
    prose('Being made, it is “provisioning” for two or three minutes.'),
  ],
  symptoms: [
    {
      seen: prose('The balancer’s state is failed'),
      recognise: site => {
        const balancer = findBalancer(site);
        return balancer?.state === 'failed'
          ? telling(prose('balancer {0} could not get its addresses in its subnets'), balancer.name)
          : undefined;
      },
    },
    { seen: prose('Adding a security group later says: InvalidConfigurationRequest') },
  ],
  done: site =>
    check(() => {
      const balancer = findBalancer(site);
      if (!balancer) return fails(telling(prose('No Network Load Balancer yet.')));
      if (balancer.state !== 'active') return fails(telling(prose('Balancer {0} is not active yet.'), balancer.name));
      const zones = balancer.zones.map(({ availabilityZone }) => availabilityZone).join(', ');
      return holds(telling(prose('Balancer {0} is active in {1}.'), balancer.name, zones), balancer.arn);
    }),
  action: nextForBalancer,
};

function nextForBalancer(site: LabSite): LabAction | undefined {
  if (findBalancer(site)) return undefined;
  const vpc = findProviderVpc(site);
  const name = balancerGroupName(site);
  const group = ownGroup(site, name);
  if (!group)
    return { operation: 'createSecurityGroup', vpcId: vpc.id, name, description: 'Guards the balancer of the lab' };
  const subnetIds = subnetPerZoneOf(site, vpc.id, findServer(site)?.subnetId).map(({ id }) => id);
  return { operation: 'createLoadBalancer', name: ownName(site), subnetIds, securityGroupIds: [group.id] };
}

/** 6.4: at which port it listens. */
export const listenerStep: Step = {
  id: '6.4',
  account: 'provider',
  title: prose('Let the balancer listen'),
  reason: prose(
    'A listener joins balancer and target group. Without one the group is not in use and nobody asks how its targets are.',
  ),
  hints: [
    prose('What arrives at the balancer’s port 80 shall go to the target group.'),
    prose('Add a listener: TCP 80, forward to the group.'),
    prose('The consumer will use the listener’s port, not the target’s. Here both are 80.'),
  ],
  symptoms: [
    {
      seen: prose('The target is unused, the reason Target.NotInUse; or the SYN is answered by a reset'),
      recognise: whyUnused,
    },
  ],
  done: site =>
    check(() => {
      const balancer = findBalancer(site);
      if (!balancer) return fails(telling(prose('No Network Load Balancer yet.')));
      const listener = findListener(site);
      if (!listener) return fails(telling(prose('Balancer {0} does not listen at TCP 80.'), balancer.name));
      const group = findTargetGroup(site);
      return group && listener.targetGroupArn === group.arn
        ? holds(telling(prose('TCP 80 of {0} goes to {1}.'), balancer.name, group.name), listener.arn)
        : fails(telling(prose('The listener of {0} forwards to no target group.'), balancer.name));
    }),
  action: site => {
    const balancer = findBalancer(site);
    const group = findTargetGroup(site);
    if (!balancer || !group || listenersOf(site).length > 0) return undefined;
    return { operation: 'createListener', loadBalancerArn: balancer.arn, port: HTTP, targetGroupArn: group.arn };
  },
};
