import type { Tags } from '../core/network';
import { prose, telling } from '../core/prose';
import { need } from '../core/reading';
import type { Reading } from '../core/snapshot';
import { type Check, check, fails, holds } from './check';
import { isOwn } from './choose';
import { type LabSite, ownName, ownProfileArn } from './labWorld';
import { roleOfProfile } from './predicates';

interface Tagged {
  readonly id: string;
  readonly tags?: Tags;
  readonly state?: string;
}

/** The last question of a lab, given what is left of the run. */
export const nothingLeft = (findLeft: () => readonly string[]): Check =>
  check(() => {
    const left = findLeft();
    return left.length === 0
      ? holds(telling(prose('Nothing of this run is left.')))
      : fails(telling(prose('Still there: {0}'), left.join(', ')));
  });

/** What carries the run's tag in the parts that the lab reads, and still exists. */
export function leftovers(site: LabSite): readonly string[] {
  const { snapshot } = site;
  const parts: readonly (Reading<readonly Tagged[]> | undefined)[] = [
    snapshot.endpoints,
    site.instanceConnectEndpoints,
    snapshot.instances,
    snapshot.natGateways,
    snapshot.internetGateways,
    snapshot.securityGroups,
    snapshot.routeTables,
    snapshot.subnets,
    snapshot.dhcpOptions,
    snapshot.vpcs,
  ];
  const things = parts.flatMap(part => (part && isRead(part) ? need(part) : []));
  const left = things.filter(({ tags, state }) => tags && isOwn(site, { tags }) && !isGone(state));
  const role = roleOfProfile(site, ownProfileArn(site));
  const balancing = leftOfService(site);
  return left.map(({ id }) => id).concat(balancing, role ? [role.roleName] : []);
}

/** Balancers and target groups are known by their names, which are unique in an account and region. */
function leftOfService(site: LabSite): readonly string[] {
  if (!isRead(site.endpointServices) || !isRead(site.loadBalancers)) return [];
  const { loadBalancers, targetGroups } = need(site.loadBalancers);
  const services = need(site.endpointServices).services.filter(each => isOwn(site, each) && !isGone(each.state));
  const named = [...loadBalancers, ...targetGroups].filter(({ name }) => name === ownName(site));
  return [...services.map(({ id }): string => id), ...named.map(({ arn }) => arn)];
}

const isRead = (part: Reading<unknown>) => part.known || part.gap.code !== 'notRead';

/** AWS shows what is gone for a while. */
const isGone = (state: string | undefined) => ['deleted', 'deleteComplete', 'terminated'].includes(state ?? '');
