/** What is typed on the laptop in more than one lab about an interface endpoint in the private subnet. */
import type { LabDesk } from '../../support/labDesk';

export const account = 'consumer';
export const instance = 'private-instance';
/** Shortens the wait for what is known to fail. */
export const quick = '--cli-connect-timeout 4';
/** Endpoints come and go within minutes; the desk's cloud is twenty times as fast. */
export const endpointMs = 10_000;
/** The first packets that a program sends to a service. */
export const toHttps = 'tcpdump -nn -c 4 dst port 443';

const byName = (desk: LabDesk, what: string, name: string, query: string) =>
  desk.value(
    account,
    `aws ec2 describe-${what} --filters Name=tag:Name,Values=${name} --query "${query}" --output text`,
  );

export const vpcOf = (desk: LabDesk) => byName(desk, 'vpcs', 'lab-vpc', 'Vpcs[0].VpcId');
export const instanceIdOf = (desk: LabDesk) =>
  byName(desk, 'instances', instance, 'Reservations[0].Instances[0].InstanceId');
export const subnetOf = (desk: LabDesk) => byName(desk, 'subnets', 'subnet-B', 'Subnets[0].SubnetId');
export const tableOf = (desk: LabDesk) => byName(desk, 'route-tables', 'subnet-B-RT', 'RouteTables[0].RouteTableId');

export const setDnsAttributes = async (desk: LabDesk, vpc: string) => {
  for (const attribute of ['dns-support', 'dns-hostnames'])
    await desk.laptop(account, `aws ec2 modify-vpc-attribute --vpc-id ${vpc} --enable-${attribute}`);
};

/** A security group, into which nothing comes yet. */
export const makeGroup = (desk: LabDesk, vpc: string, name: string) =>
  desk.value(
    account,
    `aws ec2 create-security-group --group-name ${name} --description "For the lab" --vpc-id ${vpc} --query GroupId --output text`,
  );

export const admitHttps = (desk: LabDesk, group: string) =>
  desk.laptop(
    account,
    `aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 443 --cidr 10.0.1.0/24 --query "SecurityGroupRules[0].[IpProtocol,FromPort,ToPort,CidrIpv4]" --output text`,
  );

/** An interface endpoint in the private subnet, waited for. */
export async function makeInterfaceEndpoint(
  desk: LabDesk,
  service: string,
  { vpc, options }: { readonly vpc: string; readonly options: string },
): Promise<string> {
  const subnet = await subnetOf(desk);
  const endpoint = await desk.value(
    account,
    `aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id ${vpc} --service-name com.amazonaws.ap-south-1.${service} --subnet-ids ${subnet} ${options} --query VpcEndpoint.VpcEndpointId --output text`,
  );
  await desk.pass(endpointMs);
  return endpoint;
}

export const describeEndpoint = (desk: LabDesk, endpoint: string, query: string) =>
  desk.value(
    account,
    `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${endpoint} --query "VpcEndpoints[0].${query}" --output text`,
  );

export const showInterfaces = (desk: LabDesk, endpoint: string) =>
  desk.laptop(
    account,
    `aws ec2 describe-network-interfaces --filters "Name=description,Values=VPC Endpoint Interface ${endpoint}" --query "NetworkInterfaces[].[PrivateIpAddress,AvailabilityZone,InterfaceType,Status]" --output text`,
  );

/** The group of an endpoint can go only after the endpoint's interfaces. */
export async function removeEndpoint(desk: LabDesk, endpoint: string, group: string): Promise<void> {
  await desk.laptop(account, `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${endpoint}`);
  await desk.laptop(account, `aws ec2 delete-security-group --group-id ${group}`);
  await desk.pass(endpointMs);
  await desk.laptop(account, `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${endpoint}`);
  await desk.laptop(account, `aws ec2 delete-security-group --group-id ${group}`);
}
