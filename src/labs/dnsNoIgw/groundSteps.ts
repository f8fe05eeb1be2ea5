import { prose, telling } from '../../core/prose';
import { AMAZON_PROVIDED_DNS, resolverAddress, usesVpcResolver } from '../../core/vpcResolver';
import { check, fails, holds } from '../check';
import { ownGroup } from '../choose';
import { isReached, launchWithRole, whyOffline } from '../instanceParts';
import type { Step } from '../lab';
import { type LabSite, ownName } from '../labWorld';
import { defaultRouteOf, hasDnsAttributes } from '../predicates';
import { nextDnsAttribute } from '../privateNetwork/wayInStep';
import { gatewayOf, nextForInternet, nextForNetwork } from '../publicNetwork';
import { findDhcpOptions, findInstance, findSubnet, findVpc, ownDhcpOptions } from './find';

const wantedNetwork = (site: LabSite) => ({
  name: ownName(site),
  cidrBlock: '10.0.0.0/16',
  subnetCidrBlock: '10.0.1.0/24',
});

/** 7.1: a VPC of one's own. */
export const networkStep: Step = {
  id: '7.1',
  title: prose('Make a VPC with one subnet, and switch its DNS attributes on'),
  reason: prose('A VPC that you create has DNS host names off, and private DNS of endpoints needs both attributes on.'),
  hints: [
    prose('A VPC, a subnet, a route table of the subnet’s own.'),
    prose('10.0.0.0/16 and 10.0.1.0/24 will do. Then look at the VPC’s DNS settings.'),
    prose('Switch enableDnsSupport and enableDnsHostnames on: one call for each.'),
  ],
  symptoms: [
    {
      seen: prose('Creating an endpoint with private DNS says: Enabling private DNS requires both attributes'),
      recognise: site => {
        const vpc = findVpc(site);
        return vpc && !hasDnsAttributes(site.snapshot, vpc.id)
          ? telling(prose('a DNS attribute of {0} is off'), vpc.id)
          : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const [vpc, subnet] = [findVpc(site), findSubnet(site)];
      if (!vpc || !subnet) return fails(telling(prose('There is no VPC of your own with a subnet yet.')));
      if (nextForNetwork(site, wantedNetwork(site), { vpc, subnet }))
        return fails(telling(prose('Subnet {0} has no route table of its own yet.'), subnet.id));
      return hasDnsAttributes(site.snapshot, vpc.id)
        ? holds(telling(prose('{0} has both DNS attributes on, and subnet {1}.'), vpc.id, subnet.id), vpc.id)
        : fails(telling(prose('A DNS attribute of {0} is off.'), vpc.id));
    }),
  action: site => {
    const vpc = findVpc(site);
    const made = nextForNetwork(site, wantedNetwork(site), { vpc, subnet: findSubnet(site) });
    return made ?? (vpc && nextDnsAttribute(site, vpc));
  },
};

/** 7.2: who answers names. */
export const dhcpStep: Step = {
  id: '7.2',
  title: prose('Give the VPC DHCP options that name AWS’s DNS'),
  reason: prose(
    'An instance learns its DNS server by DHCP. Only AWS’s own resolver knows the private names of endpoints; another server must forward to it.',
  ),
  hints: [
    prose('DHCP options are a set of their own, which you then associate with the VPC.'),
    prose('The name server is written AmazonProvidedDNS.'),
    prose('Domain name REGION.compute.internal, name servers AmazonProvidedDNS; then associate the set.'),
  ],
  symptoms: [
    {
      seen: prose('Names of endpoints stay public, or no name resolves at all'),
      recognise: site => {
        const vpc = findVpc(site);
        const options = findDhcpOptions(site);
        return vpc && !usesVpcResolver(vpc, options)
          ? telling(
              prose('the DHCP options of {0} name another server: {1}'),
              vpc.id,
              options?.domainNameServers.join(', ') ?? '',
            )
          : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const vpc = findVpc(site);
      const options = findDhcpOptions(site);
      if (!vpc) return fails(telling(prose('There is no VPC of your own with a subnet yet.')));
      const own = ownDhcpOptions(site);
      if (own && own.id !== vpc.dhcpOptionsId)
        return fails(telling(prose('{0} does not use {1} yet.'), vpc.id, own.id));
      return options && usesVpcResolver(vpc, options)
        ? holds(telling(prose('{0} uses AWS’s DNS, as {1} says.'), vpc.id, options.id), options.id)
        : fails(telling(prose('The DHCP options of {0} do not name AWS’s DNS.'), vpc.id));
    }),
  action: site => {
    const vpc = findVpc(site);
    const own = ownDhcpOptions(site);
    if (!vpc || own?.id === vpc.dhcpOptionsId) return undefined;
    if (!own) {
      const domainName = `${site.snapshot.place.region}.compute.internal`;
      return {
        operation: 'createDhcpOptions',
        name: ownName(site),
        domainName,
        domainNameServers: [AMAZON_PROVIDED_DNS],
      };
    }
    const previousId = vpc.dhcpOptionsId ?? 'default';
    return { operation: 'associateDhcpOptions', vpcId: vpc.id, dhcpOptionsId: own.id, previousId };
  },
};

/** 7.3: a way out, for now. */
export const gatewayStep: Step = {
  id: '7.3',
  title: prose('Attach an internet gateway, for now'),
  reason: prose(
    'To see what changes one must see what was. The gateway will go later; until then the instance gets its software through it.',
  ),
  hints: [
    prose('A gateway alone leads nowhere.'),
    prose('Create it, attach it, and route 0.0.0.0/0 to it.'),
    prose('The route belongs into the subnet’s own table.'),
  ],
  symptoms: [],
  done: site =>
    check(() => {
      const [vpc, subnet] = [findVpc(site), findSubnet(site)];
      const gateway = vpc && gatewayOf(site, vpc);
      const route = subnet && defaultRouteOf(site.snapshot, subnet);
      return gateway && route?.target.kind === 'internetGateway'
        ? holds(telling(prose('{0} leads out of {1}.'), gateway.id, vpc.id), gateway.id)
        : fails(telling(prose('Nothing leads out of the VPC yet.')));
    }),
  action: site => {
    const [vpc, subnet] = [findVpc(site), findSubnet(site)];
    return vpc && subnet && nextForInternet(site, ownName(site), vpc, subnet);
  },
};

/** 7.4: the instance. */
export const instanceStep: Step = {
  id: '7.4',
  title: prose('Launch an instance and get a way in'),
  reason: prose(
    'Its role lets it register with Session Manager and describe instances; its own security group lets everything out and nothing in.',
  ),
  hints: [
    prose('Two policies: one for Session Manager, one for describing instances.'),
    prose('AmazonSSMManagedInstanceCore and AmazonEC2ReadOnlyAccess, in a role that EC2 may assume.'),
    prose(
      'Amazon Linux 2023, t2.micro, the VPC’s subnet, a public address, and a security group without inbound rules.',
    ),
  ],
  symptoms: [
    {
      seen: prose('Starting a session says: TargetNotConnected'),
      recognise: site => whyOffline(site, findInstance(site)),
    },
  ],
  done: site => check(() => isReached(site, findInstance(site))),
  action: site => {
    const subnet = findSubnet(site);
    if (!subnet || findInstance(site)) return undefined;
    const name = ownName(site);
    const group = ownGroup(site, name);
    if (!group)
      return {
        operation: 'createSecurityGroup',
        vpcId: subnet.vpcId,
        name,
        description: 'Lets the instance of the lab out',
      };
    const policies = ['AmazonEC2ReadOnlyAccess'];
    return launchWithRole(site, {
      name,
      subnetId: subnet.id,
      securityGroupIds: [group.id],
      policies,
      hasPublicAddress: true,
    });
  },
};

const tools = 'sudo dnf -y -q install nmap bind-utils tmux tcpdump';

/** 7.5: what it has learnt. */
export const resolverStep: Step = {
  id: '7.5',
  title: prose('Install the tools, and see which DNS the instance uses'),
  reason: prose(
    'Software must be there before the gateway goes. The resolver’s address is the VPC’s own range plus two, or 169.254.169.253.',
  ),
  hints: [
    prose('What DHCP said stands in a file.'),
    prose('cat /etc/resolv.conf'),
    prose('sudo dnf -y install nmap bind-utils tmux tcpdump; then look for the line “nameserver”.'),
  ],
  symptoms: [],
  done: proveResolver,
  proof: proveResolver,
  action: (site, { commands }) => {
    const instance = findInstance(site);
    if (!instance || commands.resolver) return undefined;
    return commands.tools
      ? { operation: 'run', instanceId: instance.id, command: 'resolver', commandLine: 'cat /etc/resolv.conf' }
      : { operation: 'run', instanceId: instance.id, command: 'tools', commandLine: tools };
  },
};

function proveResolver(...[site, { commands }]: Parameters<Step['done']>) {
  return check(() => {
    const vpc = findVpc(site);
    if (!vpc || !commands.resolver) return fails(telling(prose('The file has not been read yet.')));
    const server = /^nameserver (\S+)/m.exec(commands.resolver.output)?.[1] ?? '';
    return server === resolverAddress(vpc) || server === '169.254.169.253'
      ? holds(telling(prose('The instance asks {0}, AWS’s resolver in this VPC.'), server), server)
      : fails(telling(prose('The instance asks {0}, which is not AWS’s resolver.'), server));
  });
}
