import type { Route, Subnet } from '../../core/network';
import { prose, type Telling, telling } from '../../core/prose';
import { need } from '../../core/reading';
import { tableOf } from '../../core/snapshotLookup';
import { check, fails, holds } from '../check';
import { isOwn } from '../choose';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';
import { defaultRouteOf, hasOwnTable } from '../predicates';
import type { Ground } from './ground';

/** A subnet with a route table of its own, from which nothing leads out. */
export const subnetStep = (id: string, ground: Ground): Step => ({
  id,
  title: prose('Make a private subnet with its own route table'),
  reason: prose(
    'In a subnet with a way to the internet the call would succeed without any endpoint, and prove nothing. A table of its own is what a gateway endpoint writes its route into, for this subnet only.',
  ),
  hints: [
    prose('A subnet is private when its route table has no route to 0.0.0.0/0.'),
    prose('A new subnet uses the main route table of its VPC until you associate another one.'),
    prose(
      'Create a VPC with 10.0.0.0/16, a subnet with 10.0.1.0/24 and a route table; then associate the table with the subnet, and add no route.',
    ),
  ],
  symptoms: [
    {
      seen: prose('The call works before there is an endpoint'),
      recognise: site => {
        const subnet = ground.findSubnet(site);
        return subnet && whyNotPrivate(site, subnet);
      },
    },
  ],
  done: site =>
    check(() => {
      const subnet = ground.findSubnet(site);
      if (!subnet) return fails(telling(prose('There is no private subnet for the lab yet.')));
      const table = tableOf(site.snapshot, subnet);
      const exit = defaultRouteOf(site.snapshot, subnet);
      if (!hasOwnTable(site.snapshot, subnet))
        return fails(telling(prose('Subnet {0} still uses the main route table {1}.'), subnet.id, table.id));
      return exit
        ? fails(telling(prose('Route table {0} of {1} leads out, to {2}.'), table.id, subnet.id, targetOf(exit)))
        : holds(
            telling(prose('Subnet {0} is private: nothing leads out of its route table {1}.'), subnet.id, table.id),
            subnet.id,
            table.id,
          );
    }),
  action: site => nextForSubnet(site, ground),
});

function whyNotPrivate({ snapshot }: LabSite, subnet: Subnet): Telling | undefined {
  const exit = defaultRouteOf(snapshot, subnet);
  const table = tableOf(snapshot, subnet);
  if (!exit) return undefined;
  return hasOwnTable(snapshot, subnet)
    ? telling(
        prose('subnet {0} is not private: route table {1} leads out, to {2}'),
        subnet.id,
        table.id,
        targetOf(exit),
      )
    : telling(
        prose('subnet {0} uses the main route table {1}, which leads out, to {2}'),
        subnet.id,
        table.id,
        targetOf(exit),
      );
}

const targetOf = ({ target }: Route) => (target.kind === 'local' ? target.kind : target.id);

function nextForSubnet(site: LabSite, ground: Ground): LabAction | undefined {
  const { snapshot } = site;
  const name = ownName(site);
  const vpc = ground.findVpc(site);
  if (!vpc) return { operation: 'createVpc', name, cidrBlock: '10.0.0.0/16' };
  const subnet = ground.findSubnet(site);
  if (!subnet)
    return {
      operation: 'createSubnet',
      name,
      vpcId: vpc.id,
      cidrBlock: '10.0.1.0/24',
      availabilityZone: undefined,
    };
  if (hasOwnTable(snapshot, subnet)) return undefined;
  const table = need(snapshot.routeTables).find(each => each.vpcId === vpc.id && isOwn(site, each));
  return table
    ? { operation: 'associateRouteTable', routeTableId: table.id, subnetId: subnet.id, previousId: undefined }
    : { operation: 'createRouteTable', name, vpcId: vpc.id };
}
