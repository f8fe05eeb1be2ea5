import { quoteIfNeeded } from '../../base/shellQuoting';
import { HTTPS } from '../../core/rules/flow';
import type { CreateInterfaceEndpointRequest, EndpointChoices } from '../endpointPlan';

/** The AWS CLI lines that do what {@link createInterfaceEndpoint} does, quoted for a POSIX shell. */
export function createEndpointCommands(
  choices: EndpointChoices,
  request: CreateInterfaceEndpointRequest,
  newSecurityGroupName: string | undefined,
): readonly string[] {
  const aws = (operation: string, ...flags: string[]) =>
    ['aws', 'ec2', operation, ...place(choices), ...flags].join(' ');
  const groupLines = newSecurityGroupName ? groupCommands(choices, request, newSecurityGroupName, aws) : [];
  const groups = newSecurityGroupName ? ['"$GROUP_ID"'] : (request.securityGroupIds ?? []).map(quoteIfNeeded);
  return [
    ...groupLines,
    aws(
      'create-vpc-endpoint',
      '--vpc-endpoint-type Interface',
      `--vpc-id ${quoteIfNeeded(request.vpcId)}`,
      `--service-name ${quoteIfNeeded(request.serviceName)}`,
      `--subnet-ids ${request.subnetIds.map(quoteIfNeeded).join(' ')}`,
      `--security-group-ids ${groups.join(' ')}`,
      request.privateDnsEnabled ? '--private-dns-enabled' : '--no-private-dns-enabled',
      ...(request.name === undefined ? [] : [`--tag-specifications ${quoteIfNeeded(nameTagJson(request.name))}`]),
    ),
  ];
}

function groupCommands(
  choices: EndpointChoices,
  request: CreateInterfaceEndpointRequest,
  name: string,
  aws: (operation: string, ...flags: string[]) => string,
): readonly string[] {
  const vpc = choices.vpcs.find(({ id }) => id === request.vpcId);
  const make = aws(
    'create-security-group',
    `--vpc-id ${quoteIfNeeded(request.vpcId)}`,
    `--group-name ${quoteIfNeeded(name)}`,
    `--description ${quoteIfNeeded(groupDescription(request.serviceName))}`,
    '--query GroupId --output text',
  );
  const admit = (vpc?.cidrBlocks ?? []).map(cidr =>
    aws(
      'authorize-security-group-ingress',
      '--group-id "$GROUP_ID"',
      `--protocol tcp --port ${HTTPS}`,
      `--cidr ${quoteIfNeeded(cidr)}`,
    ),
  );
  return [`GROUP_ID=$(${make})`, ...admit];
}

/** A description admits letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*` ("Amazon EC2 API: CreateSecurityGroup"). */
export function groupDescription(serviceName: string): string {
  return `Admits HTTPS from the VPC to the endpoint of ${serviceName}`;
}

function place(choices: EndpointChoices): readonly string[] {
  return [
    ...(choices.profile === undefined ? [] : [`--profile ${quoteIfNeeded(choices.profile)}`]),
    ...(choices.endpointUrl === undefined ? [] : [`--endpoint-url ${quoteIfNeeded(choices.endpointUrl)}`]),
    `--region ${quoteIfNeeded(choices.region)}`,
  ];
}

/** JSON rather than the CLI's shorthand, in which a comma or a bracket of the name would mean something. */
function nameTagJson(name: string): string {
  return JSON.stringify([{ ResourceType: 'vpc-endpoint', Tags: [{ Key: 'Name', Value: name }] }]);
}
