import assert from 'node:assert/strict';
import { sendHttp } from '../../../../src/simulator/network/http1';
import type { InstanceDetails, MetadataOptions } from '../../../../src/simulator/world/instanceDetails';
import { usualLaunch } from '../../../../src/simulator/world/instanceLife';
import { fabricOver, get } from '../../../support/fabricHarness';
import { instanceGroupId, instanceId, instanceInterfaceId } from '../../../support/networkBuilders';
import { change, SmallWorld } from '../../../support/smallWorld';

const address = '169.254.169.254';
const lifetime = 'x-aws-ec2-metadata-token-ttl-seconds';
const tokenHeader = 'x-aws-ec2-metadata-token';
const profileArn = 'arn:aws:iam::111122223333:instance-profile/lab';

const launched: InstanceDetails = {
  ...usualLaunch,
  reservationId: 'r-0123456789abcdef0',
  launchIndex: 0,
  architecture: 'x86_64',
  clientToken: '',
  stateReason: '',
  checksPassAtMs: 0,
  wantsPublicAddress: true,
  profileAssociationId: undefined,
  runningSinceMs: 0,
};

function metadataOf(world: SmallWorld) {
  const net = fabricOver(world);
  const send = (method: string, path: string, headers: Record<string, string>) =>
    net.run(
      (async () => {
        const connection = await net.host.connectTcp(address, 80);
        const response = await sendHttp(connection, { ...get(address, path, headers), method });
        connection.close();
        return { status: response.status, text: new TextDecoder().decode(response.body) };
      })(),
    );
  const token = async (seconds = '60') => (await send('PUT', '/latest/api/token', { [lifetime]: seconds })).text;
  const read = async (path: string) => send('GET', path, { [tokenHeader]: await token() });
  return { net, send, token, read };
}

function withRole(): SmallWorld {
  const world = new SmallWorld();
  change(world.state.instances, instanceId, { instanceProfileArn: profileArn });
  world.credentials = {
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey: 'secret',
    sessionToken: 'session',
    expiresAtMs: Date.UTC(2026, 10, 21, 18),
    roleName: 'lab-role',
  };
  return world;
}

describe('instance metadata', () => {
  it('answers version 2 and refuses version 1 with 401', async () => {
    const { read, send } = metadataOf(new SmallWorld());
    assert.deepEqual(await read('/latest/meta-data/instance-id'), { status: 200, text: instanceId });
    assert.equal((await send('GET', '/latest/meta-data/instance-id', {})).status, 401);
    assert.equal((await send('GET', '/latest/meta-data/', { [tokenHeader]: 'made up' })).status, 401);
  });

  it('answers version 1 where tokens may be left out, and nobody where it is switched off', async () => {
    const world = new SmallWorld();
    const { send } = metadataOf(world);
    const options = (metadata: Partial<MetadataOptions>) =>
      world.state.instanceDetails.set(instanceId, {
        ...launched,
        metadata: { ...launched.metadata, ...metadata },
      });
    options({ requiresTokens: false });
    assert.equal((await send('GET', '/latest/meta-data/instance-id', {})).text, instanceId);
    assert.equal((await send('GET', '/latest/meta-data/', { [tokenHeader]: 'made up' })).status, 401);
    options({ isEnabled: false });
    assert.equal((await send('PUT', '/latest/api/token', { [lifetime]: '60' })).status, 403);
  });

  it('has user data and, when the launch asks for it, tags', async () => {
    const world = new SmallWorld();
    const { read } = metadataOf(world);
    assert.equal((await read('/latest/user-data')).status, 404);
    const userData = Buffer.from('#!/bin/sh\necho grüß\n').toString('base64');
    const metadata = { ...launched.metadata, showsTags: true };
    world.state.instanceDetails.set(instanceId, { ...launched, userData, metadata });
    change(world.state.instances, instanceId, { tags: { Name: 'web' } });
    assert.equal((await read('/latest/user-data')).text, '#!/bin/sh\necho grüß\n');
    assert.equal((await read('/latest/meta-data/tags/instance/')).text, 'Name');
    assert.equal((await read('/latest/meta-data/tags/instance/Name')).text, 'web');
  });

  it('gives tokens for 1 to 21600 seconds and forgets them then', async () => {
    const { send, token, net } = metadataOf(new SmallWorld());
    for (const wrong of ['0', '21601', '', 'x', '-5']) {
      assert.equal((await send('PUT', '/latest/api/token', { [lifetime]: wrong })).status, 400);
    }
    const given = await token('5');
    const status = async () => (await send('GET', '/latest/meta-data/', { [tokenHeader]: given })).status;
    assert.equal(await status(), 200);
    await net.pass(6000);
    assert.equal(await status(), 401);
  });

  it('lists what is below a path, with a slash behind what holds more', async () => {
    const { read } = metadataOf(withRole());
    const top = (await read('/latest/meta-data/')).text.split('\n');
    for (const name of ['ami-id', 'iam/', 'placement/', 'network/']) assert.ok(top.includes(name), name);
    assert.equal((await read('/latest/meta-data/iam/security-credentials/')).text, 'lab-role');
  });

  it("hands out the role's keys, and has no such path without a role", async () => {
    const { read } = metadataOf(withRole());
    const keys = JSON.parse((await read('/latest/meta-data/iam/security-credentials/lab-role')).text);
    assert.deepEqual(
      [keys.Code, keys.AccessKeyId, keys.SecretAccessKey, keys.Token, keys.Expiration],
      ['Success', 'ASIAEXAMPLE', 'secret', 'session', '2026-11-21T18:00:00Z'],
    );
    assert.equal((await metadataOf(new SmallWorld()).read('/latest/meta-data/iam/security-credentials/')).status, 404);
  });

  it('tells region, zone, addresses and the identity document', async () => {
    const { read } = metadataOf(new SmallWorld());
    assert.equal((await read('/latest/meta-data/placement/region')).text, 'ap-south-1');
    assert.equal((await read('/latest/meta-data/placement/availability-zone')).text, 'ap-south-1a');
    assert.equal((await read('/latest/meta-data/local-ipv4')).text, '172.31.37.141');
    const document = JSON.parse((await read('/latest/dynamic/instance-identity/document')).text);
    assert.deepEqual([document.region, document.instanceId], ['ap-south-1', instanceId]);
  });

  it('follows the world: a public address that is gone is not found', async () => {
    const world = new SmallWorld();
    const { read } = metadataOf(world);
    assert.equal((await read('/latest/meta-data/public-ipv4')).text, '43.205.243.206');
    change(world.state.networkInterfaces, instanceInterfaceId, { publicIpAddress: undefined });
    assert.equal((await read('/latest/meta-data/public-ipv4')).status, 404);
  });

  it('is out of reach of groups and ACLs', async () => {
    const world = new SmallWorld();
    change(world.state.securityGroups, instanceGroupId, { rules: [] });
    for (const acl of world.state.networkAcls.values()) world.state.networkAcls.set(acl.id, { ...acl, entries: [] });
    assert.equal((await metadataOf(world).read('/latest/meta-data/instance-id')).status, 200);
  });

  it('goes over the wire in clear', async () => {
    const { read, net } = metadataOf(new SmallWorld());
    await read('/latest/meta-data/instance-id');
    const text = net.frames.map(({ bytes }) => new TextDecoder('latin1').decode(bytes)).join('');
    assert.ok(text.includes('GET /latest/meta-data/instance-id HTTP/1.1\r\nHost: 169.254.169.254\r\n'));
  });
});
