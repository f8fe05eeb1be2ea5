import type { Vpc } from '../../core/network';
import { prose, telling } from '../../core/prose';
import { need } from '../../core/reading';
import { dnsAttributesIn } from '../../core/snapshotLookup';
import { check, fails, holds } from '../check';
import { isOwn } from '../choose';
import type { Step } from '../lab';
import { type LabSite, ownName } from '../labWorld';
import { hasDnsAttributes } from '../predicates';
import type { Ground } from './ground';
import { nextDnsAttribute } from './wayInStep';

/** The VPC of the lab, which may be without a subnet yet. */
const findVpc = (site: LabSite, ground: Ground): Vpc | undefined =>
  ground.findVpc(site) ?? need(site.snapshot.vpcs).find(vpc => isOwn(site, vpc));

/** A VPC in which private DNS can work. */
export const vpcStep = (id: string, ground: Ground): Step => ({
  id,
  title: prose('Have a VPC with both DNS attributes on'),
  reason: prose(
    'Private DNS lets a service’s name lead to an endpoint. It needs the resolver of the VPC (enableDnsSupport) and host names (enableDnsHostnames); the second one is off in a VPC that you make yourself.',
  ),
  hints: [
    prose('A VPC has two attributes about DNS, which its list of properties does not show.'),
    prose('In the console: Actions, Edit VPC settings. Tick both.'),
    prose('With the command line it takes two calls of modify-vpc-attribute, one for each attribute.'),
  ],
  symptoms: [
    {
      seen: prose('Creating an endpoint with private DNS says: InvalidParameter'),
      recognise: site => {
        const vpc = findVpc(site, ground);
        return vpc && !hasDnsAttributes(site.snapshot, vpc.id)
          ? telling(prose('{0} of {1} is off, and private DNS needs both attributes'), firstOff(site, vpc), vpc.id)
          : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const vpc = findVpc(site, ground);
      if (!vpc) return fails(telling(prose('There is no VPC for the lab yet.')));
      return hasDnsAttributes(site.snapshot, vpc.id)
        ? holds(telling(prose('Both DNS attributes of {0} are on.'), vpc.id), vpc.id)
        : fails(telling(prose('{0} of {1} is off.'), firstOff(site, vpc), vpc.id));
    }),
  action: site => {
    const vpc = findVpc(site, ground);
    return vpc
      ? nextDnsAttribute(site, vpc)
      : { operation: 'createVpc', name: ownName(site), cidrBlock: '10.0.0.0/16' };
  },
});

function firstOff({ snapshot }: LabSite, vpc: Vpc): string {
  return dnsAttributesIn(snapshot, vpc.id).enableDnsSupport ? 'enableDnsHostnames' : 'enableDnsSupport';
}
