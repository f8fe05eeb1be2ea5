import assert from 'node:assert/strict';
import { DescribeInstancesCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import {
  AddTagsCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DeleteLoadBalancerCommand,
  DescribeAccountLimitsCommand,
  DescribeCapacityReservationCommand,
  DescribeListenerAttributesCommand,
  DescribeListenersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyListenerAttributesCommand,
  ModifyListenerCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
  RemoveTagsCommand,
  waitUntilLoadBalancerAvailable,
  waitUntilLoadBalancersDeleted,
  waitUntilTargetDeregistered,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { startTestCloud } from '../../../support/practice';
import { codeOf } from '../../../support/refusal';

const minuteMs = 60_000;

async function start() {
  const cloud = startTestCloud();
  const { ec2, elbv2 } = cloud.clients(0);
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
  const VpcId = Subnets[0]?.VpcId ?? '';
  const group = async (change: Partial<CreateTargetGroupCommandInput> = {}) => {
    const input = { Name: 'servers', Protocol: 'TCP' as const, Port: 80, VpcId };
    const { TargetGroups } = await elbv2.send(new CreateTargetGroupCommand({ ...input, ...change }));
    return TargetGroups?.[0] ?? {};
  };
  const balancer = async (Name = 'web') => {
    const input = { Name, Type: 'network' as const, Subnets: Subnets.map(({ SubnetId = '' }) => SubnetId) };
    const { LoadBalancers } = await elbv2.send(new CreateLoadBalancerCommand(input));
    return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  };
  const listen = (LoadBalancerArn: string, TargetGroupArn = '', Protocol: 'TCP' | 'UDP' | 'TLS' = 'TCP') => {
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
    return elbv2.send(new CreateListenerCommand({ LoadBalancerArn, Protocol, Port: 80, DefaultActions }));
  };
  const pass = (durationMs: number) => cloud.timeline.advanceTo(cloud.timeline.now() + durationMs);
  const instance = Reservations?.[0]?.Instances?.[0];
  return { elbv2, instance, group, balancer, listen, pass };
}

describe('load balancers and their waiters', () => {
  it('agree on when a load balancer is there and when it is gone', async () => {
    const { elbv2, balancer, pass } = await start();
    const arn = await balancer();
    const about = { LoadBalancerArns: [arn] };
    pass(3 * minuteMs);
    const available = await waitUntilLoadBalancerAvailable({ client: elbv2, maxWaitTime: 30 }, about);
    await elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
    const deleted = await waitUntilLoadBalancersDeleted({ client: elbv2, maxWaitTime: 30 }, about);
    assert.deepEqual([available.state, deleted.state], ['SUCCESS', 'SUCCESS']);
  });

  it('agree that a target which was never registered is not there', async () => {
    const { elbv2, group, instance } = await start();
    const { TargetGroupArn } = await group();
    const Targets = [{ Id: instance?.InstanceId }];
    const waited = await waitUntilTargetDeregistered({ client: elbv2, maxWaitTime: 30 }, { TargetGroupArn, Targets });
    assert.equal(waited.state, 'SUCCESS');
  });

  it('know the limits of an account, and no reserved capacity', async () => {
    const { elbv2, balancer } = await start();
    const { Limits } = await elbv2.send(new DescribeAccountLimitsCommand({}));
    assert.equal(Limits?.find(({ Name }) => Name === 'network-load-balancers')?.Max, '50');
    const LoadBalancerArn = await balancer();
    const capacity = await elbv2.send(new DescribeCapacityReservationCommand({ LoadBalancerArn }));
    assert.deepEqual([capacity.MinimumLoadBalancerCapacity, capacity.CapacityReservationState], [undefined, []]);
  });
});

describe('target groups in detail', () => {
  it('are listed in pages, by name, by ARN, and refused when one of them is not there', async () => {
    const { elbv2, group } = await start();
    for (const Name of ['one', 'two', 'three']) await group({ Name });
    const first = await elbv2.send(new DescribeTargetGroupsCommand({ PageSize: 2 }));
    const rest = await elbv2.send(new DescribeTargetGroupsCommand({ PageSize: 2, Marker: first.NextMarker }));
    const names = [...(first.TargetGroups ?? []), ...(rest.TargetGroups ?? [])].map(item => item.TargetGroupName);
    assert.deepEqual(names, ['one', 'two', 'three']);
    assert.equal(rest.NextMarker, undefined);
    const named = await elbv2.send(new DescribeTargetGroupsCommand({ Names: ['two'] }));
    assert.equal(named.TargetGroups?.length, 1);
    const missing = elbv2.send(new DescribeTargetGroupsCommand({ Names: ['two', 'four'] }));
    assert.equal(await codeOf(missing), 'TargetGroupNotFound');
    const malformed = elbv2.send(new DescribeTargetGroupsCommand({ TargetGroupArns: ['arn:aws:x'] }));
    assert.equal(await codeOf(malformed), 'ValidationError');
  });

  it('refuse health checks out of range, and take changes', async () => {
    const { elbv2, group } = await start();
    assert.equal(await codeOf(group({ HealthCheckIntervalSeconds: 4 })), 'ValidationError');
    assert.equal(await codeOf(group({ HealthCheckTimeoutSeconds: 40 })), 'ValidationError');
    assert.equal(await codeOf(group({ HealthCheckPath: '/' })), 'ValidationError');
    const { TargetGroupArn } = await group();
    const change = {
      TargetGroupArn,
      HealthCheckProtocol: 'HTTP' as const,
      HealthCheckPath: '/up',
      HealthyThresholdCount: 2,
    };
    const { TargetGroups } = await elbv2.send(new ModifyTargetGroupCommand(change));
    const [changed] = TargetGroups ?? [];
    assert.deepEqual(
      [changed?.HealthCheckPath, changed?.Matcher?.HttpCode, changed?.HealthyThresholdCount],
      ['/up', '200-399', 2],
    );
  });

  it("keep the client's address for instances and not for addresses behind TCP", async () => {
    const { elbv2, group } = await start();
    const keeps = async (change: Partial<CreateTargetGroupCommandInput>) => {
      const { TargetGroupArn } = await group(change);
      const { Attributes } = await elbv2.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
      return Attributes?.find(({ Key }) => Key === 'preserve_client_ip.enabled')?.Value;
    };
    assert.equal(await keeps({ Name: 'instances' }), 'true');
    assert.equal(await keeps({ Name: 'addresses', TargetType: 'ip' }), 'false');
    assert.equal(await keeps({ Name: 'datagrams', TargetType: 'ip', Protocol: 'UDP' }), 'true');
    assert.equal(await keeps({ Name: 'web', Protocol: 'HTTP' }), undefined);
  });

  it('take addresses of the VPC, and private ones elsewhere when they are said to count for all zones', async () => {
    const { elbv2, group, instance } = await start();
    const { TargetGroupArn } = await group({ TargetType: 'ip' });
    const register = (Id: string, AvailabilityZone?: string) =>
      elbv2.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id, AvailabilityZone }] }));
    await register(instance?.PrivateIpAddress ?? '');
    await register('10.9.0.4', 'all');
    assert.equal(await codeOf(register('10.9.0.5')), 'InvalidTarget');
    assert.equal(await codeOf(register('8.8.8.8', 'all')), 'InvalidTarget');
    assert.equal(await codeOf(register(instance?.InstanceId ?? '')), 'InvalidTarget');
    const { TargetHealthDescriptions } = await elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    assert.deepEqual(
      TargetHealthDescriptions?.map(({ Target }) => [Target?.Id, Target?.Port, Target?.AvailabilityZone]),
      [
        [instance?.PrivateIpAddress, 80, instance?.Placement?.AvailabilityZone],
        ['10.9.0.4', 80, 'all'],
      ],
    );
  });

  it('take attributes that their protocol has, with values that can be', async () => {
    const { elbv2, group } = await start();
    const { TargetGroupArn } = await group();
    const set = (Key: string, Value: string) =>
      elbv2.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [{ Key, Value }] }));
    const { Attributes } = await set('deregistration_delay.timeout_seconds', '0');
    assert.ok(Attributes?.some(({ Key, Value }) => Key === 'deregistration_delay.timeout_seconds' && Value === '0'));
    assert.equal(await codeOf(set('deregistration_delay.timeout_seconds', '3601')), 'ValidationError');
    assert.equal(await codeOf(set('slow_start.duration_seconds', '30')), 'ValidationError');
  });

  it('of other kinds are refused by name', async () => {
    const { group } = await start();
    for (const change of [
      { TargetType: 'lambda' },
      { TargetType: 'alb' },
      { Protocol: 'GENEVE' },
      { IpAddressType: 'ipv6' },
    ])
      assert.equal(await codeOf(group(change as Partial<CreateTargetGroupCommandInput>)), 'UnsupportedOperation');
  });
});

describe('listeners in detail', () => {
  it('change port and group, and keep an idle time-out', async () => {
    const { elbv2, group, balancer, listen } = await start();
    const arn = await balancer();
    const { Listeners } = await listen(arn, (await group()).TargetGroupArn);
    const ListenerArn = Listeners?.[0]?.ListenerArn;
    const { TargetGroupArn } = await group({ Name: 'other' });
    const DefaultActions = [{ Type: 'forward' as const, ForwardConfig: { TargetGroups: [{ TargetGroupArn }] } }];
    await elbv2.send(new ModifyListenerCommand({ ListenerArn, Port: 81, DefaultActions }));
    const found = await elbv2.send(new DescribeListenersCommand({ LoadBalancerArn: arn }));
    assert.deepEqual(
      found.Listeners?.map(({ Port, DefaultActions: [action] = [] }) => [Port, action?.TargetGroupArn]),
      [[81, TargetGroupArn]],
    );
    const idle = async () => {
      const { Attributes } = await elbv2.send(new DescribeListenerAttributesCommand({ ListenerArn }));
      return Attributes?.map(({ Key, Value }) => `${Key}=${Value}`);
    };
    assert.deepEqual(await idle(), ['tcp.idle_timeout.seconds=350']);
    const Attributes = [{ Key: 'tcp.idle_timeout.seconds', Value: '600' }];
    await elbv2.send(new ModifyListenerAttributesCommand({ ListenerArn, Attributes }));
    assert.deepEqual(await idle(), ['tcp.idle_timeout.seconds=600']);
  });

  it('with TLS are refused by name, and those of another protocol than the group as AWS refuses them', async () => {
    const { group, balancer, listen } = await start();
    const arn = await balancer();
    const { TargetGroupArn } = await group();
    assert.equal(await codeOf(listen(arn, TargetGroupArn, 'TLS')), 'UnsupportedOperation');
    assert.equal(await codeOf(listen(arn, TargetGroupArn, 'UDP')), 'IncompatibleProtocols');
    assert.equal(await codeOf(listen(arn, `${TargetGroupArn?.slice(0, -16)}${'0'.repeat(16)}`)), 'TargetGroupNotFound');
  });
});

describe('tags of load balancing', () => {
  it('are added to several resources at once, described and removed', async () => {
    const { elbv2, group, balancer } = await start();
    const ResourceArns = [await balancer(), (await group()).TargetGroupArn ?? ''];
    await elbv2.send(new AddTagsCommand({ ResourceArns, Tags: [{ Key: 'Name', Value: 'web' }] }));
    const seen = async () => {
      const { TagDescriptions } = await elbv2.send(new DescribeTagsCommand({ ResourceArns }));
      return TagDescriptions?.map(({ Tags = [] }) => Tags.map(({ Key, Value }) => `${Key}=${Value}`));
    };
    assert.deepEqual(await seen(), [['Name=web'], ['Name=web']]);
    await elbv2.send(new RemoveTagsCommand({ ResourceArns, TagKeys: ['Name'] }));
    assert.deepEqual(await seen(), [[], []]);
    const Tags = [{ Key: 'a' }, { Key: 'a' }];
    assert.equal(await codeOf(elbv2.send(new AddTagsCommand({ ResourceArns, Tags }))), 'DuplicateTagKeys');
    const unknown = [`${ResourceArns[0]?.slice(0, -16)}${'0'.repeat(16)}`];
    assert.equal(await codeOf(elbv2.send(new DescribeTagsCommand({ ResourceArns: unknown }))), 'LoadBalancerNotFound');
  });
});
