import { HTTPS } from '../../core/rules/flow';
import { isS3 } from '../../core/serviceNames';
import { awsCommand, RawWord, tagFlag } from '../changes/awsCommand';
import type { CreateInterfaceEndpointRequest, EndpointChoices } from '../endpointPlan';
import { dnsAttributeCommands } from './enableDnsAttributes';

/** The AWS CLI lines that do what {@link createInterfaceEndpoint} does, quoted for a POSIX shell. */
export function createEndpointCommands(
  choices: EndpointChoices,
  request: CreateInterfaceEndpointRequest,
  newSecurityGroupName: string | undefined,
): readonly string[] {
  const { place } = choices;
  const groups = newSecurityGroupName ? new RawWord('"$GROUP_ID"') : request.securityGroupIds;
  return [
    ...dnsAttributeCommands(place, request.vpcId, request.dnsAttributesToEnable ?? []),
    ...(newSecurityGroupName ? groupCommands(choices, request, newSecurityGroupName) : []),
    awsCommand(place, 'ec2', 'create-vpc-endpoint', {
      'vpc-endpoint-type': 'Interface',
      'vpc-id': request.vpcId,
      'service-name': request.serviceName,
      'service-region': request.serviceRegion,
      'subnet-ids': request.subnetIds,
      'security-group-ids': groups,
      'ip-address-type': request.ipAddressType,
      [request.privateDnsEnabled ? 'private-dns-enabled' : 'no-private-dns-enabled']: true,
      'dns-options': request.privateDnsEnabled && isS3(request.serviceName) ? inboundOnlyOff : undefined,
      'policy-document': request.policyDocument,
      'tag-specifications': request.name === undefined ? undefined : tagFlag('vpc-endpoint', { Name: request.name }),
    }),
  ];
}

const inboundOnlyOff = 'PrivateDnsOnlyForInboundResolverEndpoint=false';

function groupCommands(
  { place, vpcs }: EndpointChoices,
  request: CreateInterfaceEndpointRequest,
  name: string,
): readonly string[] {
  const make = awsCommand(place, 'ec2', 'create-security-group', {
    'vpc-id': request.vpcId,
    'group-name': name,
    description: groupDescription(request.serviceName),
    query: 'GroupId',
    output: 'text',
  });
  const ranges = vpcs.find(({ id }) => id === request.vpcId)?.cidrBlocks ?? [];
  const admit = ranges.map(cidr =>
    awsCommand(place, 'ec2', 'authorize-security-group-ingress', {
      'group-id': new RawWord('"$GROUP_ID"'),
      protocol: 'tcp',
      port: HTTPS,
      cidr,
    }),
  );
  return [`GROUP_ID=$(${make})`, ...admit];
}

/** A description admits letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*` ("Amazon EC2 API: CreateSecurityGroup"). */
export function groupDescription(serviceName: string): string {
  return `Admits HTTPS from the VPC to the endpoint of ${serviceName}`;
}
