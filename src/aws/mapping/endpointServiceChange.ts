import type { ModifyVpcEndpointServiceConfigurationCommandInput } from '@aws-sdk/client-ec2';
import type { EndpointServiceChange } from '../../core/ports/endpointServiceGateway';

/** What is to change, in AWS's members; what is not named is left out. */
export function wireServiceChange(
  change: EndpointServiceChange,
): Omit<ModifyVpcEndpointServiceConfigurationCommandInput, 'ServiceId'> {
  const { isAcceptanceRequired, privateDnsName } = change;
  return {
    ...(isAcceptanceRequired !== undefined && { AcceptanceRequired: isAcceptanceRequired }),
    ...(change.addNetworkLoadBalancerArns?.length && {
      AddNetworkLoadBalancerArns: [...change.addNetworkLoadBalancerArns],
    }),
    ...(change.removeNetworkLoadBalancerArns?.length && {
      RemoveNetworkLoadBalancerArns: [...change.removeNetworkLoadBalancerArns],
    }),
    ...(privateDnsName === 'none' && { RemovePrivateDnsName: true }),
    ...(typeof privateDnsName === 'object' && { PrivateDnsName: privateDnsName.name }),
    ...(change.addSupportedRegions?.length && { AddSupportedRegions: [...change.addSupportedRegions] }),
    ...(change.removeSupportedRegions?.length && { RemoveSupportedRegions: [...change.removeSupportedRegions] }),
  };
}
