/** Which resources the lab is about. */
import type { PrefixList, RouteTable, VpcEndpoint } from '../../core/network';
import { need } from '../../core/reading';
import { awsServiceName } from '../../core/serviceNames';
import { tableOf } from '../../core/snapshotLookup';
import { best } from '../choose';
import type { LabSite } from '../labWorld';
import { livingEndpoints } from '../predicates';
import { privateGround } from '../privateNetwork/ground';

export const ground = privateGround('s3:ListAllMyBuckets');

export const serviceName = ({ snapshot }: LabSite) => awsServiceName(snapshot.place.region, 's3');

/** The table that the private subnet uses, be it its own or not. */
export function findTable(site: LabSite): RouteTable | undefined {
  const subnet = ground.findSubnet(site);
  return subnet && tableOf(site.snapshot, subnet);
}

/** A gateway endpoint for S3 in the lab's VPC, preferably one that writes into the subnet's table. */
export function findEndpoint(site: LabSite): VpcEndpoint | undefined {
  const vpc = ground.findVpc(site);
  const table = findTable(site);
  if (!vpc) return undefined;
  const gateways = livingEndpoints(site.snapshot, vpc.id).filter(
    each => each.kind === 'gateway' && each.serviceName === serviceName(site),
  );
  return best(
    site,
    gateways,
    ({ routeTableIds }) => table !== undefined && routeTableIds.includes(table.id),
    ({ createdAtMs }) => createdAtMs,
  );
}

/** AWS's list of the addresses of S3 in the region. */
export function findPrefixList(site: LabSite): PrefixList | undefined {
  return need(site.snapshot.prefixLists).find(({ name }) => name === serviceName(site));
}
