import type {
  AccountId,
  DhcpOptionsId,
  EndpointServiceId,
  InstanceConnectEndpointId,
  InstanceId,
  InternetGatewayId,
  PeeringConnectionId,
  Region,
  RouteTableId,
  SecurityGroupId,
  SubnetId,
  VpcEndpointId,
  VpcId,
} from '../core/ids';
import type { SecurityGroupRule } from '../core/network';
import type { WritableRouteTarget } from '../core/ports/routeGateway';
import type { NewSecurityGroupRule } from '../core/ports/securityGroupGateway';

/** What a step wants done, as data: a step names an operation and its arguments, it does not call it. */
export type LabAction =
  | NetworkAction
  | InternetAction
  | AccessAction
  | GroupAction
  | EndpointAction
  | PeeringAction
  | ServiceAction
  | LookAction;

export type NetworkAction =
  | { readonly operation: 'createVpc'; readonly name: string; readonly cidrBlock: string }
  | {
      readonly operation: 'createSubnet';
      readonly name: string;
      readonly vpcId: VpcId;
      readonly cidrBlock: string;
      readonly availabilityZone: string | undefined;
    }
  | { readonly operation: 'createRouteTable'; readonly name: string; readonly vpcId: VpcId }
  | {
      readonly operation: 'associateRouteTable';
      readonly routeTableId: RouteTableId;
      readonly subnetId: SubnetId;
      /** The table of its own that the subnet had before. */
      readonly previousId: RouteTableId | undefined;
    }
  | {
      readonly operation: 'createRoute';
      readonly routeTableId: RouteTableId;
      readonly destination: string;
      readonly target: WritableRouteTarget;
    }
  | { readonly operation: 'deleteRoute'; readonly routeTableId: RouteTableId; readonly destination: string }
  | {
      readonly operation: 'createDhcpOptions';
      readonly name: string;
      readonly domainName: string;
      readonly domainNameServers: readonly string[];
    }
  | {
      readonly operation: 'associateDhcpOptions';
      readonly vpcId: VpcId;
      readonly dhcpOptionsId: DhcpOptionsId;
      /** What the VPC had before. */
      readonly previousId: DhcpOptionsId | 'default';
    }
  | {
      readonly operation: 'setVpcDnsAttribute';
      readonly vpcId: VpcId;
      readonly attribute: 'enableDnsSupport' | 'enableDnsHostnames';
      readonly isEnabled: boolean;
    };

export type InternetAction =
  | { readonly operation: 'createInternetGateway'; readonly name: string; readonly vpcId: VpcId }
  | {
      readonly operation: 'deleteInternetGateway';
      readonly internetGatewayId: InternetGatewayId;
      readonly vpcId: VpcId;
    }
  /** With a public address of its own. */
  | { readonly operation: 'createNatGateway'; readonly name: string; readonly subnetId: SubnetId };

export type AccessAction =
  | {
      readonly operation: 'createInstanceRole';
      readonly name: string;
      readonly policyArns: readonly string[];
      readonly trustedService: string;
    }
  | {
      readonly operation: 'launchInstance';
      readonly name: string;
      readonly imageParameter: string;
      readonly instanceType: string;
      readonly subnetId: SubnetId;
      readonly securityGroupIds: readonly SecurityGroupId[];
      /** Undefined: it wears no role. */
      readonly instanceProfileName: string | undefined;
      /** As its subnet does by itself when absent. */
      readonly hasPublicAddress?: boolean;
    }
  /** Of the run: stopped, it has no public address. */
  | { readonly operation: 'stopInstance'; readonly instanceId: InstanceId }
  | { readonly operation: 'startInstance'; readonly instanceId: InstanceId }
  | {
      readonly operation: 'createInstanceConnectEndpoint';
      readonly name: string;
      readonly subnetId: SubnetId;
      readonly securityGroupIds: readonly SecurityGroupId[];
      readonly preservesClientIp: boolean;
    };

export type GroupAction =
  | {
      readonly operation: 'createSecurityGroup';
      readonly vpcId: VpcId;
      readonly name: string;
      readonly description: string;
    }
  | {
      readonly operation: 'addSecurityGroupRule';
      readonly groupId: SecurityGroupId;
      readonly rule: NewSecurityGroupRule;
    }
  /** From a group that the run made. */
  | {
      readonly operation: 'removeSecurityGroupRule';
      readonly groupId: SecurityGroupId;
      readonly rule: SecurityGroupRule;
    };

export type EndpointAction =
  | {
      readonly operation: 'createInterfaceEndpoint';
      readonly name: string;
      readonly vpcId: VpcId;
      readonly serviceName: string;
      readonly subnetIds: readonly SubnetId[];
      readonly securityGroupIds: readonly SecurityGroupId[];
      readonly privateDnsEnabled: boolean;
    }
  | {
      readonly operation: 'createGatewayEndpoint';
      readonly name: string;
      readonly vpcId: VpcId;
      readonly serviceName: string;
      readonly routeTableIds: readonly RouteTableId[];
      /** JSON of an IAM policy; full access when absent. */
      readonly policyDocument?: string;
    }
  | {
      readonly operation: 'addEndpointRouteTable';
      readonly endpointId: VpcEndpointId;
      readonly routeTableId: RouteTableId;
    }
  | { readonly operation: 'modifyPrivateDns'; readonly endpointId: VpcEndpointId; readonly isEnabled: boolean };

export type PeeringAction =
  | {
      readonly operation: 'createPeeringConnection';
      readonly name: string;
      readonly vpcId: VpcId;
      readonly peerVpcId: VpcId;
      readonly peerAccountId: AccountId;
      readonly peerRegion: Region;
    }
  | { readonly operation: 'acceptPeeringConnection'; readonly peeringConnectionId: PeeringConnectionId };

export type ServiceAction =
  | {
      readonly operation: 'createTargetGroup';
      readonly name: string;
      readonly vpcId: VpcId;
      readonly port: number;
    }
  | { readonly operation: 'registerTarget'; readonly targetGroupArn: string; readonly instanceId: InstanceId }
  | {
      readonly operation: 'createLoadBalancer';
      readonly name: string;
      readonly subnetIds: readonly SubnetId[];
      readonly securityGroupIds: readonly SecurityGroupId[];
    }
  | {
      readonly operation: 'createListener';
      readonly loadBalancerArn: string;
      readonly port: number;
      readonly targetGroupArn: string;
    }
  | { readonly operation: 'setCrossZone'; readonly loadBalancerArn: string; readonly isEnabled: boolean }
  | { readonly operation: 'createEndpointService'; readonly name: string; readonly loadBalancerArn: string }
  | { readonly operation: 'allowPrincipal'; readonly serviceId: EndpointServiceId; readonly principal: string }
  | {
      readonly operation: 'acceptConnection';
      readonly serviceId: EndpointServiceId;
      readonly endpointId: VpcEndpointId;
    };

/** Actions that change nothing: what they find goes into the evidence, under the name that the step gives. */
export type LookAction =
  | {
      readonly operation: 'run';
      readonly instanceId: InstanceId;
      readonly command: string;
      readonly commandLine: string;
    }
  /** Both the command's result and the packets stand under the command's name. */
  | {
      readonly operation: 'captureWhile';
      readonly instanceId: InstanceId;
      /** Where the command runs, when it is not the instance that is watched. */
      readonly commandInstanceId?: InstanceId;
      readonly filter: string;
      readonly command: string;
      readonly commandLine: string;
    }
  /** Runs a command in a shell that is had through an EC2 Instance Connect Endpoint. That nobody lets one in is a result as well. */
  | {
      readonly operation: 'logIn';
      readonly instanceId: InstanceId;
      readonly endpointId: InstanceConnectEndpointId;
      readonly command: string;
      readonly commandLine: string;
    }
  | { readonly operation: 'lookUpService'; readonly serviceName: string; readonly lookUp: string };
