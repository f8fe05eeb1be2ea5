import { privateHostName, publicHostName } from '../../../core/hostNames';
import { accountId, dhcpOptionsId, type VpcId, vpcId } from '../../../core/ids';
import { covers } from '../../../core/ipv4';
import type { Vpc } from '../../../core/network';
import type { ResolverView } from '../../../core/rules/resolveName';
import type { RegionState, WorldView } from '../../world/regionState';
import type { WorldLookup } from '../forwarding/worldLookup';
import { balancerAddresses } from './balancerNames';
import type { ResolverKnowledge } from './nameServer';

/** What the Amazon-provided resolver of a VPC knows now; undefined when the VPC is gone. */
export function vpcKnowledge(
  world: WorldView,
  lookup: WorldLookup,
  state: RegionState,
  id: VpcId,
): ResolverKnowledge | undefined {
  const vpc = state.vpcs.get(id);
  const attributes = state.dnsAttributes.get(id);
  if (!vpc || !attributes) return undefined;
  const peers = peersWithNames(world, lookup, id);
  return {
    view: { ...namesOf(world, lookup), region: state.place.region, vpc, attributes, dhcpOptions: undefined, peers },
    reverseName: address => {
      if (vpc.cidrBlocks.some(range => covers(range, address)))
        // Every address of the VPC has a host name, in use or not.
        return attributes.enableDnsHostnames ? privateHostName(address, state.place.region) : undefined;
      const peer = peers.find(({ cidrBlocks }) => cidrBlocks.some(range => covers(range, address)));
      return peer ? privateHostName(address, peer.region) : publicReverseName(lookup, address);
    },
    textsOf: name => world.publishedTexts(name),
  };
}

/** Peered VPCs whose owners let this one see their names ("Route 53 Resolver: Autodefined rules" for VPC peering). */
function peersWithNames(world: WorldView, lookup: WorldLookup, id: VpcId) {
  return lookup.peersOf(id).flatMap(({ accountId, region, vpcId, allowsRemoteDnsResolution }) => {
    const there = world.region({ accountId, region });
    const peer = there.vpcs.get(vpcId);
    const attributes = there.dnsAttributes.get(vpcId);
    const isNamed = attributes?.enableDnsSupport && attributes.enableDnsHostnames;
    return peer && isNamed && allowsRemoteDnsResolution ? [{ vpcId, region, cidrBlocks: peer.cidrBlocks }] : [];
  });
}

/** A VPC that is nobody's: public resolvers stand outside of all. */
const nowhere: Vpc = {
  id: vpcId('vpc-00000000'),
  ownerId: accountId('000000000000'),
  cidrBlocks: [],
  isDefault: false,
  dhcpOptionsId: undefined,
  tags: {},
};

/** What everybody's DNS knows, asked at `serverAddress`: public names, and the endpoints' own. */
export function publicKnowledge(world: WorldView, lookup: WorldLookup, serverAddress: string): ResolverKnowledge {
  const dhcpOptions = { id: dhcpOptionsId('dopt-00000000'), domainName: undefined, domainNameServers: [serverAddress] };
  const attributes = { enableDnsSupport: true, enableDnsHostnames: false };
  return {
    view: { ...namesOf(world, lookup), region: '', vpc: nowhere, attributes, dhcpOptions },
    reverseName: address => publicReverseName(lookup, address),
    textsOf: name => world.publishedTexts(name),
  };
}

type Names = Pick<ResolverView, 'endpoints' | 'networkInterfaces' | 'subnets' | 'publicAddresses' | 'privateNamesOf'>;

/** Endpoints of every account: their own names resolve everywhere. */
function namesOf(world: WorldView, lookup: WorldLookup): Names {
  return {
    ...lookup.named,
    publicAddresses: name =>
      world.publicAddresses(name) ?? balancerAddresses(lookup, name) ?? tunnelAddresses(world, lookup, name),
    privateNamesOf: serviceName => world.privateNamesOf(serviceName),
  };
}

/** Tunnels are dug at public addresses of AWS's; here those of the region's EC2. */
function tunnelAddresses(world: WorldView, lookup: WorldLookup, name: string): readonly string[] | undefined {
  const region = lookup.instanceConnectRegion(name.toLowerCase());
  return region === undefined ? undefined : world.publicAddresses(`ec2.${region}.amazonaws.com`);
}

function publicReverseName(lookup: WorldLookup, address: string): string | undefined {
  const owner = lookup.interfaceWithPublicAddress(address);
  return owner && publicHostName(address, owner.state.place.region);
}
