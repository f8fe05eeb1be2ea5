import type { InstanceId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId } from '../core/ids';
import type { SecurityGroupIngress } from '../core/ports/networkGateway';

/** What a step wants done, as data: a step names an operation and its arguments, it does not call it. */
export type LabAction =
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
      readonly instanceProfileName: string;
    }
  | {
      readonly operation: 'createSecurityGroup';
      readonly vpcId: VpcId;
      readonly name: string;
      readonly description: string;
    }
  | {
      readonly operation: 'authorizeIngress';
      readonly groupId: SecurityGroupId;
      readonly rule: SecurityGroupIngress;
    }
  | {
      readonly operation: 'setVpcDnsAttribute';
      readonly vpcId: VpcId;
      readonly attribute: 'enableDnsSupport' | 'enableDnsHostnames';
      readonly isEnabled: boolean;
    }
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
      readonly operation: 'modifyPrivateDns';
      readonly endpointId: VpcEndpointId;
      readonly isEnabled: boolean;
    }
  | {
      readonly operation: 'run';
      readonly instanceId: InstanceId;
      /** Under this name the result stands in the evidence. */
      readonly command: string;
      readonly commandLine: string;
    }
  | {
      readonly operation: 'captureWhile';
      readonly instanceId: InstanceId;
      readonly filter: string;
      readonly command: string;
      readonly commandLine: string;
    };
