import assert from 'node:assert/strict';
import {
  CreateSubnetCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  type CreateLoadBalancerCommandInput,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  RegisterTargetsCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
  type TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { accountId, region as regionName } from '../../../../src/core/ids';
import { reportProbe } from '../../../../src/simulator/world/targetHealth';
import { startTestCloud, type TestCloud } from '../../../support/practice';
import { codeOf, refusalOf } from '../../../support/refusal';

const minuteMs = 60_000;
const place = { accountId: accountId('111122223333'), region: regionName('ap-south-1') };

/** The provider's account, which has a running instance in its default VPC. */
class Rig {
  readonly cloud: TestCloud = startTestCloud('default', 1, { checksTargets: false });
  readonly #clients = this.cloud.clients(0);
  readonly ec2 = this.#clients.ec2;
  readonly elbv2 = this.#clients.elbv2;
  subnetIds: string[] = [];
  vpcId = '';
  instanceId = '';
  instanceSubnetId = '';

  static async start(): Promise<Rig> {
    const rig = new Rig();
    const { Subnets = [] } = await rig.ec2.send(new DescribeSubnetsCommand({}));
    rig.subnetIds = Subnets.map(({ SubnetId = '' }) => SubnetId);
    rig.vpcId = Subnets[0]?.VpcId ?? '';
    const { Reservations } = await rig.ec2.send(new DescribeInstancesCommand({}));
    const instance = Reservations?.[0]?.Instances?.[0];
    rig.instanceId = instance?.InstanceId ?? '';
    rig.instanceSubnetId = instance?.SubnetId ?? '';
    return rig;
  }

  pass(durationMs: number): void {
    this.cloud.timeline.advanceTo(this.cloud.timeline.now() + durationMs);
  }

  async balancer(change: Partial<CreateLoadBalancerCommandInput> = {}) {
    const input = { Name: 'web', Type: 'network' as const, Scheme: 'internal' as const, Subnets: this.subnetIds };
    const { LoadBalancers } = await this.elbv2.send(new CreateLoadBalancerCommand({ ...input, ...change }));
    assert.ok(LoadBalancers?.[0]);
    return LoadBalancers[0];
  }

  async group(change: Partial<CreateTargetGroupCommandInput> = {}) {
    const input = { Name: 'servers', Protocol: 'TCP' as const, Port: 80, VpcId: this.vpcId };
    const { TargetGroups } = await this.elbv2.send(new CreateTargetGroupCommand({ ...input, ...change }));
    assert.ok(TargetGroups?.[0]);
    return TargetGroups[0];
  }

  async listen(
    LoadBalancerArn?: string,
    TargetGroupArn?: string,
    Port = 80,
    Protocol: 'TCP' | 'UDP' = 'TCP',
  ): Promise<string> {
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
    const command = new CreateListenerCommand({ LoadBalancerArn, Protocol, Port, DefaultActions });
    return (await this.elbv2.send(command)).Listeners?.[0]?.ListenerArn ?? '';
  }

  async register(TargetGroupArn?: string, Id = this.instanceId): Promise<void> {
    await this.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id }] }));
  }

  async healthOf(TargetGroupArn?: string): Promise<TargetHealth | undefined> {
    const { TargetHealthDescriptions } = await this.elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    return TargetHealthDescriptions?.[0]?.TargetHealth;
  }

  probe(targetGroupArn = '', nodeInterfaceId: string, hasPassed: boolean): void {
    const { instanceId: targetId } = this;
    reportProbe(this.cloud.cloud.world, place, {
      targetGroupArn,
      targetId,
      port: 80,
      nodeInterfaceId,
      hasPassed,
    });
  }
}

/** A registered target behind a working load balancer, where only probes are missing. */
async function startChecking() {
  const rig = await Rig.start();
  const { LoadBalancerArn } = await rig.balancer();
  const { TargetGroupArn } = await rig.group();
  await rig.listen(LoadBalancerArn, TargetGroupArn);
  await rig.register(TargetGroupArn);
  rig.pass(5 * minuteMs);
  return { rig, LoadBalancerArn, TargetGroupArn };
}

describe('a network load balancer', () => {
  it('is provisioning for two to three minutes, then active, with an interface in each subnet', async () => {
    const rig = await Rig.start();
    const made = await rig.balancer();
    assert.match(made.LoadBalancerArn ?? '', /:111122223333:loadbalancer\/net\/web\/[0-9a-f]{16}$/);
    const key = made.LoadBalancerArn?.slice(-16);
    assert.equal(made.DNSName, `web-${key}.elb.ap-south-1.amazonaws.com`);
    assert.equal(made.State?.Code, 'provisioning');
    const state = async () =>
      (await rig.elbv2.send(new DescribeLoadBalancersCommand({ Names: ['web'] }))).LoadBalancers?.[0]?.State?.Code;
    rig.pass(1.9 * minuteMs);
    assert.equal(await state(), 'provisioning');
    rig.pass(minuteMs);
    assert.equal(await state(), 'active');
    const Filters = [{ Name: 'description', Values: [`ELB net/web/${key}`] }];
    const { NetworkInterfaces } = await rig.ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
    assert.deepEqual(NetworkInterfaces?.map(({ SubnetId }) => SubnetId).sort(), [...rig.subnetIds].sort());
    for (const { InterfaceType, RequesterManaged } of NetworkInterfaces ?? [])
      assert.deepEqual([InterfaceType, RequesterManaged], ['network_load_balancer', true]);
  });

  it('is made once for the same request, and refused for another of its name', async () => {
    const rig = await Rig.start();
    const first = await rig.balancer();
    assert.equal((await rig.balancer()).LoadBalancerArn, first.LoadBalancerArn);
    const refusal = await refusalOf(rig.balancer({ Scheme: 'internet-facing' }));
    assert.equal(refusal.code, 'DuplicateLoadBalancerName');
    assert.equal(refusal.message, "A load balancer with the same name 'web' exists, but with different settings");
    const [SubnetId = ''] = rig.subnetIds;
    const single = await rig.balancer({ Name: 'single', Subnets: [SubnetId] });
    const { CidrBlock = '' } =
      (await rig.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }))).Subnets?.[0] ?? {};
    const mapped = (PrivateIPv4Address?: string) =>
      rig.balancer({ Name: 'single', Subnets: undefined, SubnetMappings: [{ SubnetId, PrivateIPv4Address }] });
    assert.equal((await mapped()).LoadBalancerArn, single.LoadBalancerArn);
    assert.equal(await codeOf(mapped(CidrBlock.replace(/\.0\/\d+$/, '.77'))), 'DuplicateLoadBalancerName');
  });

  it('needs subnets that are there, one for each zone, and an internet gateway to face the internet', async () => {
    const rig = await Rig.start();
    assert.equal(await codeOf(rig.balancer({ Subnets: ['subnet-0123456789abcdef0'] })), 'SubnetNotFound');
    assert.equal(await codeOf(rig.balancer({ Subnets: [] })), 'ValidationError');
    const twin = { VpcId: rig.vpcId, CidrBlock: '172.31.128.0/24', AvailabilityZone: 'ap-south-1a' };
    const { Subnet } = await rig.ec2.send(new CreateSubnetCommand(twin));
    const both = [...rig.subnetIds, Subnet?.SubnetId ?? ''];
    assert.equal(await codeOf(rig.balancer({ Subnets: both })), 'InvalidConfigurationRequest');
    const { AvailabilityZones } = await rig.balancer({ Name: 'public', Scheme: 'internet-facing' });
    assert.equal(AvailabilityZones?.length, 3);
  });

  it('takes a private address that the caller chose, and shows chosen ones only', async () => {
    const rig = await Rig.start();
    const [SubnetId = ''] = rig.subnetIds;
    const { Subnets } = await rig.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
    const PrivateIPv4Address = (Subnets?.[0]?.CidrBlock ?? '').replace(/\.0\/\d+$/, '.77');
    const SubnetMappings = [{ SubnetId, PrivateIPv4Address }];
    const chosen = await rig.balancer({ Name: 'chosen', Subnets: undefined, SubnetMappings });
    assert.deepEqual(chosen.AvailabilityZones?.[0]?.LoadBalancerAddresses, [{ PrivateIPv4Address }]);
    const unchosen = await rig.balancer();
    assert.deepEqual(unchosen.AvailabilityZones?.[0]?.LoadBalancerAddresses, []);
  });

  it('has security groups from the start or never', async () => {
    const rig = await Rig.start();
    const { LoadBalancerArn } = await rig.balancer();
    const { groups } = { groups: [...rig.cloud.cloud.world.region(place).securityGroups.keys()] };
    const set = (arn?: string) =>
      rig.elbv2.send(new SetSecurityGroupsCommand({ LoadBalancerArn: arn, SecurityGroups: [groups[0] ?? ''] }));
    await assert.rejects(set(LoadBalancerArn), {
      name: 'InvalidConfigurationRequestException',
      message:
        'You cannot set security groups on a Network Load Balancer which was created without any security groups.',
    });
    const other = await rig.balancer({ Name: 'grouped', SecurityGroups: [groups[0] ?? ''] });
    assert.equal(other.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, 'on');
    const { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic } = await rig.elbv2.send(
      new SetSecurityGroupsCommand({
        LoadBalancerArn: other.LoadBalancerArn,
        SecurityGroups: [groups[0] ?? ''],
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
      }),
    );
    assert.equal(EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, 'off');
  });

  it('moves to other subnets, keeping the interfaces of those that stay', async () => {
    const rig = await Rig.start();
    const { LoadBalancerArn } = await rig.balancer({ Subnets: rig.subnetIds.slice(0, 2) });
    const nodes = () => rig.cloud.cloud.world.region(place).loadBalancers.get(LoadBalancerArn ?? '')?.nodes ?? [];
    const kept = nodes()[1]?.networkInterfaceId;
    await rig.elbv2.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: rig.subnetIds.slice(1) }));
    assert.deepEqual(
      nodes()
        .map(({ subnetId }) => subnetId)
        .sort(),
      rig.subnetIds.slice(1).sort(),
    );
    assert.ok(nodes().some(({ networkInterfaceId }) => networkInterfaceId === kept));
  });

  it('goes at once, its interfaces minutes later, and deleting it again is no error', async () => {
    const rig = await Rig.start();
    const { LoadBalancerArn = '' } = await rig.balancer();
    const remove = () => rig.elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await remove();
    await remove();
    const find = rig.elbv2.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }));
    assert.equal(await codeOf(find), 'LoadBalancerNotFound');
    const interfaces = () => {
      const all = [...rig.cloud.cloud.world.region(place).networkInterfaces.values()];
      return all.filter(({ kind }) => kind === 'networkLoadBalancer').length;
    };
    assert.equal(interfaces(), 3);
    rig.pass(5 * minuteMs);
    assert.equal(interfaces(), 0);
  });

  it('is kept by deletion protection', async () => {
    const rig = await Rig.start();
    const { LoadBalancerArn } = await rig.balancer();
    const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'true' }];
    await rig.elbv2.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
    const remove = rig.elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    assert.equal(await codeOf(remove), 'OperationNotPermitted');
  });

  it('has cross-zone off by default, and refuses attributes of other kinds', async () => {
    const rig = await Rig.start();
    const { LoadBalancerArn } = await rig.balancer();
    const { Attributes } = await rig.elbv2.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
    const crossZone = Attributes?.find(({ Key }) => Key === 'load_balancing.cross_zone.enabled');
    assert.equal(crossZone?.Value, 'false');
    const modify = (Key: string, Value: string) =>
      rig.elbv2.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: [{ Key, Value }] }));
    assert.equal(await codeOf(modify('idle_timeout.timeout_seconds', '60')), 'ValidationError');
    assert.equal(await codeOf(modify('load_balancing.cross_zone.enabled', 'maybe')), 'ValidationError');
    assert.equal(await codeOf(modify('access_logs.s3.enabled', 'true')), 'UnsupportedOperation');
  });

  it('of another type is refused by name', async () => {
    const rig = await Rig.start();
    assert.equal(await codeOf(rig.balancer({ Type: undefined })), 'UnsupportedOperation');
    assert.equal(await codeOf(rig.balancer({ IpAddressType: 'dualstack' })), 'UnsupportedOperation');
  });
});

describe('a target group', () => {
  it('checks with TCP every 30 s, five times to be healthy and twice to be unhealthy, unless told otherwise', async () => {
    const rig = await Rig.start();
    const made = await rig.group();
    const { HealthCheckProtocol, HealthCheckIntervalSeconds, HealthyThresholdCount, UnhealthyThresholdCount } = made;
    assert.deepEqual(
      [HealthCheckProtocol, HealthCheckIntervalSeconds, HealthyThresholdCount, UnhealthyThresholdCount],
      ['TCP', 30, 5, 2],
    );
    assert.deepEqual([made.HealthCheckTimeoutSeconds, made.HealthCheckPath], [10, undefined]);
    const http = await rig.group({ Name: 'http-check', HealthCheckProtocol: 'HTTP' });
    assert.deepEqual(
      [http.HealthCheckTimeoutSeconds, http.HealthCheckPath, http.Matcher?.HttpCode],
      [6, '/', '200-399'],
    );
  });

  it('is made once for the same request, and refused for another of its name', async () => {
    const rig = await Rig.start();
    const first = await rig.group();
    await rig.register(first.TargetGroupArn);
    assert.equal((await rig.group()).TargetGroupArn, first.TargetGroupArn);
    assert.notEqual(await rig.healthOf(first.TargetGroupArn), undefined, 'it is the one with the target');
    for (const change of [
      { Port: 81 },
      { Protocol: 'UDP' },
      { TargetType: 'ip' },
      { HealthCheckPort: '8080' },
    ] as const) {
      const refusal = await refusalOf(rig.group(change));
      assert.equal(refusal.code, 'DuplicateTargetGroupName');
      assert.equal(refusal.message, "A target group with the same name 'servers' exists, but with different settings");
    }
    await rig.group({ Name: 'pages', Protocol: 'HTTP' });
    const other = rig.group({ Name: 'pages', Protocol: 'HTTP', ProtocolVersion: 'HTTP2' });
    assert.equal(await codeOf(other), 'DuplicateTargetGroupName');
  });

  it('with protocol HTTP cannot stand behind a network load balancer', async () => {
    const rig = await Rig.start();
    const { LoadBalancerArn } = await rig.balancer();
    const { TargetGroupArn } = await rig.group({ Protocol: 'HTTP' });
    assert.equal(await codeOf(rig.listen(LoadBalancerArn, TargetGroupArn)), 'IncompatibleProtocols');
  });

  it('belongs to one load balancer, and cannot be deleted while a listener uses it', async () => {
    const rig = await Rig.start();
    const { LoadBalancerArn } = await rig.balancer();
    const { TargetGroupArn = '' } = await rig.group();
    await rig.listen(LoadBalancerArn, TargetGroupArn);
    const other = await rig.balancer({ Name: 'other' });
    assert.equal(await codeOf(rig.listen(other.LoadBalancerArn, TargetGroupArn)), 'TargetGroupAssociationLimit');
    const { TargetGroups } = await rig.elbv2.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
    assert.deepEqual(TargetGroups?.[0]?.LoadBalancerArns, [LoadBalancerArn]);
    const remove = () => rig.elbv2.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
    const refusal = await refusalOf(remove());
    assert.equal(refusal.code, 'ResourceInUse');
    assert.equal(refusal.message, `Target group '${TargetGroupArn}' is currently in use by a listener or a rule`);
    await rig.elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await remove();
  });
});

describe('a listener', () => {
  it('has a port of its own and one rule, the default', async () => {
    const rig = await Rig.start();
    const { LoadBalancerArn } = await rig.balancer();
    const { TargetGroupArn } = await rig.group();
    const ListenerArn = await rig.listen(LoadBalancerArn, TargetGroupArn);
    await rig.listen(LoadBalancerArn, TargetGroupArn, 8080);
    const { Rules } = await rig.elbv2.send(new DescribeRulesCommand({ ListenerArn }));
    assert.deepEqual(
      Rules?.map(({ IsDefault, Priority }) => [IsDefault, Priority]),
      [[true, 'default']],
    );
  });

  // "Elastic Load Balancing API: CreateListener"; hashicorp/terraform-provider-aws#35121 got the ARN that was there.
  it('is made once for the same request, and refused for another on its port', async () => {
    const rig = await Rig.start();
    const { LoadBalancerArn } = await rig.balancer();
    const { TargetGroupArn } = await rig.group({ Protocol: 'TCP_UDP' });
    const other = await rig.group({ Name: 'others', Protocol: 'TCP_UDP' });
    const ListenerArn = await rig.listen(LoadBalancerArn, TargetGroupArn);
    assert.equal(await rig.listen(LoadBalancerArn, TargetGroupArn), ListenerArn);
    const { Listeners } = await rig.elbv2.send(new DescribeListenersCommand({ LoadBalancerArn }));
    assert.equal(Listeners?.length, 1);
    const refusal = await refusalOf(rig.listen(LoadBalancerArn, other.TargetGroupArn));
    assert.equal(refusal.code, 'DuplicateListener');
    assert.match(refusal.message, /^A listener already exists on this port for this load balancer 'arn:/);
    assert.equal(await codeOf(rig.listen(LoadBalancerArn, TargetGroupArn, 80, 'UDP')), 'DuplicateListener');
  });
});

describe("a target's health", () => {
  it('is unused without a listener, then initial until a probe has come through', async () => {
    const rig = await Rig.start();
    const { LoadBalancerArn } = await rig.balancer();
    const { TargetGroupArn } = await rig.group();
    await rig.register(TargetGroupArn);
    const { State, Reason } = (await rig.healthOf(TargetGroupArn)) ?? {};
    assert.deepEqual([State, Reason], ['unused', 'Target.NotInUse']);
    await rig.listen(LoadBalancerArn, TargetGroupArn);
    assert.equal((await rig.healthOf(TargetGroupArn))?.Reason, 'Elb.RegistrationInProgress');
    rig.probe(TargetGroupArn, 'eni-1', true);
    assert.equal((await rig.healthOf(TargetGroupArn))?.State, 'initial', 'nobody probes while it is registered');
    rig.pass(5 * minuteMs);
    assert.equal((await rig.healthOf(TargetGroupArn))?.Reason, 'Elb.InitialHealthChecking');
    const node = [...rig.cloud.cloud.world.region(place).loadBalancers.values()][0]?.nodes[0];
    rig.probe(TargetGroupArn, node?.networkInterfaceId ?? '', true);
    assert.deepEqual(await rig.healthOf(TargetGroupArn), { State: 'healthy' });
  });

  it('turns after as many probes in a row as the thresholds say', async () => {
    const { rig, TargetGroupArn } = await startChecking();
    const node = [...rig.cloud.cloud.world.region(place).loadBalancers.values()][0]?.nodes[0];
    const probe = async (hasPassed: boolean) => {
      rig.probe(TargetGroupArn, node?.networkInterfaceId ?? '', hasPassed);
      return (await rig.healthOf(TargetGroupArn))?.State;
    };
    assert.deepEqual([await probe(false), await probe(false)], ['initial', 'unhealthy']);
    const { Reason, Description } = (await rig.healthOf(TargetGroupArn)) ?? {};
    assert.deepEqual([Reason, Description], ['Target.FailedHealthChecks', 'Health checks failed']);
    for (const hasPassed of [true, true, true, true, false, true, true, true, true])
      assert.equal(await probe(hasPassed), 'unhealthy');
    assert.equal(await probe(true), 'healthy');
    for (const hasPassed of [false, true, false]) assert.equal(await probe(hasPassed), 'healthy');
    assert.equal(await probe(false), 'unhealthy');
  });

  it('is what most of the nodes find', async () => {
    const { rig, TargetGroupArn } = await startChecking();
    const nodes = [...rig.cloud.cloud.world.region(place).loadBalancers.values()][0]?.nodes ?? [];
    const [first = '', second = '', third = ''] = nodes.map(({ networkInterfaceId }) => networkInterfaceId);
    rig.probe(TargetGroupArn, first, true);
    rig.probe(TargetGroupArn, second, true);
    rig.probe(TargetGroupArn, third, false);
    rig.probe(TargetGroupArn, third, false);
    assert.equal((await rig.healthOf(TargetGroupArn))?.State, 'healthy');
    rig.probe(TargetGroupArn, second, false);
    rig.probe(TargetGroupArn, second, false);
    assert.equal((await rig.healthOf(TargetGroupArn))?.State, 'unhealthy');
  });

  it('is unused in a zone where the load balancer is not, and when its instance does not run', async () => {
    const rig = await Rig.start();
    const elsewhere = rig.subnetIds.filter(id => id !== rig.instanceSubnetId);
    const { LoadBalancerArn } = await rig.balancer({ Subnets: elsewhere });
    const { TargetGroupArn } = await rig.group();
    await rig.listen(LoadBalancerArn, TargetGroupArn);
    await rig.register(TargetGroupArn);
    assert.equal((await rig.healthOf(TargetGroupArn))?.Reason, 'Target.NotInUse');
    await rig.elbv2.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: rig.subnetIds }));
    assert.equal((await rig.healthOf(TargetGroupArn))?.State, 'initial');
    await rig.ec2.send(new TerminateInstancesCommand({ InstanceIds: [rig.instanceId] }));
    const { State, Reason } = (await rig.healthOf(TargetGroupArn)) ?? {};
    assert.deepEqual([State, Reason], ['unused', 'Target.InvalidState']);
    assert.equal(await codeOf(rig.register(TargetGroupArn)), 'InvalidTarget');
  });

  it('drains for as long as the group says, and is not registered afterwards', async () => {
    const { rig, TargetGroupArn } = await startChecking();
    const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: '60' }];
    await rig.elbv2.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
    const Targets = [{ Id: rig.instanceId }];
    await rig.elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    assert.equal((await rig.healthOf(TargetGroupArn))?.State, 'draining');
    rig.pass(minuteMs);
    assert.equal(await rig.healthOf(TargetGroupArn), undefined);
    const asked = await rig.elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn, Targets }));
    assert.equal(asked.TargetHealthDescriptions?.[0]?.TargetHealth?.Reason, 'Target.NotRegistered');
  });

  it('begins anew when a draining target is registered again', async () => {
    const { rig, TargetGroupArn } = await startChecking();
    const Targets = [{ Id: rig.instanceId }];
    await rig.elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
    rig.pass(minuteMs);
    await rig.register(TargetGroupArn);
    assert.equal((await rig.healthOf(TargetGroupArn))?.State, 'initial');
    rig.pass(8 * minuteMs);
    assert.equal((await rig.healthOf(TargetGroupArn))?.Reason, 'Elb.InitialHealthChecking');
  });
});
