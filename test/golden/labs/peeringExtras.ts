import type { LabDesk } from '../../support/labDesk';
import type { LabScript } from './labScript';
import {
  acceptPeering,
  anotherSide,
  openIcmp,
  type PeeringSide,
  peer,
  peeringSite,
  requestPeering,
  routeBetween,
  routeTo,
  sideOf,
} from './peeringSite';

const account = 'consumer';

const ping = (desk: LabDesk, from: PeeringSide, to: PeeringSide) =>
  desk.instance(account, from.instance, `ping -c 2 ${to.address}`);

async function nonTransitive(desk: LabDesk): Promise<void> {
  const site = await peeringSite(desk, account);
  const third = await anotherSide(desk, account, 'third-instance', '10.7');
  desk.say('A and B are peers, B and C are peers');
  const first = await peer(desk, account, site);
  const second = await peer(desk, account, { here: site.there, there: third });
  await routeBetween(desk, account, site, first);
  await routeBetween(desk, account, { here: site.there, there: third }, second);
  await openIcmp(desk, account, site.there.group, '--cidr 0.0.0.0/0');
  await ping(desk, site.here, site.there);
  await ping(desk, site.there, third);
  desk.say('A and C are not: routes through B are taken, and lead nowhere');
  await routeTo(desk, account, site.here.table, third.cidr, first);
  await routeTo(desk, account, third.table, site.here.cidr, second);
  await desk.captureWhile(account, third.instance, 'tcpdump -nn icmp', () => ping(desk, site.here, third));
}

async function dnsOverPeering(desk: LabDesk): Promise<void> {
  const site = await peeringSite(desk, account);
  const peering = await peer(desk, account, site);
  await routeBetween(desk, account, site, peering);
  const name = await desk.value(
    account,
    `aws ec2 describe-instances --filters Name=tag:Name,Values=${site.there.instance} --query "Reservations[0].Instances[0].PublicDnsName" --output text`,
  );
  const modify = (side: string) =>
    desk.laptop(
      account,
      `aws ec2 modify-vpc-peering-connection-options --vpc-peering-connection-id ${peering} --${side}-peering-connection-options AllowDnsResolutionFromRemoteVpc=true`,
    );
  const hostNames = (value: boolean) =>
    desk.laptop(
      account,
      `aws ec2 modify-vpc-attribute --vpc-id ${site.there.vpc} --${value ? '' : 'no-'}enable-dns-hostnames`,
    );
  desk.say('from the other VPC the public name gives the public address');
  await desk.instance(account, site.there.instance, `dig +short ${name}`);
  await desk.instance(account, site.here.instance, `dig +short ${name}`);
  desk.say('the option needs DNS host names in both VPCs');
  await hostNames(false);
  await modify('accepter');
  await hostNames(true);
  desk.say('the accepter lets its names be resolved from the requester');
  await modify('accepter');
  await desk.instance(account, site.here.instance, `dig +short ${name}`);
  desk.say('the other direction is an option of the other side');
  const own = await desk.value(
    account,
    `aws ec2 describe-instances --filters Name=tag:Name,Values=${site.here.instance} --query "Reservations[0].Instances[0].PublicDnsName" --output text`,
  );
  await desk.instance(account, site.there.instance, `dig +short ${own}`);
  await modify('requester');
  await desk.instance(account, site.there.instance, `dig +short ${own}`);
}

async function otherAccount(desk: LabDesk): Promise<void> {
  const here = await sideOf(desk, account, 'requester-instance', '172.31.0.0/16');
  const there = await sideOf(desk, 'provider', 'accepter-instance', '10.0.0.0/16');
  const [mine, theirs] = [account, 'provider'].map(
    name => desk.cloud.accounts.find(each => each.name === name)?.accountId,
  );
  desk.say('4.12 the request names the other account');
  const peering = await requestPeering(desk, account, here.vpc, there.vpc, ` --peer-owner-id ${theirs}`);
  await desk.pass(5000);
  desk.say('the requester cannot accept it');
  await acceptPeering(desk, account, peering);
  await acceptPeering(desk, 'provider', peering);
  await desk.pass(10_000);
  desk.say('both see it, each with its own tags');
  for (const name of [account, 'provider'] as const) {
    await desk.laptop(name, `aws ec2 create-tags --resources ${peering} --tags Key=Name,Value=to-the-other-of-${name}`);
    await desk.laptop(
      name,
      `aws ec2 describe-vpc-peering-connections --vpc-peering-connection-ids ${peering} --query "VpcPeeringConnections[0].[Status.Code,Tags]"`,
    );
  }
  await routeTo(desk, account, here.table, there.cidr, peering);
  await routeTo(desk, 'provider', there.table, here.cidr, peering);
  desk.say("the rule names the other account's group");
  await openIcmp(desk, 'provider', there.group, `--source-group ${here.group} --group-owner ${mine}`);
  await ping(desk, here, there);
  desk.say('each side sets its own option');
  for (const side of ['accepter', 'requester'])
    await desk.laptop(
      account,
      `aws ec2 modify-vpc-peering-connection-options --vpc-peering-connection-id ${peering} --${side}-peering-connection-options AllowDnsResolutionFromRemoteVpc=true`,
    );
}

async function otherRegion(desk: LabDesk): Promise<void> {
  const here = await sideOf(desk, account, 'requester-instance', '172.31.0.0/16');
  const far = ' --region eu-west-1';
  const there = await anotherSide(desk, account, 'far-instance', '10.8', far);
  const peering = await requestPeering(desk, account, here.vpc, there.vpc, ' --peer-region eu-west-1');
  await desk.pass(5000);
  desk.say("4.12 accepted in the accepter's Region only");
  await acceptPeering(desk, account, peering);
  await acceptPeering(desk, account, peering, far);
  await desk.pass(10_000);
  await routeTo(desk, account, here.table, there.cidr, peering);
  await routeTo(desk, account, there.table, here.cidr, peering, far);
  desk.say('no rule can name a group of another Region');
  await openIcmp(desk, account, here.group, `--source-group ${there.group}`);
  await ping(desk, here, there);
  desk.say('1500 bytes fit, more do not');
  await desk.instance(account, here.instance, `ping -c 2 -M do -s 1472 ${there.address}`);
  await desk.instance(account, here.instance, `ping -c 2 -M do -s 1473 ${there.address}`);
}

export const peeringExtras: readonly LabScript[] = [
  { name: 'non transitive', type: nonTransitive },
  { name: 'dns over peering', type: dnsOverPeering },
  { name: 'other account', type: otherAccount },
  { name: 'other region', type: otherRegion },
];
