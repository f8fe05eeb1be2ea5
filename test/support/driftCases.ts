import * as ec2 from '@aws-sdk/client-ec2';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import * as ssm from '@aws-sdk/client-ssm';
import type { PracticeClients } from './practice';

type Clients = PracticeClients;

/** Where resources are made: a VPC with two subnets, and what else some of them need. */
export interface DriftPlace {
  readonly mine: Clients;
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly mainTableId: string;
  readonly peerVpcId: string;
  readonly loadBalancerArn: string;
}

/** One kind of resource, as Terraform would handle it. */
export interface DriftCase {
  readonly kind: string;
  /** Resolves with its id. */
  readonly create: (place: DriftPlace) => Promise<string>;
  /** Resolves with everything that is to be read of it. */
  readonly read: (place: DriftPlace, id: string) => Promise<unknown>;
  /** Top-level members that may differ once it has settled. */
  readonly settling?: readonly string[];
  /** Changes one thing. */
  readonly update: (place: DriftPlace, id: string) => Promise<unknown>;
  /** Top-level members that the update changes, and no others. */
  readonly changed: readonly string[];
  readonly remove: (place: DriftPlace, id: string) => Promise<unknown>;
  /** What reading finds in the end: a refusal's code, or the state that AWS keeps showing. */
  readonly end: string;
}

const Tags = [{ Key: 'Name', Value: 'mine' }];
const tagged = (ResourceType: ec2.ResourceType) => ({ TagSpecifications: [{ ResourceType, Tags }] });
const retag = ({ mine }: DriftPlace, id: string) =>
  mine.ec2.send(new ec2.CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Name', Value: 'ours' }] }));
const sole = <T>(items: readonly T[] | undefined): T | undefined => items?.[0];
const imageId = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

const networkCases: readonly DriftCase[] = [
  {
    kind: 'VPC',
    create: async ({ mine }) =>
      (await mine.ec2.send(new ec2.CreateVpcCommand({ CidrBlock: '10.7.0.0/16', ...tagged('vpc') }))).Vpc?.VpcId ?? '',
    read: async ({ mine }, id) => sole((await mine.ec2.send(new ec2.DescribeVpcsCommand({ VpcIds: [id] }))).Vpcs),
    settling: ['State'],
    update: retag,
    changed: ['Tags'],
    remove: ({ mine }, VpcId) => mine.ec2.send(new ec2.DeleteVpcCommand({ VpcId })),
    end: 'InvalidVpcID.NotFound',
  },
  {
    kind: 'subnet',
    create: async ({ mine, VpcId }) => {
      const wish = { VpcId, CidrBlock: '10.9.7.0/24', ...tagged('subnet') };
      return (await mine.ec2.send(new ec2.CreateSubnetCommand(wish))).Subnet?.SubnetId ?? '';
    },
    read: async ({ mine }, id) =>
      sole((await mine.ec2.send(new ec2.DescribeSubnetsCommand({ SubnetIds: [id] }))).Subnets),
    settling: ['State'],
    update: ({ mine }, SubnetId) =>
      mine.ec2.send(new ec2.ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } })),
    changed: ['MapPublicIpOnLaunch'],
    remove: ({ mine }, SubnetId) => mine.ec2.send(new ec2.DeleteSubnetCommand({ SubnetId })),
    end: 'InvalidSubnetID.NotFound',
  },
  {
    kind: 'route table with a route',
    create: async ({ mine, VpcId, peerVpcId }) => {
      const made = await mine.ec2.send(new ec2.CreateRouteTableCommand({ VpcId, ...tagged('route-table') }));
      const RouteTableId = made.RouteTable?.RouteTableId ?? '';
      const wish = new ec2.CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId: peerVpcId });
      const { VpcPeeringConnection } = await mine.ec2.send(wish);
      const VpcPeeringConnectionId = VpcPeeringConnection?.VpcPeeringConnectionId;
      const DestinationCidrBlock = '10.10.0.0/16';
      await mine.ec2.send(new ec2.CreateRouteCommand({ RouteTableId, DestinationCidrBlock, VpcPeeringConnectionId }));
      return RouteTableId;
    },
    read: async ({ mine }, id) =>
      sole((await mine.ec2.send(new ec2.DescribeRouteTablesCommand({ RouteTableIds: [id] }))).RouteTables),
    update: ({ mine }, RouteTableId) =>
      mine.ec2.send(new ec2.DeleteRouteCommand({ RouteTableId, DestinationCidrBlock: '10.10.0.0/16' })),
    changed: ['Routes'],
    remove: ({ mine }, RouteTableId) => mine.ec2.send(new ec2.DeleteRouteTableCommand({ RouteTableId })),
    end: 'InvalidRouteTableID.NotFound',
  },
  {
    kind: 'internet gateway',
    create: async ({ mine }) => {
      const made = await mine.ec2.send(new ec2.CreateInternetGatewayCommand(tagged('internet-gateway')));
      return made.InternetGateway?.InternetGatewayId ?? '';
    },
    read: async ({ mine }, id) =>
      sole(
        (await mine.ec2.send(new ec2.DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] }))).InternetGateways,
      ),
    update: retag,
    changed: ['Tags'],
    remove: ({ mine }, InternetGatewayId) => mine.ec2.send(new ec2.DeleteInternetGatewayCommand({ InternetGatewayId })),
    end: 'InvalidInternetGatewayID.NotFound',
  },
  {
    kind: 'NAT gateway',
    create: async ({ mine, SubnetId }) => {
      const wish = { SubnetId, ConnectivityType: 'private', ...tagged('natgateway') } as const;
      return (await mine.ec2.send(new ec2.CreateNatGatewayCommand(wish))).NatGateway?.NatGatewayId ?? '';
    },
    read: async ({ mine }, id) =>
      sole((await mine.ec2.send(new ec2.DescribeNatGatewaysCommand({ NatGatewayIds: [id] }))).NatGateways),
    settling: ['State', 'NatGatewayAddresses'],
    update: retag,
    changed: ['Tags'],
    remove: ({ mine }, NatGatewayId) => mine.ec2.send(new ec2.DeleteNatGatewayCommand({ NatGatewayId })),
    end: 'deleted',
  },
  {
    kind: 'Elastic IP',
    create: async ({ mine }) =>
      (await mine.ec2.send(new ec2.AllocateAddressCommand(tagged('elastic-ip')))).AllocationId ?? '',
    read: async ({ mine }, id) =>
      sole((await mine.ec2.send(new ec2.DescribeAddressesCommand({ AllocationIds: [id] }))).Addresses),
    update: retag,
    changed: ['Tags'],
    remove: ({ mine }, AllocationId) => mine.ec2.send(new ec2.ReleaseAddressCommand({ AllocationId })),
    end: 'InvalidAllocationID.NotFound',
  },
  {
    kind: 'security group with its rules',
    create: async ({ mine, VpcId }) => {
      const wish = { VpcId, GroupName: 'drift', Description: 'drift', ...tagged('security-group') };
      const { GroupId = '' } = await mine.ec2.send(new ec2.CreateSecurityGroupCommand(wish));
      const IpRanges = [{ CidrIp: '10.0.0.0/8', Description: 'web' }];
      const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges }];
      await mine.ec2.send(new ec2.AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
      return GroupId;
    },
    read: async ({ mine }, id) => {
      const group = sole(
        (await mine.ec2.send(new ec2.DescribeSecurityGroupsCommand({ GroupIds: [id] }))).SecurityGroups,
      );
      const Filters = [{ Name: 'group-id', Values: [id] }];
      return { ...group, ...(await mine.ec2.send(new ec2.DescribeSecurityGroupRulesCommand({ Filters }))) };
    },
    update: ({ mine }, GroupId) => {
      const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }];
      return mine.ec2.send(new ec2.RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    },
    changed: ['IpPermissions', 'SecurityGroupRules'],
    remove: ({ mine }, GroupId) => mine.ec2.send(new ec2.DeleteSecurityGroupCommand({ GroupId })),
    end: 'InvalidGroup.NotFound',
  },
  {
    kind: 'network ACL with an entry',
    create: async ({ mine, VpcId }) => {
      const made = await mine.ec2.send(new ec2.CreateNetworkAclCommand({ VpcId, ...tagged('network-acl') }));
      const NetworkAclId = made.NetworkAcl?.NetworkAclId ?? '';
      const entry = { RuleNumber: 100, Protocol: '-1', RuleAction: 'allow', Egress: false } as const;
      const CidrBlock = '0.0.0.0/0';
      await mine.ec2.send(new ec2.CreateNetworkAclEntryCommand({ NetworkAclId, CidrBlock, ...entry }));
      return NetworkAclId;
    },
    read: async ({ mine }, id) =>
      sole((await mine.ec2.send(new ec2.DescribeNetworkAclsCommand({ NetworkAclIds: [id] }))).NetworkAcls),
    update: ({ mine }, NetworkAclId) =>
      mine.ec2.send(new ec2.DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber: 100, Egress: false })),
    changed: ['Entries'],
    remove: ({ mine }, NetworkAclId) => mine.ec2.send(new ec2.DeleteNetworkAclCommand({ NetworkAclId })),
    end: 'InvalidNetworkAclID.NotFound',
  },
  {
    kind: 'DHCP options',
    create: async ({ mine }) => {
      const DhcpConfigurations = [{ Key: 'domain-name-servers', Values: ['10.0.0.53', '10.0.1.53'] }];
      const wish = { DhcpConfigurations, ...tagged('dhcp-options') };
      return (await mine.ec2.send(new ec2.CreateDhcpOptionsCommand(wish))).DhcpOptions?.DhcpOptionsId ?? '';
    },
    read: async ({ mine }, id) =>
      sole((await mine.ec2.send(new ec2.DescribeDhcpOptionsCommand({ DhcpOptionsIds: [id] }))).DhcpOptions),
    update: retag,
    changed: ['Tags'],
    remove: ({ mine }, DhcpOptionsId) => mine.ec2.send(new ec2.DeleteDhcpOptionsCommand({ DhcpOptionsId })),
    end: 'InvalidDhcpOptionID.NotFound',
  },
  {
    kind: 'network interface',
    create: async ({ mine, SubnetId }) => {
      const wish = { SubnetId, Description: 'mine', ...tagged('network-interface') };
      const { NetworkInterface } = await mine.ec2.send(new ec2.CreateNetworkInterfaceCommand(wish));
      return NetworkInterface?.NetworkInterfaceId ?? '';
    },
    read: async ({ mine }, id) =>
      sole(
        (await mine.ec2.send(new ec2.DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] })))
          .NetworkInterfaces,
      ),
    settling: ['Status'],
    update: ({ mine }, NetworkInterfaceId) =>
      mine.ec2.send(
        new ec2.ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Description: { Value: 'ours' } }),
      ),
    changed: ['Description'],
    remove: ({ mine }, NetworkInterfaceId) =>
      mine.ec2.send(new ec2.DeleteNetworkInterfaceCommand({ NetworkInterfaceId })),
    end: 'InvalidNetworkInterfaceID.NotFound',
  },
  {
    kind: 'managed prefix list',
    create: async ({ mine }) => {
      const naming = { PrefixListName: 'offices', AddressFamily: 'IPv4', MaxEntries: 5, ...tagged('prefix-list') };
      const Entries = [{ Cidr: '192.0.2.0/24', Description: 'one' }];
      const made = await mine.ec2.send(new ec2.CreateManagedPrefixListCommand({ ...naming, Entries }));
      return made.PrefixList?.PrefixListId ?? '';
    },
    read: async ({ mine }, PrefixListId) => {
      const wish = new ec2.DescribeManagedPrefixListsCommand({ PrefixListIds: [PrefixListId] });
      const list = sole((await mine.ec2.send(wish)).PrefixLists);
      return { ...list, ...(await mine.ec2.send(new ec2.GetManagedPrefixListEntriesCommand({ PrefixListId }))) };
    },
    settling: ['State'],
    update: ({ mine }, PrefixListId) => {
      const AddEntries = [{ Cidr: '198.51.100.0/24' }];
      return mine.ec2.send(new ec2.ModifyManagedPrefixListCommand({ PrefixListId, CurrentVersion: 1, AddEntries }));
    },
    changed: ['Entries', 'State', 'Version'],
    remove: ({ mine }, PrefixListId) => mine.ec2.send(new ec2.DeleteManagedPrefixListCommand({ PrefixListId })),
    end: 'InvalidPrefixListID.NotFound',
  },
  {
    kind: 'VPC peering connection',
    create: async ({ mine, VpcId, peerVpcId }) => {
      const wish = { VpcId, PeerVpcId: peerVpcId, ...tagged('vpc-peering-connection') };
      const made = await mine.ec2.send(new ec2.CreateVpcPeeringConnectionCommand(wish));
      return made.VpcPeeringConnection?.VpcPeeringConnectionId ?? '';
    },
    read: async ({ mine }, id) => {
      const wish = new ec2.DescribeVpcPeeringConnectionsCommand({ VpcPeeringConnectionIds: [id] });
      const found = sole((await mine.ec2.send(wish)).VpcPeeringConnections);
      return { ...found, State: found?.Status?.Code };
    },
    settling: ['State', 'Status'],
    update: retag,
    changed: ['Tags'],
    remove: ({ mine }, VpcPeeringConnectionId) =>
      mine.ec2.send(new ec2.DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId })),
    end: 'deleted',
  },
];

const endpointCases: readonly DriftCase[] = [
  ...(['Gateway', 'Interface'] as const).map(
    (VpcEndpointType): DriftCase => ({
      kind: `${VpcEndpointType.toLowerCase()} endpoint`,
      create: async ({ mine, VpcId, SubnetId, mainTableId }) => {
        const ServiceName = `com.amazonaws.ap-south-1.${VpcEndpointType === 'Gateway' ? 's3' : 'ec2'}`;
        const where =
          VpcEndpointType === 'Gateway'
            ? { RouteTableIds: [mainTableId] }
            : { SubnetIds: [SubnetId], PrivateDnsEnabled: false };
        const wish = { VpcId, ServiceName, VpcEndpointType, ...where, ...tagged('vpc-endpoint') };
        return (await mine.ec2.send(new ec2.CreateVpcEndpointCommand(wish))).VpcEndpoint?.VpcEndpointId ?? '';
      },
      read: async ({ mine }, id) =>
        sole((await mine.ec2.send(new ec2.DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }))).VpcEndpoints),
      settling: ['State'],
      update: ({ mine }, VpcEndpointId) => {
        const statement = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
        const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
        return mine.ec2.send(new ec2.ModifyVpcEndpointCommand({ VpcEndpointId, PolicyDocument }));
      },
      changed: ['PolicyDocument'],
      remove: ({ mine }, id) => mine.ec2.send(new ec2.DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] })),
      end: 'InvalidVpcEndpointId.NotFound',
    }),
  ),
  {
    kind: 'endpoint service with a permission',
    create: async ({ mine, loadBalancerArn }) => {
      const wish = { NetworkLoadBalancerArns: [loadBalancerArn], ...tagged('vpc-endpoint-service') };
      const made = await mine.ec2.send(new ec2.CreateVpcEndpointServiceConfigurationCommand(wish));
      return made.ServiceConfiguration?.ServiceId ?? '';
    },
    read: async ({ mine }, ServiceId) => {
      const wish = new ec2.DescribeVpcEndpointServiceConfigurationsCommand({ ServiceIds: [ServiceId] });
      const found = sole((await mine.ec2.send(wish)).ServiceConfigurations);
      const permissions = new ec2.DescribeVpcEndpointServicePermissionsCommand({ ServiceId });
      return { ...found, ...(await mine.ec2.send(permissions)) };
    },
    settling: ['ServiceState'],
    update: ({ mine }, ServiceId) => {
      const AddAllowedPrincipals = ['arn:aws:iam::111122223333:root'];
      return mine.ec2.send(new ec2.ModifyVpcEndpointServicePermissionsCommand({ ServiceId, AddAllowedPrincipals }));
    },
    changed: ['AllowedPrincipals'],
    remove: ({ mine }, id) =>
      mine.ec2.send(new ec2.DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: [id] })),
    end: 'InvalidVpcEndpointServiceId.NotFound',
  },
  {
    kind: 'Instance Connect endpoint',
    create: async ({ mine, SubnetId }) => {
      const wish = { SubnetId, PreserveClientIp: false, ...tagged('instance-connect-endpoint') };
      const made = await mine.ec2.send(new ec2.CreateInstanceConnectEndpointCommand(wish));
      return made.InstanceConnectEndpoint?.InstanceConnectEndpointId ?? '';
    },
    read: async ({ mine }, id) => {
      const wish = new ec2.DescribeInstanceConnectEndpointsCommand({ InstanceConnectEndpointIds: [id] });
      return sole((await mine.ec2.send(wish)).InstanceConnectEndpoints);
    },
    settling: ['State', 'StateMessage', 'NetworkInterfaceIds', 'DnsName', 'FipsDnsName', 'PublicDnsNames'],
    update: retag,
    changed: ['Tags'],
    remove: ({ mine }, InstanceConnectEndpointId) =>
      mine.ec2.send(new ec2.DeleteInstanceConnectEndpointCommand({ InstanceConnectEndpointId })),
    end: 'InvalidInstanceConnectEndpointId.NotFound',
  },
];

const machineCases: readonly DriftCase[] = [
  {
    kind: 'key pair',
    create: async ({ mine }) => {
      const wish = { KeyName: 'drift', KeyType: 'ed25519', ...tagged('key-pair') } as const;
      return (await mine.ec2.send(new ec2.CreateKeyPairCommand(wish))).KeyPairId ?? '';
    },
    read: async ({ mine }, id) =>
      sole((await mine.ec2.send(new ec2.DescribeKeyPairsCommand({ KeyPairIds: [id] }))).KeyPairs),
    update: retag,
    changed: ['Tags'],
    remove: ({ mine }, KeyPairId) => mine.ec2.send(new ec2.DeleteKeyPairCommand({ KeyPairId })),
    end: 'InvalidKeyPair.NotFound',
  },
  {
    kind: 'instance',
    create: async ({ mine, SubnetId }) => {
      const counts = { MinCount: 1, MaxCount: 1 };
      const wish = { ImageId: imageId, InstanceType: 't3.micro', SubnetId, ...counts, ...tagged('instance') } as const;
      return (await mine.ec2.send(new ec2.RunInstancesCommand(wish))).Instances?.[0]?.InstanceId ?? '';
    },
    read: async ({ mine }, id) => {
      const { Reservations } = await mine.ec2.send(new ec2.DescribeInstancesCommand({ InstanceIds: [id] }));
      const found = Reservations?.[0]?.Instances?.[0];
      return { ...found, State: found?.State?.Name };
    },
    settling: ['State', 'BlockDeviceMappings', 'NetworkInterfaces', 'StateTransitionReason', 'StateReason'],
    update: ({ mine }, InstanceId) =>
      mine.ec2.send(new ec2.ModifyInstanceAttributeCommand({ InstanceId, SourceDestCheck: { Value: false } })),
    changed: ['SourceDestCheck', 'NetworkInterfaces'],
    remove: ({ mine }, id) => mine.ec2.send(new ec2.TerminateInstancesCommand({ InstanceIds: [id] })),
    end: 'terminated',
  },
];

const balancingCases: readonly DriftCase[] = [
  {
    kind: 'network load balancer',
    create: async ({ mine, SubnetId }) => {
      const wish = { Name: 'drift', Type: 'network', Scheme: 'internal', Tags } as const;
      const made = await mine.elbv2.send(
        new elbv2.CreateLoadBalancerCommand({ ...wish, Subnets: [SubnetId], Tags: [...Tags] }),
      );
      return made.LoadBalancers?.[0]?.LoadBalancerArn ?? '';
    },
    read: async ({ mine }, LoadBalancerArn) => {
      const wish = new elbv2.DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] });
      const found = sole((await mine.elbv2.send(wish)).LoadBalancers);
      const attributes = new elbv2.DescribeLoadBalancerAttributesCommand({ LoadBalancerArn });
      const tags = new elbv2.DescribeTagsCommand({ ResourceArns: [LoadBalancerArn] });
      return { ...found, ...(await mine.elbv2.send(attributes)), ...(await mine.elbv2.send(tags)) };
    },
    settling: ['State'],
    update: ({ mine }, LoadBalancerArn) => {
      const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
      return mine.elbv2.send(new elbv2.ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
    },
    changed: ['Attributes'],
    remove: ({ mine }, LoadBalancerArn) => mine.elbv2.send(new elbv2.DeleteLoadBalancerCommand({ LoadBalancerArn })),
    end: 'LoadBalancerNotFound',
  },
  {
    kind: 'target group',
    create: async ({ mine, VpcId }) => {
      const wish = { Name: 'drift', Protocol: 'TCP', Port: 80, VpcId, TargetType: 'ip' } as const;
      const made = await mine.elbv2.send(new elbv2.CreateTargetGroupCommand({ ...wish, Tags }));
      return made.TargetGroups?.[0]?.TargetGroupArn ?? '';
    },
    read: async ({ mine }, TargetGroupArn) => {
      const wish = new elbv2.DescribeTargetGroupsCommand({ TargetGroupArns: [TargetGroupArn] });
      const found = sole((await mine.elbv2.send(wish)).TargetGroups);
      const attributes = new elbv2.DescribeTargetGroupAttributesCommand({ TargetGroupArn });
      const tags = new elbv2.DescribeTagsCommand({ ResourceArns: [TargetGroupArn] });
      return { ...found, ...(await mine.elbv2.send(attributes)), ...(await mine.elbv2.send(tags)) };
    },
    update: ({ mine }, TargetGroupArn) =>
      mine.elbv2.send(new elbv2.ModifyTargetGroupCommand({ TargetGroupArn, HealthyThresholdCount: 3 })),
    changed: ['HealthyThresholdCount'],
    remove: ({ mine }, TargetGroupArn) => mine.elbv2.send(new elbv2.DeleteTargetGroupCommand({ TargetGroupArn })),
    end: 'TargetGroupNotFound',
  },
  {
    kind: 'listener',
    create: async ({ mine, VpcId, loadBalancerArn }) => {
      const group = { Name: 'listened', Protocol: 'TCP', Port: 80, VpcId, TargetType: 'ip' } as const;
      const { TargetGroups } = await mine.elbv2.send(new elbv2.CreateTargetGroupCommand(group));
      const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: TargetGroups?.[0]?.TargetGroupArn }];
      const wish = { LoadBalancerArn: loadBalancerArn, Protocol: 'TCP', Port: 80, DefaultActions, Tags } as const;
      const made = await mine.elbv2.send(new elbv2.CreateListenerCommand({ ...wish, DefaultActions, Tags }));
      return made.Listeners?.[0]?.ListenerArn ?? '';
    },
    read: async ({ mine }, ListenerArn) => {
      const wish = new elbv2.DescribeListenersCommand({ ListenerArns: [ListenerArn] });
      const found = sole((await mine.elbv2.send(wish)).Listeners);
      return { ...found, ...(await mine.elbv2.send(new elbv2.DescribeTagsCommand({ ResourceArns: [ListenerArn] }))) };
    },
    update: ({ mine }, ListenerArn) => mine.elbv2.send(new elbv2.ModifyListenerCommand({ ListenerArn, Port: 81 })),
    changed: ['Port'],
    remove: ({ mine }, ListenerArn) => mine.elbv2.send(new elbv2.DeleteListenerCommand({ ListenerArn })),
    end: 'ListenerNotFound',
  },
];

const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const trust = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const policyOf = (Action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

const identityCases: readonly DriftCase[] = [
  {
    kind: 'role',
    create: async ({ mine }) => {
      const wish = { RoleName: 'drift', AssumeRolePolicyDocument: trust, Description: 'mine', Tags };
      return (await mine.iam.send(new iam.CreateRoleCommand(wish))).Role?.RoleName ?? '';
    },
    read: async ({ mine }, RoleName) => (await mine.iam.send(new iam.GetRoleCommand({ RoleName }))).Role,
    update: ({ mine }, RoleName) => mine.iam.send(new iam.UpdateRoleCommand({ RoleName, Description: 'ours' })),
    changed: ['Description'],
    remove: ({ mine }, RoleName) => mine.iam.send(new iam.DeleteRoleCommand({ RoleName })),
    end: 'NoSuchEntity',
  },
  {
    kind: 'managed policy',
    create: async ({ mine }) => {
      const wish = { PolicyName: 'drift', PolicyDocument: policyOf('s3:*'), Tags };
      return (await mine.iam.send(new iam.CreatePolicyCommand(wish))).Policy?.Arn ?? '';
    },
    read: async ({ mine }, PolicyArn) => (await mine.iam.send(new iam.GetPolicyCommand({ PolicyArn }))).Policy,
    update: ({ mine }, PolicyArn) =>
      mine.iam.send(new iam.TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'Name', Value: 'ours' }] })),
    changed: ['Tags'],
    remove: ({ mine }, PolicyArn) => mine.iam.send(new iam.DeletePolicyCommand({ PolicyArn })),
    end: 'NoSuchEntity',
  },
  {
    kind: 'instance profile',
    create: async ({ mine }) => {
      const wish = { InstanceProfileName: 'drift', Tags };
      const made = await mine.iam.send(new iam.CreateInstanceProfileCommand(wish));
      return made.InstanceProfile?.InstanceProfileName ?? '';
    },
    read: async ({ mine }, InstanceProfileName) =>
      (await mine.iam.send(new iam.GetInstanceProfileCommand({ InstanceProfileName }))).InstanceProfile,
    update: ({ mine }, InstanceProfileName) =>
      mine.iam.send(new iam.TagInstanceProfileCommand({ InstanceProfileName, Tags: [{ Key: 'Name', Value: 'ours' }] })),
    changed: ['Tags'],
    remove: ({ mine }, InstanceProfileName) =>
      mine.iam.send(new iam.DeleteInstanceProfileCommand({ InstanceProfileName })),
    end: 'NoSuchEntity',
  },
];

const storeCases: readonly DriftCase[] = [
  {
    kind: 'bucket',
    create: async ({ mine }) => {
      const Bucket = 'a-bucket-that-does-not-drift';
      const CreateBucketConfiguration = { LocationConstraint: 'ap-south-1' as const };
      await mine.s3.send(new s3.CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
      const Tagging = { TagSet: Tags };
      await mine.s3.send(new s3.PutBucketTaggingCommand({ Bucket, Tagging }));
      return Bucket;
    },
    read: async ({ mine }, Bucket) => ({
      ...(await mine.s3.send(new s3.GetBucketLocationCommand({ Bucket }))),
      ...(await mine.s3.send(new s3.GetBucketTaggingCommand({ Bucket }))),
      ...(await mine.s3.send(new s3.GetPublicAccessBlockCommand({ Bucket }))),
      ...(await mine.s3.send(new s3.GetBucketEncryptionCommand({ Bucket }))),
    }),
    update: ({ mine }, Bucket) =>
      mine.s3.send(new s3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'Name', Value: 'ours' }] } })),
    changed: ['TagSet'],
    remove: ({ mine }, Bucket) => mine.s3.send(new s3.DeleteBucketCommand({ Bucket })),
    end: 'NoSuchBucket',
  },
  {
    kind: 'KMS key',
    create: async ({ mine }) => {
      const wish = { Description: 'mine', Tags: [{ TagKey: 'Name', TagValue: 'mine' }] };
      return (await mine.kms.send(new kms.CreateKeyCommand(wish))).KeyMetadata?.KeyId ?? '';
    },
    read: async ({ mine }, KeyId) => {
      const { KeyMetadata } = await mine.kms.send(new kms.DescribeKeyCommand({ KeyId }));
      const tags = await mine.kms.send(new kms.ListResourceTagsCommand({ KeyId }));
      return { ...KeyMetadata, ...tags, State: KeyMetadata?.KeyState };
    },
    update: ({ mine }, KeyId) => mine.kms.send(new kms.UpdateKeyDescriptionCommand({ KeyId, Description: 'ours' })),
    changed: ['Description'],
    remove: ({ mine }, KeyId) => mine.kms.send(new kms.ScheduleKeyDeletionCommand({ KeyId })),
    end: 'PendingDeletion',
  },
  {
    kind: 'parameter',
    create: async ({ mine }) => {
      const wish = { Name: '/drift', Value: 'mine', Type: 'String', Description: 'mine', Tags } as const;
      await mine.ssm.send(new ssm.PutParameterCommand({ ...wish, Tags }));
      return '/drift';
    },
    read: async ({ mine }, Name) => {
      const { Parameter } = await mine.ssm.send(new ssm.GetParameterCommand({ Name }));
      const tags = new ssm.ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: Name });
      return { ...Parameter, ...(await mine.ssm.send(tags)) };
    },
    update: ({ mine }, Name) => mine.ssm.send(new ssm.PutParameterCommand({ Name, Value: 'ours', Overwrite: true })),
    changed: ['LastModifiedDate', 'Value', 'Version'],
    remove: ({ mine }, Name) => mine.ssm.send(new ssm.DeleteParameterCommand({ Name })),
    end: 'ParameterNotFound',
  },
  {
    kind: 'session document',
    create: async ({ mine }) => {
      const content = { schemaVersion: '1.0', description: 'x', sessionType: 'Standard_Stream', inputs: {} };
      const wish = { Name: 'drift', DocumentType: 'Session', Content: JSON.stringify(content) } as const;
      await mine.ssm.send(new ssm.CreateDocumentCommand({ ...wish, Tags }));
      return 'drift';
    },
    read: async ({ mine }, Name) => ({
      ...(await mine.ssm.send(new ssm.DescribeDocumentCommand({ Name }))).Document,
      ...(await mine.ssm.send(new ssm.GetDocumentCommand({ Name }))),
    }),
    settling: ['Status'],
    update: ({ mine }, Name) =>
      mine.ssm.send(
        new ssm.AddTagsToResourceCommand({
          ResourceType: 'Document',
          ResourceId: Name,
          Tags: [{ Key: 'Name', Value: 'ours' }],
        }),
      ),
    changed: ['Tags'],
    remove: ({ mine }, Name) => mine.ssm.send(new ssm.DeleteDocumentCommand({ Name })),
    end: 'InvalidDocument',
  },
];

/** Every kind of resource, in an order in which they do not stand in each other's way. */
export const driftCases: readonly DriftCase[] = [
  ...networkCases,
  ...endpointCases,
  ...machineCases,
  ...balancingCases,
  ...identityCases,
  ...storeCases,
];
