import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import { type VpcId, vpcEndpointId, vpcId } from '../../src/core/ids';
import type { VpcEndpoint } from '../../src/core/network';
import { acceptAll, answerAll, giveUp, practiceScopes, refusal, run, whileReadOnly } from '../support/hostCommands';
import { waitUntil } from '../support/waitUntil';

describe('commands that change options in VS Code', () => {
  let scope: Scope;
  let vpc: VpcId;
  /** Of S3, with private DNS for inbound resolvers alone. */
  let endpoint: VpcEndpoint;

  const fresh = async () => {
    const found = await (await scope.gateways()).endpoints.findEndpoint(endpoint.id);
    assert.ok(found);
    return found;
  };
  const dnsAttributes = async () => {
    const { dnsAttributes: all } = await (await scope.gateways()).network.readSnapshot(['vpcs', 'dnsAttributes']);
    return all.get(vpc);
  };
  const changeAttributes = () => run<boolean>('vpcLabs.network.changeDnsAttributes', { scope, vpcId: vpc });
  const changeNames = () => run<boolean>('vpcLabs.endpoint.modifyDnsOptions', { scope, endpoint });
  const supportAlone = [[/^Which shall be on/, ['enableDnsSupport']]] as const;

  before(async function () {
    this.timeout(180_000);
    await run('vpcLabs.practice.reset');
    scope = (await practiceScopes()).consumer;
    const { endpoints, network } = await scope.gateways();
    const { subnets, securityGroups, vpcs } = await network.readSnapshot(['vpcs', 'subnets', 'securityGroups']);
    assert.ok(vpcs.known && subnets.known && securityGroups.known);
    vpc = vpcs.value.find(({ isDefault }) => isDefault)?.id ?? assert.fail('no default VPC');
    const serviceName = `com.amazonaws.${scope.region}.s3`;
    const usual = { vpcId: vpc, serviceName, tags: {} };
    await endpoints.createGatewayEndpoint({ ...usual, routeTableIds: [], clientToken: 'gateway' });
    const subnetIds = subnets.value.filter(({ vpcId }) => vpcId === vpc).slice(0, 1);
    const groups = securityGroups.value.filter(({ vpcId, name }) => vpcId === vpc && name === 'default');
    endpoint = await endpoints.createInterfaceEndpoint({
      ...usual,
      subnetIds: subnetIds.map(({ id }) => id),
      securityGroupIds: groups.map(({ id }) => id),
      privateDnsEnabled: false,
      clientToken: 'interface',
    });
    await waitUntil(async () => (await fresh()).state === 'available', 'the endpoint to be available');
    await endpoints.modifyEndpoint(endpoint.id, { privateDnsEnabled: true, isPrivateDnsForInboundOnly: true });
    endpoint = await fresh();
  });

  it('change nothing when given up at their summary', async () => {
    const before = [await dnsAttributes(), await fresh()];
    assert.equal(await giveUp(changeAttributes(), supportAlone), false);
    assert.equal(await giveUp(changeNames()), false);
    assert.deepEqual([await dnsAttributes(), await fresh()], before);
  });

  it('change nothing through a scope that is read-only, and say so', async () => {
    const before = [await dnsAttributes(), await fresh()];
    await whileReadOnly(scope, async () => {
      assert.match(await refusal(changeAttributes(), supportAlone), /read-only/);
      assert.match(await refusal(changeNames()), /read-only/);
    });
    assert.deepEqual([await dnsAttributes(), await fresh()], before);
  });

  it('change the DNS attributes of a VPC, and whom private DNS of S3 answers', async () => {
    assert.equal(await acceptAll(changeNames()), true);
    assert.notEqual((await fresh()).isPrivateDnsForInboundOnly, true);
    assert.equal(await answerAll(changeAttributes(), supportAlone), true);
    const value = { enableDnsSupport: true, enableDnsHostnames: false };
    assert.deepEqual(await dnsAttributes(), { known: true, value });
  });

  it('say so when the service offers no other addresses', async () => {
    const refused = await refusal(run('vpcLabs.endpoint.modifyAddressType', { scope, endpoint }));
    assert.match(refused, /another address type that the service offers/);
  });

  it('say so when what they change is not there', async () => {
    const elsewhere = vpcId('vpc-0123456789abcdef0');
    assert.match(
      await refusal(run('vpcLabs.network.changeDnsAttributes', { scope, vpcId: elsewhere })),
      /vpc-0123456789abcdef0/,
    );
    const gone = { ...endpoint, id: vpcEndpointId('vpce-0123456789abcdef0') };
    assert.match(await refusal(run('vpcLabs.endpoint.modifyDnsOptions', { scope, endpoint: gone })), /does not exist/);
    const unknown = { ...endpoint, serviceName: 'com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0' };
    const refused = await refusal(run('vpcLabs.endpoint.modifyAddressType', { scope, endpoint: unknown }));
    assert.match(refused, /another address type that the service offers/);
  });
});
