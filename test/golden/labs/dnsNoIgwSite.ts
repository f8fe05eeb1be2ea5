import type { LabDesk, Typed } from '../../support/labDesk';

export const account = 'consumer';
export const instance = 'dns-lab-instance';
export const ec2Name = 'ec2.ap-south-1.amazonaws.com';
export const toHttps = `tcpdump -nn -c 4 'dst port 443 and dst net (52.95.0.0/16 or 10.0.0.0/16)'`;

/** What the lab's world has. */
export interface DnsSite {
  readonly id: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly networkInterface: string;
  readonly table: string;
  readonly gateway: string;
}

export async function dnsSite(desk: LabDesk, name = instance): Promise<DnsSite> {
  const found = await value(
    desk,
    `describe-instances --filters Name=tag:Name,Values=${name} --query "Reservations[0].Instances[0].[InstanceId,VpcId,SubnetId,NetworkInterfaces[0].NetworkInterfaceId]"`,
  );
  const [id = '', vpc = '', subnet = '', networkInterface = ''] = found.split('\t');
  const table = await value(
    desk,
    `describe-route-tables --filters Name=vpc-id,Values=${vpc} Name=route.destination-cidr-block,Values=0.0.0.0/0 --query "RouteTables[0].RouteTableId"`,
  );
  const gateway = await value(
    desk,
    `describe-internet-gateways --filters Name=attachment.vpc-id,Values=${vpc} --query "InternetGateways[0].InternetGatewayId"`,
  );
  return { id, vpc, subnet, networkInterface, table, gateway };
}

export function value(desk: LabDesk, line: string): Promise<string> {
  return desk.value(account, `aws ec2 ${line} --output text`);
}

export function ec2(desk: LabDesk, line: string): Promise<Typed> {
  return desk.laptop(account, `aws ec2 ${line}`);
}

/** A group for the endpoints; whom it admits on port 443 is the caller's choice. */
export async function endpointGroup(desk: LabDesk, vpc: string, cidr?: string): Promise<string> {
  const group = await value(
    desk,
    `create-security-group --vpc-id ${vpc} --group-name endpoints --description Endpoints --query GroupId`,
  );
  if (cidr)
    await ec2(
      desk,
      `authorize-security-group-ingress --group-id ${group} --protocol tcp --port 443 --cidr ${cidr} --query Return`,
    );
  return group;
}

export async function createEndpoints(
  desk: LabDesk,
  { vpc, subnet }: DnsSite,
  group: string,
  services: readonly string[],
): Promise<string[]> {
  const made: string[] = [];
  for (const service of services)
    made.push(
      await value(
        desk,
        `create-vpc-endpoint --vpc-id ${vpc} --vpc-endpoint-type Interface --service-name com.amazonaws.ap-south-1.${service} --subnet-ids ${subnet} --security-group-ids ${group} --private-dns-enabled --query VpcEndpoint.VpcEndpointId`,
      ),
    );
  await desk.pass(60_000);
  await ec2(
    desk,
    `describe-vpc-endpoints --filters Name=vpc-id,Values=${vpc} --query "VpcEndpoints[].[ServiceName,State,PrivateDnsEnabled]" --output text`,
  );
  return made;
}

/** 7.11 in the order that works: first the public address, then the route, then the gateway. */
export async function removeGateway(desk: LabDesk, site: DnsSite): Promise<void> {
  await ec2(
    desk,
    `modify-network-interface-attribute --network-interface-id ${site.networkInterface} --no-associate-public-ip-address`,
  );
  await ec2(desk, `delete-route --route-table-id ${site.table} --destination-cidr-block 0.0.0.0/0`);
  await ec2(desk, `detach-internet-gateway --internet-gateway-id ${site.gateway} --vpc-id ${site.vpc}`);
  await ec2(desk, `delete-internet-gateway --internet-gateway-id ${site.gateway}`);
}

/** What Session Manager says of the instance, and whether a session can begin. */
export async function sessionState(desk: LabDesk, id: string): Promise<void> {
  await desk.laptop(
    account,
    `aws ssm describe-instance-information --filters Key=InstanceIds,Values=${id} --query "InstanceInformationList[].PingStatus" --output text`,
  );
  await desk.laptop(account, `aws ssm get-connection-status --target ${id} --query Status --output text`);
}

/** A command that Session Manager brings to the instance, and what came of it. */
export async function runCommand(desk: LabDesk, id: string, command: string): Promise<void> {
  const commandId = await desk.value(
    account,
    `aws ssm send-command --document-name AWS-RunShellScript --instance-ids ${id} --parameters 'commands=["${command}"]' --query Command.CommandId --output text`,
  );
  await desk.laptop(account, `aws ssm wait command-executed --command-id ${commandId} --instance-id ${id}`);
  await desk.laptop(
    account,
    `aws ssm get-command-invocation --command-id ${commandId} --instance-id ${id} --query "[Status,StandardOutputContent]" --output text`,
  );
}
