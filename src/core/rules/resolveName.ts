import { spelledAddress } from '../hostNames';
import type { VpcId } from '../ids';
import type {
  DhcpOptions,
  EndpointState,
  NetworkInterface,
  Subnet,
  Vpc,
  VpcDnsAttributes,
  VpcEndpoint,
} from '../network';
import { matchesName } from '../serviceNames';
import { usesVpcResolver } from '../vpcResolver';

/** What the resolver of one VPC knows. */
export interface ResolverView {
  readonly region: string;
  readonly vpc: Vpc;
  readonly attributes: VpcDnsAttributes;
  /** The VPC's set, for the question "what will a program in this VPC get"; undefined when this resolver itself was asked. */
  readonly dhcpOptions: DhcpOptions | undefined;
  /** Endpoints of every VPC that the caller knows: their own names (`vpce-…`) resolve everywhere. */
  readonly endpoints: readonly VpcEndpoint[];
  readonly networkInterfaces: readonly NetworkInterface[];
  /** For zonal endpoint names. */
  readonly subnets: readonly Subnet[];
  /**
   * VPCs whose public host names lead to private addresses when they are asked for here: peered ones, whose side allows it. The option is
   * the owner's of the name ("Amazon VPC Peering Guide: Enable DNS resolution for a VPC peering connection").
   */
  readonly peers?: readonly PeerNames[];
  /** Addresses that the public DNS gives for a name; undefined when the name does not exist there. */
  readonly publicAddresses: (name: string) => readonly string[] | undefined;
  /** Private DNS names that endpoints of a service take over, such as `ec2.ap-south-1.amazonaws.com`; `*.` matches one label or more. */
  readonly privateNamesOf: (serviceName: string) => readonly string[];
}

/** A peered VPC, as far as its names are known. */
export interface PeerNames {
  readonly vpcId: VpcId;
  readonly region: string;
}

export type NameReason =
  | 'privateDnsOfEndpoint'
  | 'endpointName'
  | 'vpcHostName'
  | 'publicDns'
  | 'privateDnsOff'
  | 'endpointNotAvailable'
  | 'dnsAttributesOff'
  | 'dnsSupportOff'
  | 'foreignNameServer'
  | 'noSuchName';

export interface NameAnswer {
  readonly outcome: 'addresses' | 'noSuchName' | 'noResolver';
  /** In the order of the endpoint's interfaces; the resolver that serves them varies it. */
  readonly addresses: readonly string[];
  /** Why this answer; for a public answer, why it is not private. */
  readonly reason: NameReason;
  /** The endpoint that answered, or the one that would have, had the reason not stood in the way. */
  readonly endpoint: VpcEndpoint | undefined;
}

/**
 * A records of the Amazon-provided resolver ("Amazon VPC User Guide: DNS attributes"; "AWS PrivateLink Guide: Private DNS"). A foreign name
 * server in `dhcpOptions` answers as the public DNS does: private names apply only where the VPC's resolver is asked.
 */
export function resolveName(name: string, view: ResolverView): NameAnswer {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  if (!usesVpcResolver(view.vpc, view.dhcpOptions)) {
    return answerEndpointName(wanted, view) ?? answerPublicly(wanted, view, 'foreignNameServer');
  }
  if (!view.attributes.enableDnsSupport) {
    return { outcome: 'noResolver', addresses: [], reason: 'dnsSupportOff', endpoint: undefined };
  }
  return (
    answerPrivateName(wanted, view) ??
    answerEndpointName(wanted, view) ??
    answerHostName(wanted, view) ??
    answerPublicly(wanted, view, undefined)
  );
}

function answerPrivateName(name: string, view: ResolverView): NameAnswer | undefined {
  const endpoint = endpointsFor(name, view).find(candidate => whyNotPrivate(candidate, view) === undefined);
  return endpoint && given(interfaceAddresses(endpoint, view), 'privateDnsOfEndpoint', endpoint);
}

/** Endpoints of this VPC whose private names cover the name, whether in force or not. */
function endpointsFor(name: string, view: ResolverView): readonly VpcEndpoint[] {
  return view.endpoints.filter(
    endpoint =>
      endpoint.kind === 'interface' &&
      endpoint.vpcId === view.vpc.id &&
      endpoint.state !== 'deleted' &&
      view.privateNamesOf(endpoint.serviceName).some(pattern => matchesName(pattern, name)),
  );
}

function whyNotPrivate(endpoint: VpcEndpoint, view: ResolverView): NameReason | undefined {
  if (!endpoint.privateDnsEnabled) return 'privateDnsOff';
  if (endpoint.state !== 'available') return 'endpointNotAvailable';
  if (!view.attributes.enableDnsSupport || !view.attributes.enableDnsHostnames) return 'dnsAttributesOff';
  return undefined;
}

/** While these last, the endpoint has interfaces and its own names lead to them, though nothing may answer there yet. */
const statesWithNames: readonly EndpointState[] = ['available', 'pending', 'pendingAcceptance', 'partial'];

/** `vpce-<id>-<suffix>…` every interface, `vpce-<id>-<suffix>-<zone>…` the one in that zone. */
function answerEndpointName(name: string, view: ResolverView): NameAnswer | undefined {
  const id = /(?:^|\.)(vpce-[0-9a-f]+)-/.exec(name)?.[1];
  for (const endpoint of view.endpoints) {
    if (endpoint.id !== id) continue;
    const entry = endpoint.dnsEntries.find(({ name: own }) => isOwnName(own, endpoint) && matchesName(own, name));
    if (!entry) continue;
    if (!statesWithNames.includes(endpoint.state)) return none('endpointNotAvailable', endpoint);
    return given(interfaceAddresses(endpoint, view, zoneOf(entry.name, endpoint)), 'endpointName', endpoint);
  }
  return undefined;
}

const isOwnName = (name: string, endpoint: VpcEndpoint) => name.replace(/^\*\./, '').startsWith(endpoint.id);

/** The zone that the first label of an endpoint's own name ends in; undefined for the regional name. */
function zoneOf(ownName: string, endpoint: VpcEndpoint): string | undefined {
  const label = ownName.replace(/^\*\./, '').split('.')[0]!;
  return /^-[a-z0-9]+-(.+)$/.exec(label.slice(endpoint.id.length))?.[1];
}

function interfaceAddresses(endpoint: VpcEndpoint, view: ResolverView, zone?: string): readonly string[] {
  return view.networkInterfaces
    .filter(({ id, subnetId }) => {
      if (!endpoint.networkInterfaceIds.includes(id)) return false;
      return (
        zone === undefined || view.subnets.some(subnet => subnet.id === subnetId && subnet.availabilityZone === zone)
      );
    })
    .map(({ privateIpAddress }) => privateIpAddress);
}

/**
 * `ip-…` and `ec2-…` names of interfaces in this VPC, and public ones of peers; both attributes must be on. A public host name leads to the
 * private address then.
 */
function answerHostName(name: string, view: ResolverView): NameAnswer | undefined {
  return answerOwnHostName(name, view) ?? answerPeerHostName(name, view);
}

function answerPeerHostName(name: string, view: ResolverView): NameAnswer | undefined {
  if (!view.attributes.enableDnsHostnames) return undefined;
  for (const { vpcId, region } of view.peers ?? []) {
    const spelled = spelledAddress(name, region);
    if (spelled?.form !== 'public') continue;
    const owner = view.networkInterfaces.find(
      candidate => candidate.vpcId === vpcId && candidate.publicIpAddress === spelled.address,
    );
    if (owner) return given([owner.privateIpAddress], 'vpcHostName', undefined);
  }
  return undefined;
}

function answerOwnHostName(name: string, view: ResolverView): NameAnswer | undefined {
  const spelled = spelledAddress(name, view.region);
  if (!spelled) return undefined;
  const owner = view.networkInterfaces.find(
    candidate =>
      candidate.vpcId === view.vpc.id &&
      spelled.address === (spelled.form === 'private' ? candidate.privateIpAddress : candidate.publicIpAddress),
  );
  if (!owner) return undefined;
  if (view.attributes.enableDnsHostnames) return given([owner.privateIpAddress], 'vpcHostName', undefined);
  return spelled.form === 'private' ? none('dnsAttributesOff', undefined) : undefined;
}

function answerPublicly(name: string, view: ResolverView, because: NameReason | undefined): NameAnswer {
  const [endpoint, reason] = nearestMiss(name, view);
  const addresses = view.publicAddresses(name);
  if (!addresses) return none(because ?? 'noSuchName', endpoint);
  return given(addresses, because ?? reason, endpoint);
}

/** How far each obstacle is from a private answer, nearest first. */
const missOrder: readonly NameReason[] = ['dnsAttributesOff', 'privateDnsOff', 'endpointNotAvailable'];

function nearestMiss(name: string, view: ResolverView): readonly [VpcEndpoint | undefined, NameReason] {
  const misses = endpointsFor(name, view).map(
    endpoint => [endpoint, whyNotPrivate(endpoint, view) ?? 'publicDns'] as const,
  );
  misses.sort((a, b) => missOrder.indexOf(a[1]) - missOrder.indexOf(b[1]));
  return misses[0] ?? [undefined, 'publicDns'];
}

const given = (addresses: readonly string[], reason: NameReason, endpoint: VpcEndpoint | undefined): NameAnswer => ({
  outcome: 'addresses',
  addresses,
  reason,
  endpoint,
});

const none = (reason: NameReason, endpoint: VpcEndpoint | undefined): NameAnswer => ({
  outcome: 'noSuchName',
  addresses: [],
  reason,
  endpoint,
});
