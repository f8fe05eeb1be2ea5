/** Which resources the lab is about, and what it calls. */
import { ownNames, zoneOfOwnName } from '../../core/endpointNames';
import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import type { NetworkInterface, VpcEndpoint } from '../../core/network';
import { need } from '../../core/reading';
import { interfaceIn } from '../../core/snapshotLookup';
import { best } from '../choose';
import { type LabSite, ownName } from '../labWorld';
import { privateGround } from '../privateNetwork/ground';
import { findInterfaceEndpoint, type Subject } from '../privateNetwork/interfaceEndpoint';

export const ground = privateGround('s3:ListAllMyBuckets');
/** Without private DNS, which S3 gives a VPC only beside a gateway endpoint, or when it is told otherwise. */
export const subject: Subject = { ground, service: 's3', privateDnsEnabled: false };

export const findEndpoint = (site: LabSite) => findInterfaceEndpoint(site, subject);

export const connectGroupName = (site: LabSite) => `${ownName(site)}-connect`;

/** The Instance Connect endpoint of the lab's VPC: there can be but one. */
export function findConnectEndpoint(site: LabSite): InstanceConnectEndpoint | undefined {
  const vpc = ground.findVpc(site);
  const all = need(site.instanceConnectEndpoints).filter(
    ({ vpcId, state }) => vpcId === vpc?.id && state !== 'deleteComplete' && state !== 'deleteInProgress',
  );
  return best(site, all, ({ state }) => state === 'createComplete');
}

export function connectInterface(site: LabSite): NetworkInterface | undefined {
  const [id] = findConnectEndpoint(site)?.networkInterfaceIds ?? [];
  return id && interfaceIn(site.snapshot, id);
}

/** The endpoint's own name for all its zones, with the star that it begins with. */
export function starName(endpoint: VpcEndpoint): string | undefined {
  return ownNames(endpoint.serviceName, [endpoint]).find(name => zoneOfOwnName(name) === undefined);
}

/** What the star is replaced by for buckets. */
export function bucketUrl(endpoint: VpcEndpoint): string | undefined {
  const name = starName(endpoint);
  return name === undefined ? undefined : `https://${name.replace(/^\*\./, 'bucket.')}`;
}

export const listLine = ({ snapshot }: LabSite) =>
  `aws s3 ls --region ${snapshot.place.region} --cli-connect-timeout 5`;
