import type { SecurityGroup } from '../../core/network';
import { prose, type Telling, telling } from '../../core/prose';
import { need } from '../../core/reading';
import { HTTPS } from '../../core/rules/flow';
import { groupsOf, vpcIn } from '../../core/snapshotLookup';
import { type Check, check, fails, holds } from '../check';
import { isReached, launchWithRole, whyOffline } from '../instanceParts';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import type { LabEvidence } from '../labEvidence';
import type { LabSite } from '../labWorld';
import { admitsTcp, interfaceOf } from '../predicates';
import { admitTcp } from '../ruleTemplates';
import { defaultGroups, subnetPerZoneOf } from '../vpcParts';
import {
  findBalancer,
  findNeighbour,
  findProviderVpc,
  findServer,
  groupsById,
  HTTP,
  isWelcome,
  neighbourName,
  nodesOf,
  targetsOf,
  whyUnused,
} from './find';

const anywhere = '0.0.0.0/0';

/** 6.5: who is let in where. */
export const groupsStep: Step = {
  id: '6.5',
  account: 'provider',
  title: prose('Let the balancer in at the server, and everybody at the balancer'),
  reason: prose(
    'There are two doors. The server’s group must admit the balancer’s nodes, which ask for its health and pass connections on. The balancer’s group is asked about the consumers, whose addresses you do not know; an internal balancer is reached from the VPC and through PrivateLink only, so port 80 from anywhere is right here.',
  ),
  hints: [
    prose('Both groups need an inbound rule for TCP 80.'),
    prose('The server: from the VPC’s range, or from the balancer’s group. The balancer: from anywhere.'),
    prose('The VPC’s range is right for the server, because the nodes have addresses in the VPC.'),
  ],
  symptoms: [
    {
      seen: prose('The target is unhealthy, the reason Target.FailedHealthChecks'),
      recognise: site => (findBalancer(site) ? whyServerIsClosed(site) : undefined),
    },
    {
      seen: prose('The target is healthy, and connections to the balancer are met by silence'),
      recognise: site => (findBalancer(site) ? whyBalancerIsClosed(site) : undefined),
    },
  ],
  done: site =>
    check(() => {
      if (!findServer(site) || nodesOf(site).length === 0)
        return fails(telling(prose('Server and balancer are not both there yet.')));
      const isServerOpen = whyServerIsClosed(site) === undefined;
      const isBalancerOpen = whyBalancerIsClosed(site) === undefined;
      if (!isServerOpen)
        return fails(telling(prose('The server does not admit TCP 80 from every node of the balancer.')));
      if (!isBalancerOpen) return fails(telling(prose('The balancer does not admit TCP 80.')));
      const nodes = nodesOf(site).map(({ privateIpAddress }) => privateIpAddress);
      return holds(
        telling(prose('The server admits TCP 80 from {0}, and the balancer from its clients.'), nodes.join(', ')),
      );
    }),
  action: nextForGroups,
};

function serverGroups(site: LabSite): readonly SecurityGroup[] {
  const server = findServer(site);
  const nic = server && interfaceOf(site.snapshot, server);
  return nic ? groupsOf(site.snapshot, nic) : [];
}

/** None: a balancer without groups lets everybody in. */
const balancerGroups = (site: LabSite) => groupsById(site, findBalancer(site)?.securityGroupIds ?? []);

const names = (groups: readonly SecurityGroup[]) => groups.map(({ id }) => id).join(', ');

function whyServerIsClosed(site: LabSite): Telling | undefined {
  const groups = serverGroups(site);
  const shut = nodesOf(site).find(node => !admitsTcp(site.snapshot, groups, node, HTTP));
  return (
    shut &&
    telling(
      prose('security group {0} of the server does not admit TCP 80 from the balancer’s node {1}'),
      names(groups),
      shut.privateIpAddress,
    )
  );
}

/** Asked with the server’s own address, which stands for any client in the VPC. */
function whyBalancerIsClosed(site: LabSite): Telling | undefined {
  const groups = balancerGroups(site);
  const server = findServer(site);
  const nic = server && interfaceOf(site.snapshot, server);
  if (!nic || groups.length === 0 || admitsTcp(site.snapshot, groups, nic, HTTP)) return undefined;
  return admitsTcp(site.snapshot, groups, nic, HTTPS)
    ? telling(prose('security group {0} of the balancer admits TCP 443; the service’s port is 80'), names(groups))
    : telling(prose('security group {0} of the balancer does not admit TCP 80'), names(groups));
}

function nextForGroups(site: LabSite): LabAction | undefined {
  const [serverGroup] = serverGroups(site);
  const [cidr] = serverGroup ? vpcIn(site.snapshot, serverGroup.vpcId).cidrBlocks : [];
  if (serverGroup && cidr !== undefined && whyServerIsClosed(site))
    return { operation: 'addSecurityGroupRule', groupId: serverGroup.id, rule: admitTcp(HTTP, cidr) };
  const [balancerGroup] = balancerGroups(site);
  return balancerGroup && whyBalancerIsClosed(site)
    ? { operation: 'addSecurityGroupRule', groupId: balancerGroup.id, rule: admitTcp(HTTP, anywhere) }
    : undefined;
}

/** 6.6: the balancer finds the server well. */
export const healthStep: Step = {
  id: '6.6',
  account: 'provider',
  title: prose('Wait until the target is healthy'),
  reason: prose(
    'The balancer opens a connection to its targets now and then. One that does not answer gets nothing while another does.',
  ),
  hints: [
    prose('“initial” for up to a few minutes is normal.'),
    prose('“unhealthy” means that the check’s connection did not succeed: the way, or nginx.'),
    prose(
      'Look at the reason: Target.FailedHealthChecks points to the server’s security group or to nginx, Target.NotInUse to the listener.',
    ),
  ],
  symptoms: [
    {
      seen: prose('The target is unhealthy or unused'),
      recognise: site => whyNotHealthy(site),
    },
  ],
  done: site =>
    check(() => {
      const server = findServer(site);
      const target = targetsOf(site).find(({ id }) => id === server?.id);
      if (!target) return fails(telling(prose('The server is not registered yet.')));
      return target.health === 'healthy'
        ? holds(telling(prose('Target {0} is healthy.'), target.id), target.id)
        : fails(
            telling(prose('Target {0} is {1}.'), target.id, [target.health, target.reason].filter(Boolean).join(', ')),
          );
    }),
  action: () => undefined,
};

/** AWS has looked and found something; while it has not, there is nothing to explain. */
function whyNotHealthy(site: LabSite): Telling | undefined {
  const server = findServer(site);
  const target = targetsOf(site).find(({ id }) => id === server?.id);
  if (target?.health === 'unused') return whyUnused(site);
  if (target?.health !== 'unhealthy') return undefined;
  return whyServerIsClosed(site) ?? telling(prose('nothing answers at TCP 80 on {0}: nginx is not running'), target.id);
}

const crossZone = 'load_balancing.cross_zone.enabled';

/** 6.7: zones without a target. */
export const crossZoneStep: Step = {
  id: '6.7',
  account: 'provider',
  title: prose('Let the balancer send across zones'),
  reason: prose(
    'Each zone has its own node, and by default it sends to targets of its own zone only. A consumer whose interface is in a zone without a target then gets no answer: one address of three works.',
  ),
  hints: [
    prose('One server, three zones: who serves the other two?'),
    prose('Either a target in each zone, or cross-zone load balancing.'),
    prose('Switch load_balancing.cross_zone.enabled on in the balancer’s attributes.'),
  ],
  symptoms: [
    {
      seen: prose('One address of three answers'),
      recognise: site => {
        const zones = zonesWithoutTarget(site);
        return zones.length > 0
          ? telling(prose('cross-zone load balancing is off, and there is no healthy target in {0}'), zones.join(', '))
          : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const balancer = findBalancer(site);
      if (!balancer) return fails(telling(prose('No Network Load Balancer yet.')));
      const zones = zonesWithoutTarget(site);
      return zones.length === 0
        ? holds(telling(prose('Every zone of {0} has a target to send to.'), balancer.name))
        : fails(telling(prose('No target for the node in {0}.'), zones.join(', ')));
    }),
  action: site => {
    const balancer = findBalancer(site);
    return balancer && zonesWithoutTarget(site).length > 0
      ? { operation: 'setCrossZone', loadBalancerArn: balancer.arn, isEnabled: true }
      : undefined;
  },
};

/** Zones of the balancer whose node has nobody to send to. */
function zonesWithoutTarget(site: LabSite): readonly string[] {
  const balancer = findBalancer(site);
  if (!balancer) return [];
  if (need(site.loadBalancers).attributes.get(balancer.arn)?.[crossZone] === 'true') return [];
  const subnetIds = healthyInstances(site).map(({ subnetId }) => subnetId);
  const served = need(site.snapshot.subnets)
    .filter(({ id }) => subnetIds.includes(id))
    .map(({ availabilityZone }) => availabilityZone);
  return balancer.zones.map(({ availabilityZone }) => availabilityZone).filter(zone => !served.includes(zone));
}

function healthyInstances(site: LabSite) {
  const healthy = targetsOf(site)
    .filter(({ health }) => health === 'healthy')
    .map(({ id }): string => id);
  return need(site.snapshot.instances).filter(({ id }) => healthy.includes(id));
}

/** 6.8a: somebody to try it from. */
export const neighbourStep: Step = {
  id: '6.8a',
  account: 'provider',
  title: prose('Launch a second instance beside the server'),
  reason: prose(
    'The way through the balancer is proved before anybody else comes in. It takes a second instance: a target cannot reach itself through its balancer, because the packets would carry its own address as source.',
  ),
  hints: [
    prose('Who in the VPC could be a client of the balancer?'),
    prose('Any small instance in the same VPC, other than the target.'),
    prose(
      'Same image, type and role as the server; the VPC’s default security group lets everything out, which is enough.',
    ),
  ],
  symptoms: [
    {
      seen: prose('The instance runs, and Session Manager never lists it'),
      recognise: site => whyOffline(site, findNeighbour(site)),
    },
  ],
  done: site => check(() => isReached(site, findNeighbour(site))),
  action: site => {
    const vpc = findProviderVpc(site);
    const [subnet] = subnetPerZoneOf(site, vpc.id, findServer(site)?.subnetId);
    if (findNeighbour(site) || !subnet) return undefined;
    const securityGroupIds = defaultGroups(site, vpc.id).map(({ id }) => id);
    return launchWithRole(site, { name: neighbourName(site), subnetId: subnet.id, securityGroupIds });
  },
};

/** 6.8b: through the balancer, still inside the provider’s VPC. */
export const directStep: Step = {
  id: '6.8b',
  account: 'provider',
  title: prose('Try the balancer from the provider’s own VPC'),
  reason: prose(
    'From here on the way from the balancer to nginx is certain. What fails later is on the consumer’s side or between.',
  ),
  hints: [
    prose('The balancer has a DNS name.'),
    prose('Call it from the second instance, not from the server.'),
    prose('curl http://NAME-OF-THE-BALANCER/ prints “Welcome to nginx!”.'),
  ],
  symptoms: [
    {
      seen: prose('curl on the server itself hangs, and on others it works'),
    },
  ],
  done: proveDirect,
  proof: proveDirect,
  action: (site, { commands }) => {
    const balancer = findBalancer(site);
    const neighbour = findNeighbour(site);
    if (!neighbour || !balancer?.dnsName || commands.direct) return undefined;
    const commandLine = `curl -sS --connect-timeout 5 http://${balancer.dnsName}/`;
    return { operation: 'run', instanceId: neighbour.id, command: 'direct', commandLine };
  },
};

function proveDirect(site: LabSite, { commands }: LabEvidence): Check {
  return check(() => {
    if (!commands.direct) return fails(telling(prose('The balancer has not been called yet.')));
    const name = findBalancer(site)?.name ?? '';
    return isWelcome(commands.direct)
      ? holds(telling(prose('nginx answers through balancer {0}.'), name))
      : fails(telling(prose('nginx does not answer through balancer {0}.'), name));
  });
}
