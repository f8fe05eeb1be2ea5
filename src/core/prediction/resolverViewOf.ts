import { privateNames } from '../endpointNames';
import type { VpcId } from '../ids';
import type { DhcpOptions, Vpc } from '../network';
import { need } from '../reading';
import type { ResolverView } from '../rules/resolveName';
import type { NetworkSnapshot } from '../snapshot';
import { dnsAttributesIn, vpcIn } from '../snapshotLookup';

/** What the resolver of a VPC knows, as far as a snapshot shows it; ends the surrounding `orGap` at a gap. */
export function resolverViewOf(
  snapshot: NetworkSnapshot,
  vpcId: VpcId,
  publicAddresses: ResolverView['publicAddresses'],
): ResolverView {
  const vpc = vpcIn(snapshot, vpcId);
  return {
    region: snapshot.place.region,
    vpc,
    attributes: dnsAttributesIn(snapshot, vpcId),
    dhcpOptions: dhcpOptionsOf(snapshot, vpc),
    endpoints: need(snapshot.endpoints),
    networkInterfaces: need(snapshot.networkInterfaces),
    subnets: need(snapshot.subnets),
    publicAddresses,
    privateNamesOf: serviceName => privateNamesIn(snapshot, serviceName),
  };
}

function dhcpOptionsOf(snapshot: NetworkSnapshot, vpc: Vpc): DhcpOptions | undefined {
  if (vpc.dhcpOptionsId === undefined) return undefined;
  return need(snapshot.dhcpOptions).find(({ id }) => id === vpc.dhcpOptionsId);
}

/** As {@link privateNames}; ends the surrounding `orGap` when the endpoints were not read. */
export function privateNamesIn(snapshot: NetworkSnapshot, serviceName: string): readonly string[] {
  return privateNames(serviceName, need(snapshot.endpoints));
}
