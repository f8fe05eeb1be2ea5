import assert from 'node:assert/strict';
import { dhcpOptionsId } from '../../../../src/core/ids';
import type { Route } from '../../../../src/core/network';
import { canReachSessionManager } from '../../../../src/simulator/world/sessionPath';
import { aclEntry, natGateway, route, rule } from '../../../support/networkBuilders';
import { startTestCloud } from '../../../support/practice';
import { addMachine, idsOf } from '../../../support/siteBuilders';
import { change } from '../../../support/smallWorld';

/** The consumer's ready-made instance, with its network in reach. */
function rig() {
  const { world } = startTestCloud().cloud;
  const region = [...world.regions].find(({ place }) => place.accountId === '444455556666')!;
  const [instance] = [...region.instances.values()];
  const networkInterface = region.networkInterfaces.get(instance!.networkInterfaceIds[0]!)!;
  const { vpcId, subnetId, id } = networkInterface;
  const table = [...region.routeTables.values()].find(candidate => candidate.vpcId === vpcId)!;
  const [own, out] = table.routes;
  const setRoutes = (...routes: (Route | undefined)[]) =>
    change(region.routeTables, table.id, { routes: [own!, ...routes.flatMap(one => one ?? [])] });
  return {
    region,
    networkInterface,
    table,
    out: out!,
    setRoutes,
    subnetId,
    vpcId,
    hidePublicAddress: () => change(region.networkInterfaces, id, { publicIpAddress: undefined }),
    canReach: () => canReachSessionManager(world, region, instance!),
  };
}

/** Leads the instance's subnet through a NAT gateway in another one. */
function throughNat(state: 'available' | 'pending' = 'available') {
  const made = rig();
  const { region, vpcId, subnetId, table, out } = made;
  made.hidePublicAddress();
  const other = [...region.subnets.values()].find(subnet => subnet.vpcId === vpcId && subnet.id !== subnetId)!;
  const machine = addMachine(region, 300, {
    kind: 'natGateway',
    vpcId,
    subnetId: other.id,
    privateIpAddress: '172.31.200.9',
    publicIpAddress: '13.233.10.20',
    securityGroupIds: [],
  });
  const gateway = natGateway(machine, { vpcId, state });
  region.natGateways.set(gateway.id, gateway);
  const { tableId } = idsOf(301);
  region.routeTables.set(tableId, { ...table, id: tableId, isMain: false, subnetIds: [other.id] });
  made.setRoutes(route('0.0.0.0/0', { kind: 'natGateway', id: gateway.id }));
  return { ...made, natTableId: tableId, out };
}

describe("the agent's way to Session Manager", () => {
  it('leads out through an internet gateway, for a public address only', () => {
    const { canReach, hidePublicAddress } = rig();
    assert.equal(canReach(), true);
    hidePublicAddress();
    assert.equal(canReach(), false);
  });

  it('leads out through a NAT gateway that is available and has a way itself', () => {
    assert.equal(throughNat().canReach(), true);
    assert.equal(throughNat('pending').canReach(), false);
    const { region, natTableId, canReach } = throughNat();
    change(region.routeTables, natTableId, { routes: [] });
    assert.equal(canReach(), false);
  });

  it('is cut by routes, groups and ACLs', () => {
    const noRoute = rig();
    noRoute.setRoutes();
    assert.equal(noRoute.canReach(), false);
    const noRule = rig();
    for (const id of noRule.networkInterface.securityGroupIds)
      change(noRule.region.securityGroups, id, { rules: [rule()] });
    assert.equal(noRule.canReach(), false);
    const noReply = rig();
    for (const acl of noReply.region.networkAcls.values())
      change(noReply.region.networkAcls, acl.id, { entries: [aclEntry({ direction: 'egress' })] });
    assert.equal(noReply.canReach(), false);
  });

  it('begins with a name server that answers', () => {
    const { region, vpcId, canReach } = rig();
    const id = dhcpOptionsId('dopt-0123456789abcdef0');
    const use = (server: string) => {
      region.dhcpOptions.set(id, { id, domainName: undefined, domainNameServers: [server] });
      change(region.vpcs, vpcId, { dhcpOptionsId: id });
    };
    use('8.8.8.8');
    assert.equal(canReach(), true);
    use('10.20.30.40');
    assert.equal(canReach(), false);
  });
});
