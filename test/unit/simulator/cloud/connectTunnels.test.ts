import assert from 'node:assert/strict';
import { DeleteInstanceConnectEndpointCommand } from '@aws-sdk/client-ec2';
import { DetachUserPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { ConnectSite, type HeardTunnel } from '../../../support/connectTunnel';

const banner = /^SSH-2\.0-OpenSSH_\S+\r\n/;

async function closing(tunnel: HeardTunnel, limitMs?: number) {
  await tunnel.until(() => tunnel.closed !== undefined, limitMs);
  return tunnel.closed;
}

async function refusal(tunnel: HeardTunnel): Promise<Readonly<Record<string, string>>> {
  const closed = await closing(tunnel);
  assert.equal(closed?.code, 1006);
  return JSON.parse(closed?.reason ?? '');
}

/** What the first account's user may do. */
async function allowOnly({ clientsNow: { iam } }: ConnectSite, ...Statement: readonly object[]): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutUserPolicyCommand({ UserName: 'provider', PolicyName: 'own', PolicyDocument }));
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new DetachUserPolicyCommand({ UserName: 'provider', PolicyArn }));
}

describe('a tunnel through an EC2 Instance Connect Endpoint', () => {
  it('carries bytes both ways between a signed WebSocket and port 22 of an instance', async () => {
    const site = await ConnectSite.open();
    const tunnel = site.dig(await site.url());
    await tunnel.until(() => banner.test(tunnel.text));
    tunnel.channel.send(new TextEncoder().encode('no SSH at all\r\n'));
    assert.deepEqual(await closing(tunnel), { code: 1000, reason: '' });
  });

  it('is not opened for another port, an unknown endpoint or a duration of more than an hour', async () => {
    const site = await ConnectSite.open();
    assert.deepEqual(await refusal(site.dig(await site.url({ remotePort: '80' }))), {
      ErrorCode: 'InvalidParameter',
      Message:
        'The specified RemotePort is not valid. Specify either 22 or 3389 as the RemotePort and retry your request.',
    });
    const unknown = await site.url({ instanceConnectEndpointId: 'eice-0123456789abcdef0' });
    assert.equal((await refusal(site.dig(unknown))).ErrorCode, 'ResourceNotFound');
    const other = await site.url({}, 1);
    assert.equal((await refusal(site.dig(other))).ErrorCode, 'ResourceNotFound');
    for (const wrong of [{ maxTunnelDuration: '3601' }, { maxTunnelDuration: '0' }, { privateIpAddress: 'home' }])
      assert.equal((await refusal(site.dig(await site.url(wrong)))).ErrorCode, 'InvalidParameter');
  });

  it('needs a signature of the whole URL that is not older than it says', async () => {
    const site = await ConnectSite.open();
    const url = await site.url();
    const other = url.replace('remotePort=22', 'remotePort=3389');
    assert.equal((await refusal(site.dig(other))).ErrorCode, 'InvalidSignatureException');
    const unsigned = url.replace(/&X-Amz-.*$/, '');
    assert.match((await refusal(site.dig(unsigned))).ErrorCode ?? '', /MissingAuthenticationToken/);
    await site.guest.pause(61_000);
    assert.equal((await refusal(site.dig(url))).Message, 'Request has expired');
  });

  it('says that nobody answers where a group lets nothing in, and where there is no instance', async () => {
    const site = await ConnectSite.open();
    for (const wrong of [{ remotePort: '3389' }, { privateIpAddress: '172.31.99.99' }]) {
      const closed = await closing(site.dig(await site.url(wrong)));
      assert.deepEqual(closed, { code: 1011, reason: 'Unable to connect to target' });
    }
  });

  it('asks for the right to open it, with its port, its address and its duration as conditions', async () => {
    const site = await ConnectSite.open();
    const { address, place } = site.guest;
    await allowOnly(site, {
      Effect: 'Allow',
      Action: 'ec2-instance-connect:OpenTunnel',
      Resource: `arn:aws:ec2:*:*:instance-connect-endpoint/${site.id}`,
      Condition: {
        NumericEquals: { 'ec2-instance-connect:remotePort': '22' },
        IpAddress: { 'ec2-instance-connect:privateIpAddress': `${address}/32` },
        NumericLessThanEquals: { 'ec2-instance-connect:maxTunnelDuration': '600' },
      },
    });
    const allowed = site.dig(await site.url({ maxTunnelDuration: '600' }));
    await allowed.until(() => banner.test(allowed.text));
    const hour = await refusal(site.dig(await site.url()));
    assert.deepEqual(hour, {
      ErrorCode: 'AccessDenied',
      Message: `User: arn:aws:iam::${place.accountId}:user/provider is not authorized to perform: ec2-instance-connect:OpenTunnel on resource: arn:aws:ec2:ap-south-1:${place.accountId}:instance-connect-endpoint/${site.id} because no identity-based policy allows the ec2-instance-connect:OpenTunnel action`,
    });
    for (const wrong of [{ remotePort: '3389' }, { privateIpAddress: '172.31.0.9' }])
      assert.equal(
        (await refusal(site.dig(await site.url({ maxTunnelDuration: '600', ...wrong })))).ErrorCode,
        'AccessDenied',
      );
  });

  it('ends when its time is over, and with its endpoint', async () => {
    const site = await ConnectSite.open();
    const brief = site.dig(await site.url({ maxTunnelDuration: '30' }));
    await brief.until(() => banner.test(brief.text));
    await site.guest.pause(29_000);
    assert.ok(!brief.isClosed);
    await site.guest.pause(1500);
    assert.deepEqual(brief.closed, { code: 1000, reason: '' });
    const other = site.dig(await site.url());
    await other.until(() => banner.test(other.text));
    const { ec2 } = site.clientsNow;
    await ec2.send(new DeleteInstanceConnectEndpointCommand({ InstanceConnectEndpointId: site.id }));
    assert.equal((await refusal(site.dig(await site.url()))).ErrorCode, 'InvalidState');
    await site.guest.pause(100_000);
    assert.equal(other.closed?.code, 1000);
  });

  it('is one of twenty at most', async () => {
    const site = await ConnectSite.open();
    const tunnels: HeardTunnel[] = [];
    for (let count = 0; count < 20; count++) tunnels.push(site.dig(await site.url()));
    await tunnels[19]?.until(() => tunnels.every(({ text }) => banner.test(text)));
    assert.equal((await refusal(site.dig(await site.url()))).ErrorCode, 'LimitExceeded');
    tunnels[0]?.channel.close();
    const next = site.dig(await site.url());
    await next.until(() => banner.test(next.text));
  });
});
