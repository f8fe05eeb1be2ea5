import type { LabDesk } from '../../support/labDesk';
import {
  account,
  createEndpoints,
  dnsSite,
  ec2,
  ec2Name,
  endpointGroup,
  instance,
  removeGateway,
  runCommand,
  sessionState,
  toHttps,
  value,
} from './dnsNoIgwSite';
import type { LabScript } from './labScript';

const describe = 'aws ec2 describe-instances --query "Reservations[].Instances[].State.Name"';

async function hostNamesOff(desk: LabDesk): Promise<void> {
  const site = await dnsSite(desk);
  await ec2(desk, `modify-vpc-attribute --vpc-id ${site.vpc} --no-enable-dns-hostnames`);
  const group = await endpointGroup(desk, site.vpc, '10.0.0.0/16');
  desk.say('private DNS needs both attributes');
  await createEndpoints(desk, site, group, ['ec2']);
}

async function ownNameServer(desk: LabDesk): Promise<void> {
  const site = await dnsSite(desk);
  const group = await endpointGroup(desk, site.vpc, '10.0.0.0/16');
  await createEndpoints(desk, site, group, ['ec2']);
  desk.say('7.2 a name server that is not there');
  const options = await value(
    desk,
    'create-dhcp-options --dhcp-configurations Key=domain-name-servers,Values=10.0.0.99 --query DhcpOptions.DhcpOptionsId',
  );
  await ec2(desk, `associate-dhcp-options --vpc-id ${site.vpc} --dhcp-options-id ${options}`);
  await ec2(desk, `reboot-instances --instance-ids ${site.id}`);
  await desk.pass(120_000);
  await desk.instance(account, instance, 'cat /etc/resolv.conf');
  await desk.instance(account, instance, `dig +short ${ec2Name}`);
  await desk.instance(account, instance, `AWS_MAX_ATTEMPTS=1 ${describe}`);
  desk.say('the resolver of the VPC still knows the name');
  await desk.instance(account, instance, `dig +short ${ec2Name} @10.0.0.2`);
}

async function noRole(desk: LabDesk): Promise<void> {
  const { subnet } = await dnsSite(desk);
  const id = await value(
    desk,
    `run-instances --image-id resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64 --instance-type t2.micro --subnet-id ${subnet} --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=no-role}]' --query "Instances[0].InstanceId"`,
  );
  await ec2(desk, `wait instance-status-ok --instance-ids ${id}`);
  desk.say('7.4 without a role it never appears');
  await sessionState(desk, id);
  await desk.laptop(account, `aws ssm start-session --target ${id}`);
  await desk.instance(account, 'no-role', describe);
}

async function slipsOfTheSeed(desk: LabDesk): Promise<void> {
  desk.say('7.6 version 1 of the metadata service');
  await desk.instance(
    account,
    instance,
    'curl -s -w "%{http_code}\\n" -o /dev/null http://169.254.169.254/latest/meta-data/instance-id',
  );
  await desk.instance(
    account,
    instance,
    'ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id | head -1); aws ec2 describe-instances --instance-ids "$ID"',
  );
  desk.say('7.7 the option misspelt, and a URL without its scheme');
  await desk.instance(account, instance, `aws ec2 describe-instances --endpont-url https://${ec2Name}`);
  await desk.instance(account, instance, `aws ec2 describe-instances --endpoint-url ${ec2Name}`);
}

async function sessionEndpointMissing(desk: LabDesk): Promise<void> {
  const site = await dnsSite(desk);
  await sessionState(desk, site.id);
  const group = await endpointGroup(desk, site.vpc, '10.0.0.0/16');
  desk.say('7.9 endpoints for EC2 and SSM, none for the messages');
  await createEndpoints(desk, site, group, ['ec2', 'ssm']);
  await removeGateway(desk, site);
  await desk.pass(1_200_000);
  await sessionState(desk, site.id);
  await desk.laptop(account, `aws ssm start-session --target ${site.id}`);
  desk.say('it comes late: the node recovers');
  await createEndpoints(desk, site, group, ['ssmmessages']);
  await desk.pass(600_000);
  await sessionState(desk, site.id);
  await runCommand(desk, site.id, 'hostname');
}

async function publicAddressMapped(desk: LabDesk): Promise<void> {
  const site = await dnsSite(desk);
  desk.say('7.11 the gateway first');
  await ec2(desk, `delete-internet-gateway --internet-gateway-id ${site.gateway}`);
  await ec2(desk, `detach-internet-gateway --internet-gateway-id ${site.gateway} --vpc-id ${site.vpc}`);
  desk.say('the address unmapped, the route left behind');
  await ec2(
    desk,
    `modify-network-interface-attribute --network-interface-id ${site.networkInterface} --no-associate-public-ip-address`,
  );
  await ec2(desk, `detach-internet-gateway --internet-gateway-id ${site.gateway} --vpc-id ${site.vpc}`);
  await ec2(
    desk,
    `describe-route-tables --route-table-ids ${site.table} --query "RouteTables[0].Routes[].[DestinationCidrBlock,GatewayId,State]" --output text`,
  );
}

async function endpointGroupClosed(desk: LabDesk): Promise<void> {
  const site = await dnsSite(desk);
  const group = await endpointGroup(desk, site.vpc);
  desk.say('7.12 the group of the endpoints admits nobody');
  await createEndpoints(desk, site, group, ['ec2', 'ssm', 'ssmmessages']);
  await removeGateway(desk, site);
  await desk.capture(account, instance, toHttps, `AWS_MAX_ATTEMPTS=1 ${describe} --cli-connect-timeout 20`);
  await desk.pass(1_200_000);
  await sessionState(desk, site.id);
}

export const dnsNoIgwMistakes: readonly LabScript[] = [
  { name: 'host names off', type: hostNamesOff },
  { name: 'own name server', type: ownNameServer },
  { name: 'no role', type: noRole },
  { name: 'slips of the seed', type: slipsOfTheSeed },
  { name: 'session endpoint missing', type: sessionEndpointMissing },
  { name: 'public address mapped', type: publicAddressMapped },
  { name: 'endpoint group closed', type: endpointGroupClosed },
];
