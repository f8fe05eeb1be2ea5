import { privateHostName, publicHostName } from '../../../core/hostNames';
import { accountId, dhcpOptionsId, type VpcId, vpcId } from '../../../core/ids';
import { covers } from '../../../core/ipv4';
import type { Vpc } from '../../../core/network';
import type { ResolverView } from '../../../core/rules/resolveName';
import type { RegionState, WorldView } from '../../world/regionState';
import type { WorldLookup } from '../forwarding/worldLookup';
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
  return {
    view: { ...namesOf(world), region: state.place.region, vpc, attributes, dhcpOptions: undefined },
    reverseName: address => {
      if (!vpc.cidrBlocks.some(range => covers(range, address))) return publicReverseName(lookup, address);
      // Every address of the VPC has a host name, in use or not.
      return attributes.enableDnsHostnames ? privateHostName(address, state.place.region) : undefined;
    },
  };
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
    view: { ...namesOf(world), region: '', vpc: nowhere, attributes, dhcpOptions },
    reverseName: address => publicReverseName(lookup, address),
  };
}

type Names = Pick<ResolverView, 'endpoints' | 'networkInterfaces' | 'subnets' | 'publicAddresses' | 'privateNamesOf'>;

/** Endpoints of every account: their own names resolve everywhere. */
function namesOf(world: WorldView): Names {
  const regions = [...world.regions];
  return {
    endpoints: regions.flatMap(region => [...region.endpoints.values()]),
    networkInterfaces: regions.flatMap(region => [...region.networkInterfaces.values()]),
    subnets: regions.flatMap(region => [...region.subnets.values()]),
    publicAddresses: name => world.publicAddresses(name),
    privateNamesOf: serviceName => world.privateNamesOf(serviceName),
  };
}

function publicReverseName(lookup: WorldLookup, address: string): string | undefined {
  const owner = lookup.interfaceWithPublicAddress(address);
  return owner && publicHostName(address, owner.state.place.region);
}
