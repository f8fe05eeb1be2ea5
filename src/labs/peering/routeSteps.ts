import { type Prose, prose, type Telling, telling } from '../../core/prose';
import { need } from '../../core/reading';
import { check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabSite } from '../labWorld';
import { findPeering, findSubnet, findTable, findVpc, otherSide, type Side } from './find';

const rangeOf = (site: LabSite, side: Side) => findVpc(site, side)?.cidrBlocks[0];

/** The route of the side's table to the other side's range, whatever its state. */
function routeToOther(site: LabSite, side: Side) {
  const range = rangeOf(site, otherSide(side));
  return findTable(site, side)?.routes.find(
    ({ destination }) => destination.kind === 'cidr' && destination.cidr === range,
  );
}

const isThroughPeering = (site: LabSite, side: Side) => {
  const route = routeToOther(site, side);
  return (
    route?.state === 'active' && route.target.kind === 'peeringConnection' && route.target.id === findPeering(site)?.id
  );
};

/** Why nothing leaves the side for the other. */
function whyNoRoute(site: LabSite, side: Side): Telling | undefined {
  const [range, table, subnet, peering] = [
    rangeOf(site, otherSide(side)),
    findTable(site, side),
    findSubnet(site, side),
    findPeering(site),
  ];
  if (!range || !table || !subnet || !peering || isThroughPeering(site, side)) return undefined;
  const route = routeToOther(site, side);
  if (route?.state === 'blackhole')
    return telling(prose('the route to {0} in {1} is a blackhole: {2} is not active'), range, table.id, peering.id);
  const elsewhere = need(site.snapshot.routeTables).find(
    ({ id, vpcId, routes }) =>
      id !== table.id &&
      vpcId === table.vpcId &&
      routes.some(({ target }) => target.kind === 'peeringConnection' && target.id === peering.id),
  );
  return elsewhere
    ? telling(prose('the route to {0} is in {1}, and subnet {2} uses {3}'), range, elsewhere.id, subnet.id, table.id)
    : telling(prose('{0}, the table of {1}, has no route to {2}'), table.id, subnet.id, range);
}

/** 4.4 and 4.5: a route in each side's table. */
const routeStep = (
  id: string,
  side: Side,
  texts: { readonly title: Prose; readonly reason: Prose; readonly seen: Prose },
): Step => ({
  id,
  title: texts.title,
  reason: texts.reason,
  hints: [
    prose('A peering connection is a target of routes, nothing more.'),
    prose('The route belongs into the table that the instance’s subnet uses, which may be the VPC’s main table.'),
    prose('Destination: the other VPC’s range. Target: the peering connection.'),
  ],
  symptoms: [{ seen: texts.seen, recognise: site => whyNoRoute(site, side) }],
  done: site =>
    check(() => {
      const table = findTable(site, side);
      const peering = findPeering(site);
      const range = rangeOf(site, otherSide(side));
      if (!table || !peering || !range) return fails(telling(prose('There is no peering to lead to yet.')));
      return isThroughPeering(site, side)
        ? holds(telling(prose('{0} leads {1} to {2}.'), table.id, range, peering.id), table.id)
        : fails(telling(prose('{0} does not lead {1} to {2}.'), table.id, range, peering.id));
    }),
  action: site => {
    const [table, peering, destination] = [findTable(site, side), findPeering(site), rangeOf(site, otherSide(side))];
    if (!table || !peering || !destination || routeToOther(site, side)) return undefined;
    const target = { kind: 'peeringConnection', id: peering.id } as const;
    return { operation: 'createRoute', routeTableId: table.id, destination, target };
  },
});

export const routeFromAStep = routeStep('4.4', 'A', {
  title: prose('Lead the first VPC’s packets to the second'),
  reason: prose(
    'An active peering moves nothing by itself. The table of the sender’s subnet must say that the other range is behind it.',
  ),
  seen: prose('Requests never arrive at the other instance'),
});

export const routeFromBStep = routeStep('4.5', 'B', {
  title: prose('Lead the answers back'),
  reason: prose(
    'Answers are packets too: without a route in the second VPC the requests arrive and the answers vanish.',
  ),
  seen: prose('A capture on the target shows requests and replies, one on the sender requests only'),
});
