import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NetworkAclEntry, Route, RouteTarget, SecurityGroupRule } from '../../../../src/core/network';
import { predictDelivery } from '../../../../src/core/prediction/predictDelivery';
import { known, type NetworkSnapshot } from '../../../../src/core/snapshot';
import { readRegion } from '../../../../src/simulator/world/readRegion';
import type { RegionState } from '../../../../src/simulator/world/regionState';
import { fabricOver } from '../../../support/fabricHarness';
import {
  aclEntry,
  aclId,
  anyone,
  everythingOut,
  instanceGroupId,
  instanceInterfaceId,
  localRoute,
  mainTableId,
  route,
  rule,
  vpcId,
} from '../../../support/networkBuilders';
import { addPeering, addSite, idsOf } from '../../../support/siteBuilders';
import { change, SmallWorld } from '../../../support/smallWorld';

const port = 8080;
const http = { protocol: 6, fromPort: port, toPort: port };
const often = <T>(value: T, ...others: T[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, fc.constantFrom(...others));
const siteGroup = idsOf(100).groupId;

const routesTo = (range: string, first: RouteTarget, second: RouteTarget) =>
  often<Route[]>(
    [route(range, first)],
    [],
    [route(range, first, { state: 'blackhole' })],
    [route('0.0.0.0/0', first)],
    [route(range, second)],
    [route(range, first), route(range.replace(/16$/, '24'), second)],
  );

const rulesFor = (direction: 'ingress' | 'egress', peerRange: string, peerGroup: typeof instanceGroupId) =>
  often<SecurityGroupRule[]>(
    [rule({ direction, ...http, peer: anyone })],
    [],
    [rule({ direction, ...http, peer: { kind: 'cidr', cidr: peerRange } })],
    [rule({ direction, ...http, peer: { kind: 'group', groupId: peerGroup } })],
    [rule({ direction, ...http, fromPort: 1, toPort: 80, peer: anyone })],
  );

const open = [aclEntry(), aclEntry({ direction: 'egress' })];
const entries = often<NetworkAclEntry[]>(
  open,
  [aclEntry()],
  [aclEntry({ protocol: 6, fromPort: port, toPort: port }), aclEntry({ direction: 'egress' })],
  [aclEntry({ cidr: '172.31.0.0/16' }), aclEntry({ direction: 'egress', cidr: '10.0.0.0/8' })],
  [aclEntry({ cidr: '10.0.0.0/8' }), aclEntry({ direction: 'egress', cidr: '172.31.0.0/16' })],
);

const pcx = (number: number): RouteTarget => {
  const world = new SmallWorld();
  const site = addSite(world, 100);
  return { kind: 'peeringConnection', id: addPeering(world, number, [site, site]).id };
};
const [direct, other] = [pcx(200), pcx(201)];

const cases = fc.record({
  isActive: often(true, false),
  thereRoutes: routesTo('10.0.0.0/16', direct, other),
  backRoutes: routesTo('172.31.0.0/16', direct, other),
  ownRules: rulesFor('egress', '10.0.0.0/16', siteGroup),
  siteRules: rulesFor('ingress', '172.31.0.0/16', instanceGroupId),
  ownAcl: entries,
  siteAcl: entries,
});

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** The small world's VPC and a site that are peered, and another peering of the site with a third VPC. */
function build(given: Case) {
  const world = new SmallWorld();
  const site = addSite(world, 100);
  const third = addSite(world, 101, { network: '10.9.0.0/16' });
  const state = given.isActive ? 'active' : 'deleted';
  addPeering(world, 200, [{ vpcId, place: world.place }, site], { state });
  addPeering(world, 201, [site, third]);
  change(world.state.routeTables, mainTableId, { routes: [localRoute, ...given.thereRoutes] });
  const [local] = site.state.routeTables.get(site.tableId)!.routes;
  change(site.state.routeTables, site.tableId, { routes: [local!, ...given.backRoutes] });
  change(world.state.securityGroups, instanceGroupId, { rules: given.ownRules });
  change(site.state.securityGroups, site.groupId, { rules: [...given.siteRules, everythingOut] });
  change(world.state.networkAcls, aclId, { entries: given.ownAcl });
  change(site.state.networkAcls, site.aclId, { entries: given.siteAcl });
  return { world, site };
}

function snapshotOf(world: SmallWorld): NetworkSnapshot {
  const state: RegionState = world.state;
  return { ...readRegion(state, 0), peeringConnections: known([...world.peeringConnections.values()]) };
}

describe('prediction and packets over peering connections', () => {
  it('agree on random routes, groups and ACLs of both sides', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(cases, async given => {
        const { world, site } = build(given);
        const question = { networkInterfaceId: instanceInterfaceId, address: site.address, port };
        const { end } = predictDelivery(snapshotOf(world), question);
        const net = fabricOver(world);
        net.fabric.hostNetwork(site.place, site.instanceId).listenTcp(port, () => {});
        const attempt = net.host.connectTcp(site.address, port, { timeoutMs: 900 }).then(
          () => true,
          () => false,
        );
        assert.equal(await net.run(attempt), end.kind === 'interface', JSON.stringify(end));
        seen.add(end.kind === 'dropped' ? end.cause : end.kind);
      }),
      { numRuns: 200 },
    );
    assert.ok(seen.size >= 5, [...seen].join());
  }).timeout(60_000);
});
