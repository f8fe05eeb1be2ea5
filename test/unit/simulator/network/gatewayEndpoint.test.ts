import assert from 'node:assert/strict';
import type { RouteTarget } from '../../../../src/core/network';
import { sendHttp } from '../../../../src/simulator/network/http1';
import { openSecureStream } from '../../../../src/simulator/network/secureStream';
import { fabricOver, get } from '../../../support/fabricHarness';
import {
  aclEntry,
  aclId,
  endpoint,
  endpointId,
  igw,
  instanceGroupId,
  instanceInterfaceId,
  localRoute,
  mainTableId,
  route,
  rule,
  s3ListId,
  vpcId,
} from '../../../support/networkBuilders';
import { change, SmallWorld } from '../../../support/smallWorld';

const s3Address = '52.219.56.20';
const s3Name = 's3.ap-south-1.amazonaws.com';
const gateway: RouteTarget = { kind: 'gatewayEndpoint', id: endpointId };

/** A private subnet with a gateway endpoint for S3. */
function privateWorld(): SmallWorld {
  const world = new SmallWorld();
  world.services.set(s3Address, { service: 's3', region: 'ap-south-1' });
  world.names.set(s3Name, [s3Address]);
  change(world.state.endpoints, endpointId, {
    kind: 'gateway',
    serviceName: 'com.amazonaws.ap-south-1.s3',
    networkInterfaceIds: [],
  });
  change(world.state.networkInterfaces, instanceInterfaceId, { publicIpAddress: undefined });
  change(world.state.routeTables, mainTableId, { routes: [localRoute, route(s3ListId, gateway)] });
  return world;
}

async function call(world: SmallWorld, address = s3Address) {
  const net = fabricOver(world);
  const outcome = await net.run(
    (async () => {
      const connection = await net.host.connectTcp(address, 443, { timeoutMs: 2500 });
      const stream = await openSecureStream(connection, s3Name);
      const { status } = await sendHttp(stream, get(s3Name));
      connection.reset();
      return status;
    })().catch(error => String(error.failure)),
  );
  return { outcome, drops: [...new Set(net.drops)], calls: net.calls };
}

describe('a gateway endpoint', () => {
  it("leads to its service, which sees the instance's private address and the endpoint", async () => {
    const { outcome, calls } = await call(privateWorld());
    assert.equal(outcome, 200);
    assert.deepEqual(calls, [
      { service: 's3', region: 'ap-south-1', vpcId, endpointId, sourceAddress: '172.31.37.141' },
    ]);
  });

  it('keeps the private address of an instance that has a public one too', async () => {
    const world = privateWorld();
    change(world.state.networkInterfaces, instanceInterfaceId, { publicIpAddress: '43.205.243.206' });
    assert.equal((await call(world)).calls[0]?.sourceAddress, '172.31.37.141');
  });

  it('leads nowhere else: addresses outside of its list, or of another service', async () => {
    const world = privateWorld();
    assert.deepEqual((await call(world, '52.219.60.20')).drops, ['noRoute']);
    world.services.set(s3Address, { service: 'dynamodb', region: 'ap-south-1' });
    assert.deepEqual((await call(world)).drops, ['addressUnused']);
  });

  it('loses to a more specific route, and to an equal one that names the range ("Route priority")', async () => {
    const world = privateWorld();
    change(world.state.routeTables, mainTableId, {
      routes: [localRoute, route(s3ListId, gateway), route('52.219.56.0/22', igw)],
    });
    assert.deepEqual((await call(world)).drops, ['noPublicAddress']);
  });

  it("is subject to the instance's groups, which may name the list, and to the ACL both ways", async () => {
    const world = privateWorld();
    const out = rule({ direction: 'egress', peer: { kind: 'prefixList', prefixListId: s3ListId } });
    change(world.state.securityGroups, instanceGroupId, { rules: [out] });
    assert.equal((await call(world)).outcome, 200);
    change(world.state.securityGroups, instanceGroupId, { rules: [] });
    assert.deepEqual((await call(world)).drops, ['securityGroup']);
    change(world.state.securityGroups, instanceGroupId, { rules: [out] });
    change(world.state.networkAcls, aclId, { entries: [aclEntry({ direction: 'egress' })] });
    assert.deepEqual((await call(world)).drops, ['networkAcl']);
  });

  it('carries nothing once it is gone', async () => {
    const world = privateWorld();
    world.state.endpoints.set(endpointId, endpoint({ kind: 'gateway', state: 'deleting' }));
    assert.deepEqual((await call(world)).drops, ['targetNotAvailable']);
  });
});
