import assert from 'node:assert/strict';
import type { Scope } from '../../../../../src/app/appModel';
import { removeMade, runChange } from '../../../../../src/app/changes/runChange';
import { readNetworkChoices, routeTargets } from '../../../../../src/app/operations/network/networkChoices';
import { planDhcpOptions } from '../../../../../src/app/operations/network/planDhcpOptions';
import { planDnsAttributes } from '../../../../../src/app/operations/network/planDnsAttributes';
import {
  planInternetGateway,
  planInternetGatewayRemoval,
} from '../../../../../src/app/operations/network/planInternetGateway';
import { planNatGateway, planNatGatewayRemoval } from '../../../../../src/app/operations/network/planNatGateway';
import {
  planDhcpOptionsRemoval,
  planRouteTableRemoval,
  planSubnetRemoval,
} from '../../../../../src/app/operations/network/planPartRemoval';
import { planRoute, planRouteRemoval } from '../../../../../src/app/operations/network/planRoute';
import { planRouteTable } from '../../../../../src/app/operations/network/planRouteTable';
import { planSubnet } from '../../../../../src/app/operations/network/planSubnet';
import { planTableUse } from '../../../../../src/app/operations/network/planTableUse';
import { planVpc } from '../../../../../src/app/operations/network/planVpc';
import { planVpcRemoval, vpcRemovalParts } from '../../../../../src/app/operations/network/planVpcRemoval';
import { subnetId, vpcId } from '../../../../../src/core/ids';
import { PeeringRig } from '../../../../support/peeringRig';
import { PracticeScopes } from '../../../../support/practiceScopes';

const lostVpc = vpcId('vpc-00000000000000bad');

describe('the building blocks of a network', () => {
  let rig: PeeringRig;
  let scope: Scope;
  before(() => PracticeScopes.load());
  beforeEach(() => {
    rig = new PeeringRig();
    scope = rig.provider;
  });
  afterEach(() => rig.dispose());

  const name = 'lab';
  const makeVpc = () => rig.do(scope, planVpc(scope, { cidrBlock: '10.71.0.0/16', name, enableDnsHostnames: true }));
  const makeSubnet = (vpc: ReturnType<typeof vpcId>, cidrBlock = '10.71.0.0/24') =>
    rig.do(scope, planSubnet(scope, { vpcId: vpc, cidrBlock, availabilityZone: 'ap-south-1b', name }));
  const network = async () => {
    const gateways = await rig.practice.run(scope.gateways());
    return rig.practice.run(gateways.network.readSnapshot([...vpcRemovalParts, 'dnsAttributes', 'dhcpOptions']));
  };

  it('make a VPC with host names, but none of a range that AWS does not take, nor through a read-only scope', async () => {
    const { id } = await makeVpc();
    const attributes = (await network()).dnsAttributes.get(id);
    assert.ok(attributes?.known && attributes.value.enableDnsHostnames);
    const wide = planVpc(scope, { cidrBlock: '10.0.0.0/8', name, enableDnsHostnames: false });
    await assert.rejects(rig.do(scope, wide), { code: 'cidrInvalid' });
    await assert.rejects(rig.do({ ...scope, isReadOnly: true }, wide), { code: 'scopeReadOnly' });
  });

  it('change the DNS attributes of a VPC in the order that AWS takes, say what that costs, and nothing through a read-only scope', async () => {
    const { id } = await makeVpc();
    const attributes = async () => {
      const reading = (await network()).dnsAttributes.get(id);
      assert.ok(reading?.known);
      return reading.value;
    };
    const on = { enableDnsSupport: true, enableDnsHostnames: true };
    const off = { enableDnsSupport: false, enableDnsHostnames: false };
    const away = planDnsAttributes(scope, id, on, off);
    assert.match(away.warnings.join(), /Private DNS/);
    assert.match(away.commandLines[0] ?? '', /modify-vpc-attribute .*--no-enable-dns-hostnames$/);
    await assert.rejects(rig.do({ ...scope, isReadOnly: true }, away), { code: 'scopeReadOnly' });
    assert.deepEqual(await attributes(), on);
    await rig.do(scope, away);
    assert.deepEqual(await attributes(), off);
    await rig.do(scope, planDnsAttributes(scope, id, off, on));
    assert.deepEqual(await attributes(), on);
    await assert.rejects(rig.do(scope, planDnsAttributes(scope, lostVpc, off, on)), { code: 'resourceNotFound' });
  });

  it('make a subnet in a zone, but none over another one, nor outside the VPC', async () => {
    const { id } = await makeVpc();
    assert.equal((await makeSubnet(id)).availabilityZone, 'ap-south-1b');
    await assert.rejects(makeSubnet(id, '10.71.0.128/25'), { code: 'cidrTaken' });
    await assert.rejects(makeSubnet(id, '10.99.0.0/24'), { code: 'cidrInvalid' });
    await assert.rejects(makeSubnet(lostVpc), { code: 'resourceNotFound' });
  });

  it('make a route table that subnets use at once, and take it away when one of them is gone', async () => {
    const { id } = await makeVpc();
    const subnet = await makeSubnet(id);
    const table = await rig.do(scope, planRouteTable(scope, { vpcId: id, name, subnetIds: [subnet.id] }));
    const { routeTables } = await network();
    assert.ok(routeTables.known);
    assert.deepEqual(routeTables.value.find(item => item.id === table.id)?.subnetIds, [subnet.id]);
    const plan = planRouteTable(scope, { vpcId: id, name, subnetIds: [subnetId('subnet-00000000000000bad')] });
    const outcome = await rig.practice.run(runChange(scope, plan));
    assert.ok(outcome.kind === 'stopped' && outcome.made[0]);
    await rig.practice.run(outcome.made[0].remove({}));
    await assert.rejects(rig.do(scope, planRouteTable(scope, { vpcId: lostVpc, name, subnetIds: [] })), {
      code: 'resourceNotFound',
    });
  });

  it('attach an internet gateway, lead a route to it, replace that, and take both away', async () => {
    const { id } = await makeVpc();
    const gateway = await rig.do(scope, planInternetGateway(scope, { vpcId: id, name }));
    const table = await rig.do(scope, planRouteTable(scope, { vpcId: id, name, subnetIds: [] }));
    const route = {
      routeTableId: table.id,
      destination: '0.0.0.0/0',
      target: { kind: 'internetGateway', id: gateway.id },
    } as const;
    await rig.do(scope, planRoute(scope, table, route));
    await assert.rejects(rig.do(scope, planRoute(scope, table, route)), { code: 'routeExists' });
    const { routeTables } = await network();
    assert.ok(routeTables.known);
    const current = routeTables.value.find(item => item.id === table.id);
    assert.ok(current);
    const again = planRoute(scope, current, route);
    assert.match(again.commandLines[0] ?? '', /replace-route .*--gateway-id igw-/);
    await rig.do(scope, again);
    assert.match(
      planRoute(scope, current, { ...route, destination: '10.9.0.0/16' }).warnings[0] ?? '',
      /0\.0\.0\.0\/0/,
    );
    await rig.do(scope, planRouteRemoval(scope, route));
    await rig.do(scope, planRouteRemoval(scope, route));
    await rig.do(scope, planInternetGatewayRemoval(scope, gateway));
    await assert.rejects(rig.do(scope, planInternetGatewayRemoval(scope, gateway)), { code: 'resourceNotFound' });
  });

  it('let a subnet use another table, twice over, but none of another VPC, nor one that is gone', async () => {
    const { id } = await makeVpc();
    const subnet = await makeSubnet(id);
    const [first, second] = [
      await rig.do(scope, planRouteTable(scope, { vpcId: id, name, subnetIds: [subnet.id] })),
      await rig.do(scope, planRouteTable(scope, { vpcId: id, name, subnetIds: [] })),
    ];
    const plan = planTableUse(scope, { subnet, table: second, current: first });
    assert.match(plan.commandLines[1] ?? '', /replace-route-table-association .*"\$ASSOCIATION_ID"$/);
    await rig.do(scope, plan);
    const { tables } = await rig.practice.run(readNetworkChoices(scope));
    assert.deepEqual(tables.find(table => table.id === second.id)?.subnetIds, [subnet.id]);
    const foreign = tables.find(({ vpcId: other }) => other !== id);
    assert.ok(foreign);
    await assert.rejects(rig.do(scope, planTableUse(scope, { subnet, table: foreign })));
    const { routes } = await rig.practice.run(scope.gateways());
    await rig.practice.run(routes.deleteRouteTable(first.id));
    await assert.rejects(rig.do(scope, planTableUse(scope, { subnet, table: first })), { code: 'resourceNotFound' });
  });

  it('offer as targets of a route only what its VPC has', async () => {
    const { id } = await makeVpc();
    const gateway = await rig.do(scope, planInternetGateway(scope, { vpcId: id, name }));
    const choices = await rig.practice.run(readNetworkChoices(scope));
    assert.equal(choices.availabilityZones.length, 3);
    const table = choices.tables.find(({ vpcId: own }) => own === id);
    assert.ok(table);
    assert.deepEqual(
      routeTargets(choices, table).map(target => target.id),
      [gateway.id],
    );
  });

  it('leave a second internet gateway, which AWS does not attach, to be taken away', async () => {
    const { id } = await makeVpc();
    await rig.do(scope, planInternetGateway(scope, { vpcId: id, name }));
    const outcome = await rig.practice.run(runChange(scope, planInternetGateway(scope, { vpcId: id, name })));
    assert.ok(outcome.kind === 'stopped' && outcome.made[0]);
    await rig.practice.run(outcome.made[0].remove({}));
  });

  it('wait for a NAT gateway, and give its address back with it', async () => {
    const { id } = await makeVpc();
    const subnet = await makeSubnet(id);
    await rig.do(scope, planInternetGateway(scope, { vpcId: id, name }));
    const plan = planNatGateway(scope, { subnetId: subnet.id, name });
    assert.equal(plan.hourlyPriceUsd.toFixed(3), '0.050');
    const nat = await rig.do(scope, plan);
    assert.equal(nat.state, 'available');
    assert.ok(nat.publicIpAddress);
    await rig.do(scope, planNatGatewayRemoval(scope, nat));
    const { internetAccess } = await rig.practice.run(scope.gateways());
    await assert.rejects(rig.practice.run(internetAccess.releaseAddress(nat.allocationId!)), {
      code: 'resourceNotFound',
    });
  });

  it('name the address of a NAT gateway whose deletion nobody waits for, and give it back when asked', async () => {
    const { id } = await makeVpc();
    const subnet = await makeSubnet(id);
    await rig.do(scope, planInternetGateway(scope, { vpcId: id, name }));
    const nat = await rig.do(scope, planNatGateway(scope, { subnetId: subnet.id, name }));
    const abort = new AbortController();
    const options = { signal: abort.signal, report: () => abort.abort() };
    const outcome = await rig.practice.run(runChange(scope, planNatGatewayRemoval(scope, nat), options));
    assert.ok(outcome.kind === 'stopped');
    assert.deepEqual(
      outcome.made.map(thing => thing.label),
      [`address ${nat.publicIpAddress}`],
    );
    assert.deepEqual(await rig.practice.run(removeMade(outcome.made)), []);
    const { internetAccess } = await rig.practice.run(scope.gateways());
    await assert.rejects(rig.practice.run(internetAccess.releaseAddress(nat.allocationId!)), {
      code: 'resourceNotFound',
    });
  });

  it('say why a NAT gateway fails, and leave its address to be given back', async () => {
    const { id } = await makeVpc();
    const subnet = await makeSubnet(id);
    const outcome = await rig.practice.run(runChange(scope, planNatGateway(scope, { subnetId: subnet.id, name })));
    assert.ok(outcome.kind === 'stopped');
    assert.match(String(outcome.error), /natGatewayFailed|Gateway\.NotAttached|requestRefused/);
    for (const thing of outcome.made.toReversed()) await rig.practice.run(thing.remove({}));
    const lost = planNatGateway(scope, { subnetId: subnetId('subnet-00000000000000bad'), name });
    const refused = await rig.practice.run(runChange(scope, lost));
    assert.ok(refused.kind === 'stopped');
    assert.match(refused.made[0]?.id ?? '', /^eipalloc-/);
  });

  it('let a VPC use name servers of its own, and leave a set that no VPC takes to be taken away', async () => {
    const { id } = await makeVpc();
    const input = { vpcId: id, name, domainName: 'lab.test', domainNameServers: ['10.71.0.9'] };
    const plan = planDhcpOptions(scope, input);
    assert.match(plan.warnings[0] ?? '', /AmazonProvidedDNS/);
    const made = await rig.do(scope, plan);
    const { vpcs } = await network();
    assert.ok(vpcs.known);
    assert.equal(vpcs.value.find(vpc => vpc.id === id)?.dhcpOptionsId, made.id);
    const outcome = await rig.practice.run(runChange(scope, planDhcpOptions(scope, { ...input, vpcId: lostVpc })));
    assert.ok(outcome.kind === 'stopped' && outcome.made[0]);
    await rig.practice.run(outcome.made[0].remove({}));
    await assert.rejects(rig.do({ ...scope, isReadOnly: true }, plan), { code: 'scopeReadOnly' });
  });

  it('delete a subnet, once nothing is in it, and say what keeps it', async () => {
    const { id } = await makeVpc();
    const subnet = await makeSubnet(id);
    await rig.do(scope, planInternetGateway(scope, { vpcId: id, name }));
    const nat = await rig.do(scope, planNatGateway(scope, { subnetId: subnet.id, name }));
    const early = planSubnetRemoval(scope, await network(), subnet);
    assert.match(early.losses[0] ?? '', /AWS will refuse: eni-\w+ Interface for NAT Gateway/);
    await assert.rejects(rig.do(scope, early), { code: 'dependencyViolation' });
    await rig.do(scope, planNatGatewayRemoval(scope, nat));
    const plan = planSubnetRemoval(scope, await network(), subnet);
    await assert.rejects(rig.do({ ...scope, isReadOnly: true }, plan), { code: 'scopeReadOnly' });
    await rig.do(scope, plan);
    await assert.rejects(rig.do(scope, plan), { code: 'resourceNotFound' });
  });

  it('delete a route table that subnets use, which then use the main one', async () => {
    const { id } = await makeVpc();
    const subnet = await makeSubnet(id);
    const made = await rig.do(scope, planRouteTable(scope, { vpcId: id, name, subnetIds: [subnet.id] }));
    const { routeTables } = await network();
    assert.ok(routeTables.known);
    const table = routeTables.value.find(item => item.id === made.id);
    assert.ok(table);
    const plan = planRouteTableRemoval(scope, await network(), table);
    assert.match(plan.losses[0] ?? '', new RegExp(`main table .*${subnet.id}`));
    await rig.do(scope, plan);
    const left = (await network()).routeTables;
    assert.ok(left.known && !left.value.some(item => item.id === made.id));
    await assert.rejects(rig.do(scope, planRouteTableRemoval(scope, await network(), { ...table, subnetIds: [] })), {
      code: 'resourceNotFound',
    });
  });

  it('delete DHCP options that a VPC uses, which then has AWS’s own name servers', async () => {
    const { id } = await makeVpc();
    const input = { vpcId: id, name, domainName: 'lab.test', domainNameServers: ['10.71.0.9'] };
    const set = await rig.do(scope, planDhcpOptions(scope, input));
    const plan = planDhcpOptionsRemoval(scope, await network(), set);
    assert.match(plan.losses[0] ?? '', /AWS’s own name servers/);
    await rig.do(scope, plan);
    const { dhcpOptions, vpcs } = await network();
    assert.ok(dhcpOptions.known && !dhcpOptions.value.some(item => item.id === set.id));
    assert.ok(vpcs.known && vpcs.value.find(vpc => vpc.id === id)?.dhcpOptionsId !== set.id);
    await assert.rejects(rig.do(scope, planDhcpOptionsRemoval(scope, await network(), set)), {
      code: 'resourceNotFound',
    });
  });

  it('delete a VPC with what is in it, but touch nothing while something is in use, and say when it is gone', async () => {
    const { id } = await makeVpc();
    const subnet = await makeSubnet(id);
    await rig.do(scope, planInternetGateway(scope, { vpcId: id, name }));
    await rig.do(scope, planRouteTable(scope, { vpcId: id, name, subnetIds: [] }));
    const nat = await rig.do(scope, planNatGateway(scope, { subnetId: subnet.id, name }));
    await assert.rejects(rig.do(scope, planVpcRemoval(scope, await network(), id)), { code: 'dependencyViolation' });
    await rig.do(scope, planNatGatewayRemoval(scope, nat));
    const plan = planVpcRemoval(scope, await network(), id);
    assert.match(plan.losses[0] ?? '', new RegExp(subnet.id));
    await rig.do(scope, plan);
    await assert.rejects(rig.do(scope, planVpcRemoval(scope, await network(), id)), { code: 'resourceNotFound' });
  });
});
