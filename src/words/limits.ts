import { t } from './translation';

/** What there is too much of, by AWS's code; the code itself for those that nobody meets here. */
export function limitWords(code: string): string {
  switch (code) {
    case 'VpcEndpointLimitExceeded':
      return t('endpoints of a VPC (50), or gateway endpoints of the account (20)');
    case 'InstanceConnectEndpointLimitExceeded':
      return t('Instance Connect endpoints: one for each VPC');
    case 'SecurityGroupsPerInterfaceLimitExceeded':
      return t('security groups of an interface');
    case 'RulesPerSecurityGroupLimitExceeded':
      return t('rules of a security group');
    case 'VpcLimitExceeded':
      return t('VPCs of the region (5)');
    case 'VpcPeeringConnectionsPerVpcLimitExceeded':
      return t('active peerings of a VPC (50)');
    case 'OutstandingVpcPeeringConnectionLimitExceeded':
      return t('unanswered peering requests (25)');
    case 'AddressLimitExceeded':
      return t('public addresses of the region (5)');
    case 'NatGatewayLimitExceeded':
      return t('NAT gateways of a zone (5)');
    case 'RouteLimitExceeded':
      return t('routes of a route table');
    default:
      return code;
  }
}
