import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeRouteTablesCommand,
  type EC2Client,
  type Route,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { startTestCloud, type TestCloud } from './practice';

/** A VPC of its own in the practice cloud, with a subnet, and with the means to add what a test is about. */
export interface PracticeNetwork extends TestCloud {
  readonly ec2: EC2Client;
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly mainTableId: string;
  /** Attaches a new internet gateway to the VPC. */
  addGateway(): Promise<string>;
  addSubnet(CidrBlock: string): Promise<string>;
  allocate(): Promise<{ readonly AllocationId: string; readonly PublicIp: string }>;
  /** Runs an instance in the subnet; with a lent public address when asked for. */
  launch(wantsPublicAddress?: boolean): Promise<{ readonly InstanceId: string; readonly NetworkInterfaceId: string }>;
  routes(RouteTableId?: string): Promise<readonly Route[]>;
  /** Lets time go by, for the cloud and for the client that signs. */
  pass(durationMs: number): void;
}

const imageId = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

export async function startPracticeNetwork(CidrBlock = '10.0.0.0/16', cloud?: TestCloud): Promise<PracticeNetwork> {
  const test = cloud ?? startTestCloud('default-vpc');
  const { ec2 } = test.clients();
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
  const VpcId = Vpc?.VpcId ?? '';
  const addSubnet = async (range: string) =>
    (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: range }))).Subnet?.SubnetId ?? '';
  const SubnetId = await addSubnet(CidrBlock.replace(/\/16$/, '/24'));
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] };
  const mainTableId = (await ec2.send(new DescribeRouteTablesCommand(ofVpc))).RouteTables?.[0]?.RouteTableId ?? '';
  return {
    ...test,
    ec2,
    VpcId,
    SubnetId,
    mainTableId,
    addSubnet,
    addGateway: async () => {
      const made = await ec2.send(new CreateInternetGatewayCommand({}));
      const InternetGatewayId = made.InternetGateway?.InternetGatewayId ?? '';
      await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
      return InternetGatewayId;
    },
    allocate: async () => {
      const { AllocationId = '', PublicIp = '' } = await ec2.send(new AllocateAddressCommand({}));
      return { AllocationId, PublicIp };
    },
    launch: async (AssociatePublicIpAddress = false) => {
      const NetworkInterfaces = [{ DeviceIndex: 0, SubnetId, AssociatePublicIpAddress }];
      const counts = { MinCount: 1, MaxCount: 1 };
      const launch = { ImageId: imageId, InstanceType: 't3.micro', NetworkInterfaces, ...counts } as const;
      const [instance] = (await ec2.send(new RunInstancesCommand(launch))).Instances ?? [];
      test.timeline.advanceTo(test.timeline.now() + 60_000);
      return {
        InstanceId: instance?.InstanceId ?? '',
        NetworkInterfaceId: instance?.NetworkInterfaces?.[0]?.NetworkInterfaceId ?? '',
      };
    },
    routes: async (RouteTableId = mainTableId) =>
      (await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }))).RouteTables?.[0]?.Routes ??
      [],
    pass: durationMs => {
      test.timeline.advanceTo(test.timeline.now() + durationMs);
      ec2.config.systemClockOffset = test.timeline.now() - Date.now();
    },
  };
}
