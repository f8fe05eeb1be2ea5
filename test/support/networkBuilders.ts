/** Values for tests: the network of the first lab, with everything that a test is not about filled in. */
import * as id from '../../src/core/ids';
import type { NatGateway } from '../../src/core/natGateway';
import type {
  Instance,
  NetworkAcl,
  NetworkAclEntry,
  NetworkInterface,
  PrefixList,
  Route,
  RouteTable,
  RouteTarget,
  SecurityGroup,
  SecurityGroupPeer,
  SecurityGroupRule,
  Subnet,
  Vpc,
  VpcEndpoint,
} from '../../src/core/network';
import { type Gap, known, type NetworkSnapshot, type Reading } from '../../src/core/snapshot';

export const account = id.accountId('111122223333');
export const place = { accountId: account, region: id.region('ap-south-1') };
const hex = (seed: number) => seed.toString(16).padStart(17, '0');

export const vpcId = id.vpcId(`vpc-${hex(1)}`);
export const otherVpcId = id.vpcId(`vpc-${hex(2)}`);
export const subnetA = id.subnetId(`subnet-${hex(1)}`);
export const subnetB = id.subnetId(`subnet-${hex(2)}`);
export const mainTableId = id.routeTableId(`rtb-${hex(1)}`);
export const igwId = id.internetGatewayId(`igw-${hex(1)}`);
export const instanceGroupId = id.securityGroupId(`sg-${hex(1)}`);
export const endpointGroupId = id.securityGroupId(`sg-${hex(2)}`);
export const aclId = id.networkAclId(`acl-${hex(1)}`);
export const instanceInterfaceId = id.networkInterfaceId(`eni-${hex(1)}`);
export const endpointInterfaceA = id.networkInterfaceId(`eni-${hex(10)}`);
export const endpointInterfaceB = id.networkInterfaceId(`eni-${hex(11)}`);
export const endpointId = id.vpcEndpointId(`vpce-${hex(1)}`);
export const instanceId = id.instanceId(`i-${hex(1)}`);
export const s3ListId = id.prefixListId('pl-78a54011');

export const vpc = (changes: Partial<Vpc> = {}): Vpc => ({
  id: vpcId,
  ownerId: account,
  cidrBlocks: ['172.31.0.0/16'],
  isDefault: true,
  dhcpOptionsId: undefined,
  tags: {},
  ...changes,
});

export const subnet = (changes: Partial<Subnet> = {}): Subnet => ({
  id: subnetA,
  vpcId,
  cidrBlock: '172.31.32.0/20',
  availabilityZone: 'ap-south-1a',
  availabilityZoneId: 'aps1-az1',
  mapPublicIpOnLaunch: true,
  availableIpAddressCount: 4091,
  tags: {},
  ...changes,
});

export const route = (destination: string, target: RouteTarget, changes: Partial<Route> = {}): Route => ({
  destination: destination.startsWith('pl-')
    ? { kind: 'prefixList', prefixListId: id.prefixListId(destination) }
    : { kind: 'cidr', cidr: destination },
  target,
  state: 'active',
  origin: 'createRoute',
  ...changes,
});

export const local: RouteTarget = { kind: 'local' };
export const igw: RouteTarget = { kind: 'internetGateway', id: igwId };
export const localRoute = route('172.31.0.0/16', local, { origin: 'createRouteTable' });

export const routeTable = (changes: Partial<RouteTable> = {}): RouteTable => ({
  id: mainTableId,
  vpcId,
  isMain: true,
  subnetIds: [],
  routes: [localRoute, route('0.0.0.0/0', igw)],
  tags: {},
  ...changes,
});

export const s3List = (cidrs: readonly string[] = ['52.219.56.0/22']): PrefixList => ({
  id: s3ListId,
  name: 'com.amazonaws.ap-south-1.s3',
  cidrs,
});

export const anyone: SecurityGroupPeer = { kind: 'cidr', cidr: '0.0.0.0/0' };

export const rule = (changes: Partial<SecurityGroupRule> = {}): SecurityGroupRule => ({
  id: `sgr-${hex(1)}`,
  direction: 'ingress',
  protocol: 6,
  fromPort: 443,
  toPort: 443,
  peer: { kind: 'cidr', cidr: '172.31.0.0/16' },
  description: undefined,
  ...changes,
});

export const everythingOut = rule({
  direction: 'egress',
  protocol: -1,
  fromPort: undefined,
  toPort: undefined,
  peer: anyone,
});

export const securityGroup = (changes: Partial<SecurityGroup> = {}): SecurityGroup => ({
  id: instanceGroupId,
  vpcId,
  name: 'lab',
  description: 'lab',
  rules: [everythingOut],
  tags: {},
  ...changes,
});

export const aclEntry = (changes: Partial<NetworkAclEntry> = {}): NetworkAclEntry => ({
  ruleNumber: 100,
  direction: 'ingress',
  protocol: -1,
  action: 'allow',
  cidr: '0.0.0.0/0',
  fromPort: undefined,
  toPort: undefined,
  ...changes,
});

export const networkAcl = (changes: Partial<NetworkAcl> = {}): NetworkAcl => ({
  id: aclId,
  vpcId,
  isDefault: true,
  subnetIds: [subnetA, subnetB],
  entries: [aclEntry(), aclEntry({ direction: 'egress' })],
  ...changes,
});

export const networkInterface = (changes: Partial<NetworkInterface> = {}): NetworkInterface => ({
  id: instanceInterfaceId,
  vpcId,
  subnetId: subnetA,
  kind: 'instance',
  privateIpAddress: '172.31.37.141',
  publicIpAddress: '43.205.243.206',
  securityGroupIds: [instanceGroupId],
  description: '',
  instanceId,
  macAddress: '02:00:00:00:00:01',
  status: 'in-use',
  ...changes,
});

/** An available public NAT gateway behind an interface. */
export const natGateway = (
  { id: networkInterfaceId, subnetId, privateIpAddress, publicIpAddress }: NetworkInterface,
  changes: Partial<NatGateway> = {},
): NatGateway => ({
  id: id.natGatewayId(`nat-${hex(1)}`),
  vpcId,
  subnetId,
  connectivity: 'public',
  state: 'available',
  failure: undefined,
  networkInterfaceId,
  privateIpAddress,
  allocationId: id.allocationId(`eipalloc-${hex(1)}`),
  publicIpAddress,
  createdAtMs: 0,
  deletedAtMs: undefined,
  tags: {},
  ...changes,
});

export const endpointInterface = (changes: Partial<NetworkInterface> = {}): NetworkInterface =>
  networkInterface({
    id: endpointInterfaceA,
    kind: 'vpcEndpoint',
    privateIpAddress: '172.31.36.107',
    publicIpAddress: undefined,
    securityGroupIds: [endpointGroupId],
    description: `VPC Endpoint Interface ${endpointId}`,
    instanceId: undefined,
    ...changes,
  });

export const ec2Service = 'com.amazonaws.ap-south-1.ec2';
export const ec2Name = 'ec2.ap-south-1.amazonaws.com';

export const endpoint = (changes: Partial<VpcEndpoint> = {}): VpcEndpoint => ({
  id: endpointId,
  vpcId,
  ownerId: account,
  kind: 'interface',
  serviceName: ec2Service,
  state: 'available',
  privateDnsEnabled: true,
  subnetIds: [subnetA, subnetB],
  networkInterfaceIds: [endpointInterfaceA, endpointInterfaceB],
  routeTableIds: [],
  securityGroupIds: [endpointGroupId],
  dnsEntries: [
    { name: `${endpointId}-a1b2c3d4.ec2.ap-south-1.vpce.amazonaws.com`, hostedZoneId: undefined },
    { name: `${endpointId}-a1b2c3d4-ap-south-1a.ec2.ap-south-1.vpce.amazonaws.com`, hostedZoneId: undefined },
    { name: `${endpointId}-a1b2c3d4-ap-south-1b.ec2.ap-south-1.vpce.amazonaws.com`, hostedZoneId: undefined },
  ],
  policyDocument: undefined,
  failure: undefined,
  createdAtMs: 0,
  tags: { Name: 'demo-interface-endpoint' },
  ...changes,
});

export const instance = (changes: Partial<Instance> = {}): Instance => ({
  id: instanceId,
  state: 'running',
  vpcId,
  subnetId: subnetA,
  privateIpAddress: '172.31.37.141',
  publicIpAddress: '43.205.243.206',
  networkInterfaceIds: [instanceInterfaceId],
  securityGroupIds: [instanceGroupId],
  instanceProfileArn: undefined,
  imageId: 'ami-03f4878755434977f',
  instanceType: 't2.micro',
  launchedAtMs: 0,
  tags: {},
  ...changes,
});

export const gap = (reading: string): Gap => ({ code: 'accessDenied', reading, detail: undefined });
export const unread = (reading: string): Reading<never> => ({ known: false, gap: gap(reading) });

/** The lab done right: an instance and an available endpoint with an interface in each of two subnets. */
export const snapshot = (changes: Partial<NetworkSnapshot> = {}): NetworkSnapshot => ({
  place,
  takenAtMs: 0,
  vpcs: known([vpc()]),
  dnsAttributes: new Map([[vpcId, known({ enableDnsSupport: true, enableDnsHostnames: true })]]),
  dhcpOptions: known([]),
  subnets: known([
    subnet(),
    subnet({
      id: subnetB,
      cidrBlock: '172.31.0.0/20',
      availabilityZone: 'ap-south-1b',
      availabilityZoneId: 'aps1-az3',
    }),
  ]),
  routeTables: known([routeTable()]),
  prefixLists: known([s3List()]),
  internetGateways: known([{ id: igwId, attachedVpcIds: [vpcId] }]),
  securityGroups: known([securityGroup(), securityGroup({ id: endpointGroupId, rules: [rule(), everythingOut] })]),
  networkAcls: known([networkAcl()]),
  networkInterfaces: known([
    networkInterface(),
    endpointInterface(),
    endpointInterface({ id: endpointInterfaceB, subnetId: subnetB, privateIpAddress: '172.31.14.109' }),
  ]),
  endpoints: known([endpoint()]),
  instances: known([instance()]),
  ...changes,
});
