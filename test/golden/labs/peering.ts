import type { LabDesk } from '../../support/labDesk';
import type { LabScript } from './labScript';
import {
  acceptPeering,
  openIcmp,
  type PeeringSite,
  peer,
  peeringSite,
  pingBothWays,
  requestPeering,
  routeBetween,
  routeTo,
} from './peeringSite';

const account = 'consumer';

const statusOf = (desk: LabDesk, peering: string) =>
  desk.laptop(
    account,
    `aws ec2 describe-vpc-peering-connections --vpc-peering-connection-ids ${peering} --query "VpcPeeringConnections[0].Status"`,
  );

const request = (desk: LabDesk, here: string, there: string, more?: string) =>
  requestPeering(desk, account, here, there, more);

const accept = (desk: LabDesk, peering: string) => acceptPeering(desk, account, peering);

const routesOf = (desk: LabDesk, table: string) =>
  desk.laptop(
    account,
    `aws ec2 describe-route-tables --route-table-ids ${table} --query "RouteTables[0].Routes[].[DestinationCidrBlock,VpcPeeringConnectionId||GatewayId,State]" --output text`,
  );

/** Everything but what the mistake leaves out. */
async function openGroups(desk: LabDesk, { here, there }: PeeringSite): Promise<void> {
  await openIcmp(desk, account, here.group, `--cidr ${there.cidr}`);
  await openIcmp(desk, account, there.group, `--cidr ${here.cidr}`);
}

async function rightPath(desk: LabDesk): Promise<void> {
  const site = await peeringSite(desk, account);
  desk.say('4.2 request');
  const peering = await request(desk, site.here.vpc, site.there.vpc);
  await desk.pass(5000);
  await statusOf(desk, peering);
  desk.say('4.3 accept');
  await accept(desk, peering);
  await desk.pass(10_000);
  await desk.laptop(
    account,
    `aws ec2 describe-vpc-peering-connections --vpc-peering-connection-ids ${peering} --query "VpcPeeringConnections[0].[Status,RequesterVpcInfo,AccepterVpcInfo]"`,
  );
  desk.say('4.4 and 4.5 a route in each table');
  await routeBetween(desk, account, site, peering);
  await routesOf(desk, site.here.table);
  desk.say("4.7 one group admits the other side's block, the other one the other side's group");
  await openIcmp(desk, account, site.here.group, `--cidr ${site.there.cidr}`);
  await openIcmp(desk, account, site.there.group, `--source-group ${site.here.group}`);
  desk.say('4.8 ping both ways');
  await pingBothWays(desk, account, site);
  desk.say('4.13 clean up: the routes stay behind');
  await desk.laptop(account, `aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id ${peering}`);
  await statusOf(desk, peering);
  await routesOf(desk, site.here.table);
  for (const [mine, other] of [
    [site.here, site.there],
    [site.there, site.here],
  ] as const)
    await desk.laptop(
      account,
      `aws ec2 delete-route --route-table-id ${mine.table} --destination-cidr-block ${other.cidr}`,
    );
  await routesOf(desk, site.here.table);
  await desk.laptop(account, `aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id ${peering}`);
}

async function overlappingBlocks(desk: LabDesk): Promise<void> {
  const { there } = await peeringSite(desk, account);
  const other = await desk.value(
    account,
    'aws ec2 create-vpc --cidr-block 10.9.0.0/16 --query Vpc.VpcId --output text',
  );
  desk.say('the first blocks are disjoint, a secondary one is not');
  await desk.laptop(
    account,
    `aws ec2 associate-vpc-cidr-block --vpc-id ${other} --cidr-block 10.0.128.0/20 --query CidrBlockAssociation.CidrBlockState`,
  );
  await desk.pass(5000);
  await failedRequest(desk, await request(desk, there.vpc, other));
}

async function failedRequest(desk: LabDesk, peering: string): Promise<void> {
  await desk.pass(5000);
  await statusOf(desk, peering);
  await accept(desk, peering);
  await desk.laptop(account, `aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id ${peering}`);
}

async function wrongOwnerOrRegion(desk: LabDesk): Promise<void> {
  const { here, there } = await peeringSite(desk, account);
  desk.say('an account that does not own the VPC');
  await failedRequest(desk, await request(desk, here.vpc, there.vpc, ' --peer-owner-id 111122223333'));
  desk.say('a Region that does not have the VPC');
  await failedRequest(desk, await request(desk, here.vpc, there.vpc, ' --peer-region eu-west-1'));
}

async function notAccepted(desk: LabDesk): Promise<void> {
  const site = await peeringSite(desk, account);
  const peering = await request(desk, site.here.vpc, site.there.vpc);
  await desk.pass(5000);
  await statusOf(desk, peering);
  desk.say('routes are taken, and lead nowhere');
  await routeBetween(desk, account, site, peering);
  await routesOf(desk, site.here.table);
  await openGroups(desk, site);
  await desk.instance(account, site.here.instance, `ping -c 4 ${site.there.address}`);
  desk.say('the same request again');
  await request(desk, site.here.vpc, site.there.vpc);
  desk.say('a week later');
  await desk.pass(7 * 24 * 3_600_000 + 60_000);
  await statusOf(desk, peering);
}

async function wrongTable(desk: LabDesk): Promise<void> {
  const site = await peeringSite(desk, account);
  const peering = await peer(desk, account, site);
  await openGroups(desk, site);
  desk.say('the route goes into a table that no subnet of the instance uses');
  const table = await desk.value(
    account,
    `aws ec2 create-route-table --vpc-id ${site.here.vpc} --query RouteTable.RouteTableId --output text`,
  );
  await routeBetween(desk, account, { here: { ...site.here, table }, there: site.there }, peering);
  await routesOf(desk, site.here.table);
  await pingBothWays(desk, account, site);
}

async function routeMissing(desk: LabDesk): Promise<void> {
  const site = await peeringSite(desk, account);
  const peering = await peer(desk, account, site);
  await openGroups(desk, site);
  desk.say("no route in the accepter's table: requests arrive, replies vanish");
  await routeTo(desk, account, site.here.table, site.there.cidr, peering);
  await pingBothWays(desk, account, site);
}

async function groupsClosed(desk: LabDesk): Promise<void> {
  const site = await peeringSite(desk, account);
  const peering = await peer(desk, account, site);
  await routeBetween(desk, account, site, peering);
  desk.say('no rule admits ICMP: nothing arrives, nobody answers');
  await pingBothWays(desk, account, site);
}

export const peering: readonly LabScript[] = [
  { name: 'right path', type: rightPath },
  { name: 'overlapping blocks', type: overlappingBlocks },
  { name: 'wrong owner or region', type: wrongOwnerOrRegion },
  { name: 'not accepted', type: notAccepted },
  { name: 'wrong table', type: wrongTable },
  { name: 'route missing on one side', type: routeMissing },
  { name: 'groups closed', type: groupsClosed },
];
