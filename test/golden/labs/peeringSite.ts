import type { AccountName, LabDesk, Typed } from '../../support/labDesk';

/** What one side of a peering has. */
export interface PeeringSide {
  readonly vpc: string;
  readonly cidr: string;
  /** The route table of the instance's subnet. */
  readonly table: string;
  readonly group: string;
  readonly instance: string;
  readonly address: string;
}

export interface PeeringSite {
  readonly here: PeeringSide;
  readonly there: PeeringSide;
}

/** Both sides of the lab's world: the requester's default VPC and the accepter's own one. */
export async function peeringSite(desk: LabDesk, account: AccountName): Promise<PeeringSite> {
  return {
    here: await sideOf(desk, account, 'requester-instance', '172.31.0.0/16'),
    there: await sideOf(desk, account, 'accepter-instance', '10.0.0.0/16'),
  };
}

export async function sideOf(
  desk: LabDesk,
  account: AccountName,
  instance: string,
  cidr: string,
  more = '',
): Promise<PeeringSide> {
  const found = await desk.value(
    account,
    `aws ec2 describe-instances --filters Name=tag:Name,Values=${instance}${more} --query "Reservations[0].Instances[0].[VpcId,SecurityGroups[0].GroupId,PrivateIpAddress]" --output text`,
  );
  const [vpc = '', group = '', address = ''] = found.split('\t');
  const table = await desk.value(
    account,
    `aws ec2 describe-route-tables --filters Name=vpc-id,Values=${vpc} Name=association.main,Values=true${more} --query "RouteTables[0].RouteTableId" --output text`,
  );
  return { vpc, cidr, table, group, instance, address };
}

/** A third VPC with an instance that answers everybody's pings. */
export async function anotherSide(
  desk: LabDesk,
  account: AccountName,
  instance: string,
  block: string,
  more = '',
): Promise<PeeringSide> {
  const value = (line: string) => desk.value(account, `aws ec2 ${line} --output text${more}`);
  const vpc = await value(`create-vpc --cidr-block ${block}.0.0/16 --query Vpc.VpcId`);
  const subnet = await value(`create-subnet --vpc-id ${vpc} --cidr-block ${block}.0.0/24 --query Subnet.SubnetId`);
  const group = await value(
    `create-security-group --vpc-id ${vpc} --group-name pinged --description Pings --query GroupId`,
  );
  await openIcmp(desk, account, group, `--cidr 0.0.0.0/0${more}`);
  const id = await value(
    `run-instances --image-id resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64 --instance-type t2.micro --subnet-id ${subnet} --security-group-ids ${group} --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=${instance}}]" --query "Instances[0].InstanceId"`,
  );
  await desk.laptop(account, `aws ec2 wait instance-running --instance-ids ${id}${more}`);
  return sideOf(desk, account, instance, `${block}.0.0/16`, more);
}

/** A route to the other side's block in each side's table. */
export async function routeBetween(
  desk: LabDesk,
  account: AccountName,
  site: PeeringSite,
  peering: string,
): Promise<void> {
  await routeTo(desk, account, site.here.table, site.there.cidr, peering);
  await routeTo(desk, account, site.there.table, site.here.cidr, peering);
}

export async function routeTo(
  desk: LabDesk,
  account: AccountName,
  table: string,
  cidr: string,
  peering: string,
  more = '',
): Promise<void> {
  await desk.laptop(
    account,
    `aws ec2 create-route --route-table-id ${table} --destination-cidr-block ${cidr} --vpc-peering-connection-id ${peering} --query Return${more}`,
  );
}

/** Pings from each side; the first one with a capture on both. */
export async function pingBothWays(desk: LabDesk, account: AccountName, { here, there }: PeeringSite): Promise<void> {
  await desk.captureWhile(account, there.instance, 'tcpdump -nn icmp', () =>
    desk.capture(account, here.instance, 'tcpdump -nn icmp', `ping -c 4 ${there.address}`),
  );
  await desk.instance(account, there.instance, `ping -c 4 ${here.address}`);
}

export function openIcmp(desk: LabDesk, account: AccountName, group: string, source: string): Promise<Typed> {
  return desk.laptop(
    account,
    `aws ec2 authorize-security-group-ingress --group-id ${group} --protocol icmp --port -1 ${source} --query Return`,
  );
}

export function requestPeering(
  desk: LabDesk,
  account: AccountName,
  here: string,
  there: string,
  more = '',
): Promise<string> {
  return desk.value(
    account,
    `aws ec2 create-vpc-peering-connection --vpc-id ${here} --peer-vpc-id ${there}${more} --query VpcPeeringConnection.VpcPeeringConnectionId --output text`,
  );
}

export function acceptPeering(desk: LabDesk, account: AccountName, peering: string, more = ''): Promise<Typed> {
  return desk.laptop(
    account,
    `aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id ${peering}${more} --query VpcPeeringConnection.Status`,
  );
}

/** Requests, waits and accepts within one account and Region: the peering is active. */
export async function peer(desk: LabDesk, account: AccountName, { here, there }: PeeringSite): Promise<string> {
  const peering = await requestPeering(desk, account, here.vpc, there.vpc);
  await desk.pass(5000);
  await acceptPeering(desk, account, peering);
  await desk.pass(10_000);
  return peering;
}
