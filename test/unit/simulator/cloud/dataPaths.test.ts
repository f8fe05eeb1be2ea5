import assert from 'node:assert/strict';
import {
  AssociateRouteTableCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateVpcEndpointCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ModifyLoadBalancerAttributesCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { accountId, instanceId, region } from '../../../../src/core/ids';
import type { PracticeClients } from '../../../support/practice';
import { type PracticeNetwork, startPracticeNetwork } from '../../../support/practiceNetwork';
import { PrivateLinkRig } from '../../../support/privateLinkRig';
import { runFor, runToEnd } from '../../../support/runTimeline';

const home = region('ap-south-1');
const provider = { accountId: accountId('111122223333'), region: home };
const consumer = { accountId: accountId('444455556666'), region: home };
const minuteMs = 60_000;

/** How a connection attempt from an instance of the consumer's ends. */
function connect({ cloud, timeline }: Pick<PracticeNetwork, 'cloud' | 'timeline'>, id: string, address: string) {
  const host = cloud.fabric.hostNetwork(consumer, instanceId(id));
  const attempt = host.connectTcp(address, 443, { timeoutMs: 3000 }).then(
    () => 'answered',
    error => String(error.failure),
  );
  return runToEnd(timeline, attempt, minuteMs);
}

async function addressOf(network: PracticeNetwork, name: string): Promise<string> {
  return network.cloud.world.publicAddresses(name)?.[0] ?? '';
}

/** Lets everybody come to a port of what has the default group. */
async function admit({ ec2 }: PracticeClients, port: number): Promise<void> {
  const Filters = [{ Name: 'group-name', Values: ['default'] }];
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  const GroupId = SecurityGroups?.[0]?.GroupId;
  const rule = { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] }));
}

async function launch(rig: PrivateLinkRig, clients: PracticeClients, SubnetId?: string): Promise<string> {
  const ImageId = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
  const wanted = { ImageId, InstanceType: 't3.micro', SubnetId, MinCount: 1, MaxCount: 1 } as const;
  const { Instances } = await clients.ec2.send(new RunInstancesCommand(wanted));
  rig.pass(minuteMs);
  return Instances?.[0]?.InstanceId ?? '';
}

describe('resources made by API calls, and packets over them', () => {
  it('are a way out through a NAT gateway for a private subnet (labs.md 2.8)', async () => {
    const network = await startPracticeNetwork();
    const { ec2, VpcId, mainTableId } = network;
    const { InstanceId } = await network.launch();
    const address = await addressOf(network, 'ec2.ap-south-1.amazonaws.com');
    assert.equal(await connect(network, InstanceId, address), 'timedOut');
    const GatewayId = await network.addGateway();
    const publicSubnet = await network.addSubnet('10.0.9.0/24');
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable?.RouteTableId;
    await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: publicSubnet }));
    const everywhere = { DestinationCidrBlock: '0.0.0.0/0' };
    await ec2.send(new CreateRouteCommand({ RouteTableId, GatewayId, ...everywhere }));
    const { AllocationId } = await network.allocate();
    const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId: publicSubnet, AllocationId }));
    network.pass(5 * minuteMs);
    const NatGatewayId = NatGateway?.NatGatewayId;
    await ec2.send(new CreateRouteCommand({ RouteTableId: mainTableId, NatGatewayId, ...everywhere }));
    assert.equal(await connect(network, InstanceId, address), 'answered');
  });

  it('are a way to S3 alone through a gateway endpoint (labs.md 2.7)', async () => {
    const network = await startPracticeNetwork();
    const { ec2, VpcId, mainTableId } = network;
    const { InstanceId } = await network.launch();
    const address = await addressOf(network, 's3.ap-south-1.amazonaws.com');
    assert.equal(await connect(network, InstanceId, address), 'timedOut');
    const ServiceName = 'com.amazonaws.ap-south-1.s3';
    await ec2.send(new CreateVpcEndpointCommand({ VpcId, ServiceName, RouteTableIds: [mainTableId] }));
    assert.equal(await connect(network, InstanceId, address), 'answered');
    assert.equal(
      await connect(network, InstanceId, await addressOf(network, 'ec2.ap-south-1.amazonaws.com')),
      'timedOut',
    );
    assert.equal(
      await connect(network, InstanceId, await addressOf(network, 's3.us-east-1.amazonaws.com')),
      'timedOut',
    );
  });

  it('are a service of one account in a VPC of another, found healthy by probes (labs.md 6)', async () => {
    const rig = await PrivateLinkRig.start();
    const { cloud, timeline } = rig.cloud;
    const [subnet] = rig.providerSubnets;
    const launched = await launch(rig, rig.provider, subnet?.SubnetId);
    const server = cloud.fabric.hostNetwork(provider, instanceId(launched));
    const callers: string[] = [];
    server.listenTcp(80, ({ remoteAddress }) => callers.push(remoteAddress));
    await admit(rig.provider, 80);
    await admit(rig.consumer, 80);
    const { elbv2 } = rig.provider;
    const { TargetGroups } = await elbv2.send(
      new CreateTargetGroupCommand({ Name: 'servers', Protocol: 'TCP', Port: 80, VpcId: subnet?.VpcId }),
    );
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
    await elbv2.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: launched }] }));
    await elbv2.send(
      new CreateListenerCommand({
        LoadBalancerArn: rig.loadBalancerArn,
        Protocol: 'TCP',
        Port: 80,
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }),
    );
    await elbv2.send(
      new ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn: rig.loadBalancerArn,
        Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
      }),
    );
    await runFor(timeline, 6 * minuteMs);
    rig.pass(0);
    const { TargetHealthDescriptions } = await rig.provider.elbv2.send(
      new DescribeTargetHealthCommand({ TargetGroupArn }),
    );
    assert.equal(TargetHealthDescriptions?.[0]?.TargetHealth?.State, 'healthy');
    const { ServiceId, ServiceName } = await rig.addService();
    await rig.allow(ServiceId);
    const { VpcEndpointId } = await rig.connect(ServiceName);
    await rig.accept(ServiceId, VpcEndpointId);
    rig.pass(3 * minuteMs);
    const { NetworkInterfaceIds = [] } = await rig.endpoint(VpcEndpointId);
    const { NetworkInterfaces = [] } = await rig.consumer.ec2.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds }),
    );
    const client = cloud.fabric.hostNetwork(
      consumer,
      instanceId(await launch(rig, rig.consumer, rig.consumerSubnets[0]?.SubnetId)),
    );
    callers.length = 0;
    for (const { PrivateIpAddress = '' } of NetworkInterfaces)
      await runToEnd(timeline, client.connectTcp(PrivateIpAddress, 80, { timeoutMs: 3000 }), minuteMs);
    const nodes = [...cloud.world.region(provider).loadBalancers.values()].flatMap(({ nodes: all }) => all);
    assert.equal(NetworkInterfaces.length, 3);
    assert.ok(callers.every(caller => nodes.some(({ privateIpAddress }) => privateIpAddress === caller)));
  });
});
