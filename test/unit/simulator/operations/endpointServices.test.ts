import assert from 'node:assert/strict';
import {
  CreateTagsCommand,
  DeleteVpcEndpointServiceConfigurationsCommand,
  DeleteVpcEndpointsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointServicePermissionsCommand,
  DescribeVpcEndpointServicesCommand,
  ModifyVpcEndpointCommand,
  ModifyVpcEndpointServiceConfigurationCommand,
  ModifyVpcEndpointServicePermissionsCommand,
  RejectVpcEndpointConnectionsCommand,
  StartVpcEndpointServicePrivateDnsVerificationCommand,
} from '@aws-sdk/client-ec2';
import { DeleteLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { consumerRoot, PrivateLinkRig } from '../../../support/privateLinkRig';
import { codeOf, refusalOf } from '../../../support/refusal';

const minuteMs = 60_000;

/** A service that the consumer may use, with an endpoint of his that waits. */
async function startWaiting() {
  const rig = await PrivateLinkRig.start();
  const { ServiceId = '', ServiceName = '' } = await rig.addService();
  await rig.allow(ServiceId);
  const { VpcEndpointId = '' } = await rig.connect(ServiceName);
  return { rig, ServiceId, ServiceName, VpcEndpointId };
}

describe('an endpoint service', () => {
  it('is available at once, wants acceptance, and has its names and zones from id, Region and load balancer', async () => {
    const rig = await PrivateLinkRig.start(2);
    const made = await rig.addService();
    const id = made.ServiceId ?? '';
    assert.match(id, /^vpce-svc-[0-9a-f]{17}$/);
    assert.equal(made.ServiceName, `com.amazonaws.vpce.ap-south-1.${id}`);
    assert.deepEqual(made.BaseEndpointDnsNames, [`${id}.ap-south-1.vpce.amazonaws.com`]);
    assert.deepEqual([made.ServiceState, made.AcceptanceRequired], ['Available', true]);
    const zones = rig.providerSubnets.slice(0, 2).map(({ AvailabilityZone }) => AvailabilityZone);
    assert.deepEqual([...(made.AvailabilityZones ?? [])].sort(), zones.sort());
    assert.deepEqual(await rig.service(id), made);
  });

  it('is refused without a load balancer, with one that is not there, not ready, or serves another service', async () => {
    const rig = await PrivateLinkRig.start();
    const add = (arn: string) => codeOf(rig.addService({ NetworkLoadBalancerArns: [arn] }));
    assert.equal(await codeOf(rig.addService({ NetworkLoadBalancerArns: [] })), 'InvalidParameter');
    assert.equal(await add('web'), 'InvalidNetworkLoadBalancerArn.Malformed');
    const gone = rig.loadBalancerArn.replace(/[0-9a-f]{16}$/, '0'.repeat(16));
    assert.equal(await add(gone), 'InvalidNetworkLoadBalancerArn.NotFound');
    assert.equal(await add(await rig.addLoadBalancer('young')), 'InvalidParameter');
    await rig.addService();
    assert.equal(await add(rig.loadBalancerArn), 'InvalidParameter');
  });

  it('keeps its load balancer from being deleted', async () => {
    const rig = await PrivateLinkRig.start();
    await rig.addService();
    const { loadBalancerArn: LoadBalancerArn } = rig;
    const refusal = await refusalOf(rig.provider.elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })));
    assert.equal(refusal.code, 'ResourceInUse');
    assert.match(refusal.message, /cannot be deleted because it is currently associated with another service$/);
  });

  it('is made once for a client token, and takes tags', async () => {
    const rig = await PrivateLinkRig.start();
    const input = { ClientToken: 'once', NetworkLoadBalancerArns: [rig.loadBalancerArn] };
    const first = await rig.addService(input);
    assert.equal((await rig.addService(input)).ServiceId, first.ServiceId);
    const Resources = [first.ServiceId ?? ''];
    await rig.provider.ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: 'Name', Value: 'web' }] }));
    assert.deepEqual((await rig.service(first.ServiceId)).Tags, [{ Key: 'Name', Value: 'web' }]);
  });

  it('shows its tags to its own account only', async () => {
    const rig = await PrivateLinkRig.start();
    const Tags = [{ Key: 'Name', Value: 'web' }];
    const TagSpecifications = [{ ResourceType: 'vpc-endpoint-service' as const, Tags }];
    const { ServiceId, ServiceName = '' } = await rig.addService({ TagSpecifications });
    await rig.allow(ServiceId);
    const look = new DescribeVpcEndpointServicesCommand({ ServiceNames: [ServiceName] });
    const seen = [await rig.provider.ec2.send(look), await rig.consumer.ec2.send(look)];
    assert.deepEqual(
      seen.map(({ ServiceDetails }) => ServiceDetails?.[0]?.Tags),
      [Tags, []],
    );
  });

  it('goes only when no endpoint is attached, and says so for each id', async () => {
    const { rig, ServiceId, VpcEndpointId } = await startWaiting();
    const remove = async (id: string) => {
      const command = new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: [id] });
      return (await rig.provider.ec2.send(command)).Unsuccessful?.map(({ Error: error }) => error?.Code);
    };
    assert.deepEqual(await remove(ServiceId), ['ExistingVpcEndpointConnections']);
    await rig.provider.ec2.send(
      new RejectVpcEndpointConnectionsCommand({ ServiceId, VpcEndpointIds: [VpcEndpointId] }),
    );
    assert.deepEqual(await remove(ServiceId), []);
    assert.deepEqual(await remove(ServiceId), ['InvalidVpcEndpointService.NotFound']);
    assert.equal(await codeOf(rig.service(ServiceId)), 'InvalidVpcEndpointServiceId.NotFound');
    assert.equal((await rig.endpoint(VpcEndpointId)).State, 'rejected');
  });

  it('does not give up its load balancer while endpoints are attached', async () => {
    const { rig, ServiceId } = await startWaiting();
    const second = await rig.addLoadBalancer('second');
    rig.pass(3 * minuteMs);
    const modify = (change: object) =>
      rig.provider.ec2.send(new ModifyVpcEndpointServiceConfigurationCommand({ ServiceId, ...change }));
    await modify({ AddNetworkLoadBalancerArns: [second], AcceptanceRequired: false });
    const { NetworkLoadBalancerArns, AcceptanceRequired } = await rig.service(ServiceId);
    assert.deepEqual([NetworkLoadBalancerArns, AcceptanceRequired], [[rig.loadBalancerArn, second], false]);
    const removal = modify({ RemoveNetworkLoadBalancerArns: [second] });
    assert.equal(await codeOf(removal), 'ExistingVpcEndpointConnections');
  });
});

describe("an endpoint service's permissions", () => {
  it('decide whether another account finds the service at all', async () => {
    const rig = await PrivateLinkRig.start();
    const { ServiceId, ServiceName = '' } = await rig.addService();
    const look = () => rig.consumer.ec2.send(new DescribeVpcEndpointServicesCommand({ ServiceNames: [ServiceName] }));
    const refusal = await refusalOf(look());
    assert.equal(refusal.code, 'InvalidServiceName');
    assert.equal(refusal.message, `The Vpc Endpoint Service '${ServiceName}' does not exist`);
    assert.equal(await codeOf(rig.connect(ServiceName)), 'InvalidServiceName');
    await rig.allow(ServiceId);
    const [found] = (await look()).ServiceDetails ?? [];
    assert.deepEqual([found?.Owner, found?.AcceptanceRequired], ['111122223333', true]);
    const all = await rig.consumer.ec2.send(new DescribeVpcEndpointServicesCommand({}));
    assert.ok(all.ServiceNames?.includes(ServiceName));
  });

  for (const [principal, kind] of [
    ['*', 'All'],
    [consumerRoot, 'Account'],
    ['arn:aws:iam::444455556666:user/consumer', 'User'],
  ] as const)
    it(`admit ${principal}`, async () => {
      const rig = await PrivateLinkRig.start();
      const { ServiceId = '', ServiceName = '' } = await rig.addService();
      await rig.allow(ServiceId, principal);
      const { AllowedPrincipals } = await rig.provider.ec2.send(
        new DescribeVpcEndpointServicePermissionsCommand({ ServiceId }),
      );
      assert.deepEqual(
        AllowedPrincipals?.map(({ PrincipalType, Principal }) => [PrincipalType, Principal]),
        [[kind, principal]],
      );
      assert.match(AllowedPrincipals?.[0]?.ServicePermissionId ?? '', /^vpce-svc-perm-[0-9a-f]{17}$/);
      await rig.connect(ServiceName);
    });

  it('admit nobody else, nor what is no principal', async () => {
    const rig = await PrivateLinkRig.start();
    const { ServiceId, ServiceName } = await rig.addService();
    await rig.allow(ServiceId, 'arn:aws:iam::444455556666:user/somebody');
    assert.equal(await codeOf(rig.connect(ServiceName)), 'InvalidServiceName');
    const allow = (principal: string) => codeOf(rig.allow(ServiceId, principal));
    assert.equal(await allow('arn:aws:iam::444455556666:group/all'), 'UnknownPrincipalType.Unsupported');
    assert.equal(await allow('444455556666'), 'InvalidTargetArn.Unknown');
    assert.equal(await allow('arn:aws:iam::444455556666:role/a/path'), 'InvalidTargetArn.Unknown');
  });

  it('are taken away without cutting what is connected', async () => {
    const { rig, ServiceId, ServiceName, VpcEndpointId } = await startWaiting();
    await rig.provider.ec2.send(
      new ModifyVpcEndpointServicePermissionsCommand({ ServiceId, RemoveAllowedPrincipals: [consumerRoot] }),
    );
    assert.equal(await codeOf(rig.connect(ServiceName)), 'InvalidServiceName');
    await rig.accept(ServiceId, VpcEndpointId);
    rig.pass(2 * minuteMs);
    assert.equal((await rig.endpoint(VpcEndpointId)).State, 'available');
  });
});

describe("an endpoint for somebody's service", () => {
  it('waits until it is accepted, then is pending and available, on both sides', async () => {
    const { rig, ServiceId, VpcEndpointId } = await startWaiting();
    const seen = async () => {
      const [connection] = await rig.connections(ServiceId);
      return [(await rig.endpoint(VpcEndpointId)).State, connection?.VpcEndpointState];
    };
    assert.deepEqual(await seen(), ['pendingAcceptance', 'pendingAcceptance']);
    const [connection] = await rig.connections(ServiceId);
    assert.deepEqual([connection?.VpcEndpointOwner, connection?.VpcEndpointId], ['444455556666', VpcEndpointId]);
    assert.deepEqual((await rig.accept(ServiceId, VpcEndpointId)).Unsuccessful, []);
    assert.deepEqual(await seen(), ['pending', 'pending']);
    rig.pass(minuteMs);
    assert.deepEqual(await seen(), ['available', 'available']);
    const again = await rig.accept(ServiceId, VpcEndpointId);
    assert.equal(again.Unsuccessful?.[0]?.Error?.Code, 'InvalidState');
  });

  it('has names of the service, the regional one first', async () => {
    const { rig, ServiceId, VpcEndpointId } = await startWaiting();
    const names = (await rig.endpoint(VpcEndpointId)).DnsEntries?.map(({ DnsName = '' }) => DnsName) ?? [];
    const domain = `\\.${ServiceId}\\.ap-south-1\\.vpce\\.amazonaws\\.com$`;
    assert.equal(names.length, 4);
    assert.match(names[0] ?? '', new RegExp(`^${VpcEndpointId}-[a-z0-9]{8}${domain}`));
    for (const name of names.slice(1))
      assert.match(name, new RegExp(`^${VpcEndpointId}-[a-z0-9]{8}-ap-south-1[abc]${domain}`));
  });

  it('can be rejected while it waits and while it works', async () => {
    const { rig, ServiceId, VpcEndpointId } = await startWaiting();
    await rig.accept(ServiceId, VpcEndpointId);
    rig.pass(minuteMs);
    const reject = (id: string) =>
      rig.provider.ec2.send(new RejectVpcEndpointConnectionsCommand({ ServiceId, VpcEndpointIds: [id] }));
    assert.deepEqual((await reject(VpcEndpointId)).Unsuccessful, []);
    assert.equal((await rig.endpoint(VpcEndpointId)).State, 'rejected');
    assert.equal((await rig.connections(ServiceId))[0]?.VpcEndpointState, 'rejected');
    assert.equal((await reject(VpcEndpointId)).Unsuccessful?.[0]?.Error?.Code, 'InvalidState');
    const unknown = await reject('vpce-0123456789abcdef0');
    assert.equal(unknown.Unsuccessful?.[0]?.Error?.Code, 'InvalidVpcEndpointId.NotFound');
  });

  it('expires when nobody decides for seven days', async () => {
    const { rig, VpcEndpointId } = await startWaiting();
    rig.pass(7 * 24 * 60 * minuteMs);
    assert.equal((await rig.endpoint(VpcEndpointId)).State, 'expired');
  });

  it('is still told of to its provider a while after it is gone', async () => {
    const { rig, ServiceId, VpcEndpointId } = await startWaiting();
    await rig.consumer.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    assert.equal((await rig.connections(ServiceId))[0]?.VpcEndpointState, 'deleting');
    rig.pass(4 * minuteMs);
    assert.equal((await rig.connections(ServiceId))[0]?.VpcEndpointState, 'deleted');
    rig.pass(120 * minuteMs);
    assert.deepEqual(await rig.connections(ServiceId), []);
  });

  it('needs zones that the service has, by their ids, whatever each account calls them', async () => {
    const rig = await PrivateLinkRig.start(1);
    const { ServiceId, ServiceName } = await rig.addService({ AcceptanceRequired: false });
    await rig.allow(ServiceId);
    const zoneId = rig.providerSubnets[0]?.AvailabilityZoneId;
    const same = rig.consumerSubnets.find(({ AvailabilityZoneId }) => AvailabilityZoneId === zoneId);
    const other = rig.consumerSubnets.find(({ AvailabilityZoneId }) => AvailabilityZoneId !== zoneId);
    const found = await rig.consumer.ec2.send(
      new DescribeVpcEndpointServicesCommand({ ServiceNames: [ServiceName ?? ''] }),
    );
    assert.deepEqual(found.ServiceDetails?.[0]?.AvailabilityZones, [same?.AvailabilityZone]);
    const refusal = await refusalOf(rig.connect(ServiceName, { SubnetIds: [other?.SubnetId ?? ''] }));
    assert.equal(refusal.code, 'InvalidParameter');
    assert.equal(
      refusal.message,
      `The VPC endpoint service ${ServiceName} does not support the availability zone of the subnet: ${other?.SubnetId}.`,
    );
    assert.equal((await rig.connect(ServiceName, { SubnetIds: [same?.SubnetId ?? ''] })).State, 'pending');
  });

  it('is made from another Region when the service supports that and the caller names the service’s', async () => {
    const rig = await PrivateLinkRig.start();
    const { ServiceId, ServiceName, RemoteAccessEnabled } = await rig.addService({ SupportedRegions: ['us-east-1'] });
    assert.equal(RemoteAccessEnabled, true);
    await rig.allow(ServiceId);
    rig.consumer = rig.consumerIn('us-east-1');
    const { Subnets = [] } = await rig.consumer.ec2.send(new DescribeSubnetsCommand({}));
    rig.consumerSubnets = Subnets;
    assert.equal(await codeOf(rig.connect(ServiceName)), 'InvalidServiceName');
    const made = await rig.connect(ServiceName, { ServiceRegion: 'ap-south-1' });
    assert.deepEqual([made.State, made.ServiceRegion, made.DnsEntries?.length], ['pendingAcceptance', 'ap-south-1', 1]);
    assert.equal((await rig.connections(ServiceId))[0]?.VpcEndpointRegion, 'us-east-1');
    rig.consumer = rig.consumerIn('us-east-2');
    rig.consumerSubnets = (await rig.consumer.ec2.send(new DescribeSubnetsCommand({}))).Subnets ?? [];
    assert.equal(await codeOf(rig.connect(ServiceName, { ServiceRegion: 'ap-south-1' })), 'InvalidServiceName');
  });
});

describe("a service's private DNS name", () => {
  async function startNamed(PrivateDnsName: string) {
    const rig = await PrivateLinkRig.start();
    const { ServiceId = '', ServiceName, PrivateDnsNameConfiguration } = await rig.addService({ PrivateDnsName });
    await rig.allow(ServiceId);
    const { VpcEndpointId = '' } = await rig.connect(ServiceName);
    await rig.accept(ServiceId, VpcEndpointId);
    rig.pass(minuteMs);
    const verify = async () => {
      await rig.provider.ec2.send(new StartVpcEndpointServicePrivateDnsVerificationCommand({ ServiceId }));
      rig.pass(10 * minuteMs);
      return (await rig.service(ServiceId)).PrivateDnsNameConfiguration?.State;
    };
    const enable = () =>
      rig.consumer.ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, PrivateDnsEnabled: true }));
    return { rig, ServiceName, VpcEndpointId, PrivateDnsNameConfiguration, verify, enable };
  }

  it('serves endpoints once its TXT record has proved the domain', async () => {
    const named = await startNamed('web.example.com');
    const { rig, ServiceName, VpcEndpointId, PrivateDnsNameConfiguration: record } = named;
    assert.deepEqual([record?.State, record?.Type], ['pendingVerification', 'TXT']);
    const refusal = await refusalOf(named.enable());
    assert.equal(
      refusal.message,
      `Private DNS can't be enabled because the service ${ServiceName} has not verified the private DNS name.`,
    );
    assert.equal(await named.verify(), 'verified');
    assert.deepEqual(rig.cloud.cloud.world.publishedTexts(`${record?.Name}.example.com.`), [record?.Value]);
    await named.enable();
    const { DnsEntries, PrivateDnsEnabled } = await rig.endpoint(VpcEndpointId);
    assert.deepEqual([PrivateDnsEnabled, DnsEntries?.at(-1)?.DnsName], [true, 'web.example.com']);
  });

  it('of a domain that is not the user’s own is never verified', async () => {
    const named = await startNamed('web.amazon.com');
    assert.equal(await named.verify(), 'failed');
  });

  it('cannot be switched on with a new endpoint that must be accepted first, nor where there is none', async () => {
    const named = await startNamed('web.example.com');
    await named.verify();
    const refusal = await refusalOf(named.rig.connect(named.ServiceName, { PrivateDnsEnabled: true }));
    assert.equal(
      refusal.message,
      `Private DNS can only be enabled after the endpoint connection is accepted by the owner of ${named.ServiceName}.`,
    );
    const { rig, ServiceName } = await startWaiting();
    const none = await refusalOf(rig.connect(ServiceName, { PrivateDnsEnabled: true }));
    assert.match(none.message, /does not provide a private DNS name\.$/);
  });
});
