import type { OperationTable } from '../operation';
import { accountAttributeOperations } from './accountAttributes';
import { addressAssociationOperations } from './addressAssociations';
import { addressOperations } from './addresses';
import { consoleOutputOperations } from './consoleOutput';
import { creditSpecificationOperations } from './creditSpecifications';
import { dhcpOptionsOperations } from './dhcpOptions';
import { endpointConnectionOperations } from './endpointConnections';
import { endpointServiceOperations } from './endpointServices';
import { imageOperations } from './images';
import { instanceAttributeOperations } from './instanceAttributes';
import { instanceConnectEndpointOperations } from './instanceConnectEndpoints';
import { instanceProfileOperations } from './instanceProfiles';
import { instanceStateOperations } from './instanceStates';
import { instanceOperations } from './instances';
import { instanceTypeOperations } from './instanceTypes';
import { interfaceAttributeOperations } from './interfaceAttributes';
import { interfaceChangeOperations } from './interfaceChanges';
import { internetGatewayOperations } from './internetGateways';
import { keyPairOperations } from './keyPairs';
import { managedPrefixListOperations } from './managedPrefixLists';
import { modifyInstanceOperations } from './modifyInstance';
import { modifySecurityGroupRuleOperations } from './modifySecurityGroupRules';
import { natGatewayOperations } from './natGateways';
import { networkAclChangeOperations } from './networkAclChanges';
import { networkAclEntryOperations } from './networkAclEntries';
import { networkAclOperations } from './networkAcls';
import { networkInterfaceOperations } from './networkInterfaces';
import { peeringChangeOperations } from './peeringChanges';
import { peeringConnectionOperations } from './peeringConnections';
import { peeringOptionOperations } from './peeringOptions';
import { prefixListOperations } from './prefixLists';
import { regionOperations } from './regions';
import { routeOperations } from './routes';
import { routeTableChangeOperations } from './routeTableChanges';
import { routeTableOperations } from './routeTables';
import { runInstancesOperations } from './runInstances';
import { securityGroupChangeOperations } from './securityGroupChanges';
import { securityGroupReferenceOperations } from './securityGroupReferences';
import { securityGroupOperations } from './securityGroups';
import { serviceConfigurationOperations } from './serviceConfigurations';
import { servicePermissionOperations } from './servicePermissions';
import { subnetOperations } from './subnets';
import { tagOperations } from './tags';
import { volumeOperations } from './volumes';
import { vpcChangeOperations } from './vpcChanges';
import { vpcCidrBlockOperations } from './vpcCidrBlocks';
import { vpcEndpointOperations } from './vpcEndpoints';
import { vpcOperations } from './vpcs';

/** Everything that the simulated EC2 does. */
export const ec2Operations: OperationTable = {
  ...accountAttributeOperations,
  ...addressAssociationOperations,
  ...dhcpOptionsOperations,
  ...networkAclChangeOperations,
  ...networkAclEntryOperations,
  ...networkAclOperations,
  ...vpcCidrBlockOperations,
  ...addressOperations,
  ...endpointConnectionOperations,
  ...endpointServiceOperations,
  ...imageOperations,
  ...consoleOutputOperations,
  ...creditSpecificationOperations,
  ...instanceAttributeOperations,
  ...instanceConnectEndpointOperations,
  ...instanceOperations,
  ...instanceStateOperations,
  ...instanceTypeOperations,
  ...managedPrefixListOperations,
  ...modifyInstanceOperations,
  ...modifySecurityGroupRuleOperations,
  ...volumeOperations,
  ...instanceProfileOperations,
  ...interfaceAttributeOperations,
  ...interfaceChangeOperations,
  ...internetGatewayOperations,
  ...keyPairOperations,
  ...natGatewayOperations,
  ...networkInterfaceOperations,
  ...peeringChangeOperations,
  ...peeringConnectionOperations,
  ...peeringOptionOperations,
  ...prefixListOperations,
  ...regionOperations,
  ...routeOperations,
  ...routeTableChangeOperations,
  ...routeTableOperations,
  ...runInstancesOperations,
  ...securityGroupChangeOperations,
  ...securityGroupOperations,
  ...securityGroupReferenceOperations,
  ...serviceConfigurationOperations,
  ...servicePermissionOperations,
  ...subnetOperations,
  ...tagOperations,
  ...vpcEndpointOperations,
  ...vpcChangeOperations,
  ...vpcOperations,
};
