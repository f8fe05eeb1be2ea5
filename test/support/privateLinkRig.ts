import {
  AcceptVpcEndpointConnectionsCommand,
  CreateVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
  CreateVpcEndpointServiceConfigurationCommand,
  type CreateVpcEndpointServiceConfigurationCommandInput,
  DescribeSubnetsCommand,
  DescribeVpcEndpointConnectionsCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointsCommand,
  type EC2Client,
  ModifyVpcEndpointServicePermissionsCommand,
  type Subnet,
} from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { clientsOf, type PracticeClients, startTestCloud, type TestCloud } from './practice';

const minuteMs = 60_000;
export const consumerRoot = 'arn:aws:iam::444455556666:root';

/** Two accounts of the practice cloud, with a load balancer in the first one's default VPC, ready to be made a service of. */
export class PrivateLinkRig {
  readonly cloud: TestCloud = startTestCloud('default-vpc');
  offsetMs = 0;
  provider = this.#clientsOf(0);
  consumer = this.#clientsOf(1);
  providerSubnets: readonly Subnet[] = [];
  consumerSubnets: readonly Subnet[] = [];
  loadBalancerArn = '';

  static async start(zoneCount = 3): Promise<PrivateLinkRig> {
    const rig = new PrivateLinkRig();
    rig.providerSubnets = await subnetsOf(rig.provider.ec2);
    rig.consumerSubnets = await subnetsOf(rig.consumer.ec2);
    rig.loadBalancerArn = await rig.addLoadBalancer('web', zoneCount);
    rig.pass(3 * minuteMs);
    return rig;
  }

  /** Clients that sign with the cloud's time, however far it has been moved. */
  #clientsOf(account: number, region = 'ap-south-1'): PracticeClients {
    return clientsOf(this.cloud.cloud, account, { region, systemClockOffset: this.offsetMs });
  }

  consumerIn(region: string): PracticeClients {
    return this.#clientsOf(1, region);
  }

  pass(durationMs: number): void {
    const { timeline } = this.cloud;
    timeline.advanceTo(timeline.now() + durationMs);
    this.offsetMs += durationMs;
    this.provider = this.#clientsOf(0);
    this.consumer = this.#clientsOf(1);
  }

  async addLoadBalancer(Name: string, zoneCount = 3): Promise<string> {
    const Subnets = this.providerSubnets.slice(0, zoneCount).map(({ SubnetId = '' }) => SubnetId);
    const input = { Name, Type: 'network' as const, Scheme: 'internal' as const, Subnets };
    const { LoadBalancers } = await this.provider.elbv2.send(new CreateLoadBalancerCommand(input));
    return LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  }

  async addService(change: Partial<CreateVpcEndpointServiceConfigurationCommandInput> = {}) {
    const input = { NetworkLoadBalancerArns: [this.loadBalancerArn], ...change };
    const made = await this.provider.ec2.send(new CreateVpcEndpointServiceConfigurationCommand(input));
    return made.ServiceConfiguration ?? {};
  }

  async service(ServiceId = '') {
    const command = new DescribeVpcEndpointServiceConfigurationsCommand({ ServiceIds: [ServiceId] });
    return (await this.provider.ec2.send(command)).ServiceConfigurations?.[0] ?? {};
  }

  async allow(ServiceId?: string, principal = consumerRoot): Promise<void> {
    const AddAllowedPrincipals = [principal];
    await this.provider.ec2.send(new ModifyVpcEndpointServicePermissionsCommand({ ServiceId, AddAllowedPrincipals }));
  }

  async connect(ServiceName?: string, change: Partial<CreateVpcEndpointCommandInput> = {}) {
    const input = {
      VpcId: this.consumerSubnets[0]?.VpcId,
      VpcEndpointType: 'Interface' as const,
      ServiceName,
      SubnetIds: this.consumerSubnets.map(({ SubnetId = '' }) => SubnetId),
      ...change,
    };
    return (await this.consumer.ec2.send(new CreateVpcEndpointCommand(input))).VpcEndpoint ?? {};
  }

  async endpoint(id = '') {
    const command = new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] });
    return (await this.consumer.ec2.send(command)).VpcEndpoints?.[0] ?? {};
  }

  async connections(serviceId = '') {
    const Filters = [{ Name: 'service-id', Values: [serviceId] }];
    const found = await this.provider.ec2.send(new DescribeVpcEndpointConnectionsCommand({ Filters }));
    return found.VpcEndpointConnections ?? [];
  }

  accept(ServiceId = '', endpointId = '') {
    const command = new AcceptVpcEndpointConnectionsCommand({ ServiceId, VpcEndpointIds: [endpointId] });
    return this.provider.ec2.send(command);
  }
}

async function subnetsOf(ec2: EC2Client): Promise<readonly Subnet[]> {
  return (await ec2.send(new DescribeSubnetsCommand({}))).Subnets ?? [];
}
