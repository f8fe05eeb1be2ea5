import type { AccountName, LabDesk } from '../../support/labDesk';
import { describeEndpoint } from './endpointLines';
import { provideBalancer, provideService } from './svcNginxProvider';

const provider = 'provider';
const consumer = 'consumer';
const consumerArn = 'arn:aws:iam::444455556666:root';

export const vpcOf = (desk: LabDesk, account: AccountName) =>
  desk.value(
    account,
    'aws ec2 describe-vpcs --filters Name=is-default,Values=true --query "Vpcs[0].VpcId" --output text',
  );

export const lookUp = (desk: LabDesk, name: string) =>
  desk.laptop(
    consumer,
    `aws ec2 describe-vpc-endpoint-services --service-names ${name} --query "ServiceDetails[0].[Owner,AcceptanceRequired,AvailabilityZones]" --output json`,
  );

export const allow = (desk: LabDesk, service: string) =>
  desk.laptop(
    provider,
    `aws ec2 modify-vpc-endpoint-service-permissions --service-id ${service} --add-allowed-principals ${consumerArn} --query "[ReturnValue,AddedPrincipals[].[PrincipalType,Principal]]"`,
  );

/** The consumer's endpoint in every subnet, with the group "web" (port 80) unless told otherwise. */
export async function connect(desk: LabDesk, name: string, group = 'web') {
  const vpc = await vpcOf(desk, consumer);
  const subnets = await desk.value(
    consumer,
    `aws ec2 describe-subnets --filters Name=vpc-id,Values=${vpc} --query "join(' ', Subnets[].SubnetId)" --output text`,
  );
  const groupId = await desk.value(
    consumer,
    `aws ec2 describe-security-groups --filters Name=vpc-id,Values=${vpc} Name=group-name,Values=${group} --query "SecurityGroups[0].GroupId" --output text`,
  );
  const endpoint = await desk.value(
    consumer,
    `aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id ${vpc} --service-name ${name} --subnet-ids ${subnets} --security-group-ids ${groupId} --no-private-dns-enabled --query VpcEndpoint.VpcEndpointId --output text`,
  );
  await desk.pass(10_000);
  return { endpoint, dnsName: await describeEndpoint(desk, endpoint, 'DnsEntries[0].DnsName') };
}

export const stateOf = (desk: LabDesk, endpoint: string) => describeEndpoint(desk, endpoint, 'State');

export const requests = (desk: LabDesk, service: string) =>
  desk.laptop(
    provider,
    `aws ec2 describe-vpc-endpoint-connections --filters Name=service-id,Values=${service} --query "VpcEndpointConnections[].[VpcEndpointId,VpcEndpointOwner,VpcEndpointState]" --output text`,
  );

export async function decide(
  desk: LabDesk,
  decision: 'accept' | 'reject',
  service: string,
  endpoint: string,
): Promise<void> {
  await desk.laptop(
    provider,
    `aws ec2 ${decision}-vpc-endpoint-connections --service-id ${service} --vpc-endpoint-ids ${endpoint}`,
  );
  await desk.pass(120_000);
}

/** Everything up to an accepted connection. */
export async function connected(desk: LabDesk, crossZone = true) {
  const balanced = await provideBalancer(desk, { crossZone });
  const { service, name } = await provideService(desk, balanced);
  await allow(desk, service);
  const { endpoint, dnsName } = await connect(desk, name);
  await decide(desk, 'accept', service, endpoint);
  return { ...balanced, service, name, endpoint, dnsName };
}
