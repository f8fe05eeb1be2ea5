import type { LabDesk } from '../../support/labDesk';
import type { LabScript } from './labScript';
import { type PeeringSite, peer, peeringSite, routeBetween, routeTo } from './peeringSite';

const account = 'consumer';
const region = 'ap-south-1';
const exampleAddress = '23.192.228.80';
const toExample = `curl -sS -m 5 -o /dev/null -w '%{http_code}\\n' --resolve example.com:80:${exampleAddress} http://example.com/`;

async function peeredSite(desk: LabDesk): Promise<PeeringSite & { readonly peering: string }> {
  const site = await peeringSite(desk, account);
  const peering = await peer(desk, account, site);
  await routeBetween(desk, account, site, peering);
  return { ...site, peering };
}

const subnetOf = (desk: LabDesk, vpc: string) =>
  desk.value(
    account,
    `aws ec2 describe-subnets --filters Name=vpc-id,Values=${vpc} --query "Subnets[0].SubnetId" --output text`,
  );

async function gatewaysOfThePeer(desk: LabDesk): Promise<void> {
  const { here, there, peering } = await peeredSite(desk);
  desk.say("both reach the internet through their own VPC's gateway");
  await desk.instance(account, there.instance, toExample);
  await desk.instance(account, here.instance, toExample);
  desk.say("4.10 the peer's internet gateway is the peer's");
  await routeTo(desk, account, here.table, `${exampleAddress}/32`, peering);
  await desk.instance(account, here.instance, toExample);
  desk.say("and so is its gateway endpoint: routes to S3's addresses over the peering");
  await desk.value(
    account,
    `aws ec2 create-vpc-endpoint --vpc-id ${there.vpc} --service-name com.amazonaws.${region}.s3 --route-table-ids ${there.table} --query VpcEndpoint.State --output text`,
  );
  await desk.instance(account, there.instance, 'aws s3 ls | wc -l');
  await desk.instance(account, here.instance, 'aws s3 ls | wc -l');
  for (const cidr of ['52.219.0.0/16', '3.5.0.0/16']) await routeTo(desk, account, here.table, cidr, peering);
  await desk.capture(
    account,
    here.instance,
    'tcpdump -nn -c 3 dst port 443 and not net 10.0.0.0/8',
    'AWS_MAX_ATTEMPTS=1 aws s3 ls --cli-connect-timeout 5',
  );
}

async function natGatewayOfThePeer(desk: LabDesk): Promise<void> {
  const { here, there, peering } = await peeredSite(desk);
  const subnet = await subnetOf(desk, there.vpc);
  const address = await desk.value(account, 'aws ec2 allocate-address --query AllocationId --output text');
  const nat = await desk.value(
    account,
    `aws ec2 create-nat-gateway --subnet-id ${subnet} --allocation-id ${address} --query NatGateway.NatGatewayId --output text`,
  );
  await desk.laptop(account, `aws ec2 wait nat-gateway-available --nat-gateway-ids ${nat}`);
  desk.say('the peer sends this address through its NAT gateway, and we send it to the peer');
  await desk.laptop(
    account,
    `aws ec2 create-route --route-table-id ${there.table} --destination-cidr-block ${exampleAddress}/32 --nat-gateway-id ${nat} --query Return`,
  );
  await routeTo(desk, account, here.table, `${exampleAddress}/32`, peering);
  await desk.instance(account, here.instance, toExample);
}

async function interfaceEndpointOfThePeer(desk: LabDesk): Promise<void> {
  const { here, there } = await peeredSite(desk);
  const subnet = await subnetOf(desk, there.vpc);
  const group = await desk.value(
    account,
    `aws ec2 create-security-group --vpc-id ${there.vpc} --group-name endpoint --description HTTPS --query GroupId --output text`,
  );
  for (const cidr of [here.cidr, there.cidr])
    await desk.laptop(
      account,
      `aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 443 --cidr ${cidr} --query Return`,
    );
  const endpoint = await desk.value(
    account,
    `aws ec2 create-vpc-endpoint --vpc-id ${there.vpc} --vpc-endpoint-type Interface --service-name com.amazonaws.${region}.ec2 --subnet-ids ${subnet} --security-group-ids ${group} --private-dns-enabled --query VpcEndpoint.VpcEndpointId --output text`,
  );
  await desk.pass(60_000);
  const name = await desk.value(
    account,
    `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${endpoint} --query "VpcEndpoints[0].DnsEntries[0].DnsName" --output text`,
  );
  desk.say("4.10 the service's own name is private in the endpoint's VPC only");
  for (const { instance } of [there, here])
    await desk.instance(account, instance, `dig +short ec2.${region}.amazonaws.com`);
  desk.say("the endpoint's name and address serve the peer too");
  await desk.instance(account, here.instance, `dig +short ${name}`);
  await desk.capture(
    account,
    here.instance,
    'tcpdump -nn -c 4 net 10.0.0.0/16',
    `aws ec2 describe-vpcs --endpoint-url https://${name} --query "Vpcs[].CidrBlock" --output text`,
  );
}

export const peeringEdges: readonly LabScript[] = [
  { name: 'gateways of the peer', type: gatewaysOfThePeer },
  { name: 'NAT gateway of the peer', type: natGatewayOfThePeer },
  { name: 'interface endpoint of the peer', type: interfaceEndpointOfThePeer },
];
