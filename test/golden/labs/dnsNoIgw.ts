import type { LabDesk } from '../../support/labDesk';
import {
  account,
  createEndpoints,
  type DnsSite,
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

const readId = [
  "TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 300')",
  'ID=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)',
].join('; ');
const describe = 'aws ec2 describe-instances --instance-ids $ID --query "Reservations[].Instances[].State.Name"';
const describeOne = `${readId}; ${describe} --region ap-south-1`;

async function names(desk: LabDesk): Promise<void> {
  await desk.instance(account, instance, `dig +short ${ec2Name}`);
  await desk.instance(account, instance, `dig +short -x $(dig +short ${ec2Name})`);
}

async function rightPath(desk: LabDesk): Promise<void> {
  const site = await dnsSite(desk);
  desk.say('7.5 the resolver');
  await desk.instance(account, instance, 'cat /etc/resolv.conf');
  desk.say('7.6 an API call over the internet');
  await desk.capture(account, instance, toHttps, describeOne);
  desk.say('7.7 the same endpoint by its URL');
  await desk.instance(account, instance, `${readId}; ${describe} --endpoint-url https://${ec2Name}`);
  desk.say('7.8 the name before');
  await names(desk);
  desk.say('7.9 endpoints');
  const group = await endpointGroup(desk, site.vpc, '10.0.0.0/16');
  const endpoints = await createEndpoints(desk, site, group, ['ssm', 'ssmmessages', 'ec2messages', 'ec2']);
  desk.say('7.10 the name after');
  await names(desk);
  desk.say('7.11 remove the gateway');
  await removeGateway(desk, site);
  await desk.pass(600_000);
  desk.say('7.12 still alive');
  await sessionState(desk, site.id);
  await runCommand(desk, site.id, `dig +short ${ec2Name}`);
  await desk.capture(account, instance, toHttps, describeOne);
  await desk.instance(account, instance, 'curl -m 5 https://example.com');
  await cleanUp(desk, site, endpoints, group);
}

async function cleanUp(desk: LabDesk, site: DnsSite, endpoints: readonly string[], group: string): Promise<void> {
  desk.say('7.13 clean up: first the endpoints, and wait');
  await ec2(desk, `delete-vpc-endpoints --vpc-endpoint-ids ${endpoints.join(' ')}`);
  await ec2(desk, `delete-security-group --group-id ${group}`);
  await desk.pass(60_000);
  await ec2(desk, `delete-security-group --group-id ${group}`);
  await ec2(desk, `terminate-instances --instance-ids ${site.id} --query "TerminatingInstances[].CurrentState.Name"`);
  await ec2(desk, `wait instance-terminated --instance-ids ${site.id}`);
  await ec2(desk, `delete-subnet --subnet-id ${site.subnet}`);
  const left = await value(
    desk,
    `describe-security-groups --filters Name=vpc-id,Values=${site.vpc} Name=group-name,Values=no-ingress --query "SecurityGroups[0].GroupId"`,
  );
  await ec2(desk, `delete-security-group --group-id ${left}`);
  await ec2(desk, `delete-vpc --vpc-id ${site.vpc}`);
}

async function fromNothing(desk: LabDesk): Promise<void> {
  desk.say('7.1 a VPC of its own has DNS host names off');
  const vpc = await value(desk, 'create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId');
  await ec2(desk, `describe-vpc-attribute --vpc-id ${vpc} --attribute enableDnsHostnames --query EnableDnsHostnames`);
  await ec2(desk, `modify-vpc-attribute --vpc-id ${vpc} --enable-dns-support`);
  await ec2(desk, `modify-vpc-attribute --vpc-id ${vpc} --enable-dns-hostnames`);
  const subnet = await value(desk, `create-subnet --vpc-id ${vpc} --cidr-block 10.0.0.0/24 --query Subnet.SubnetId`);
  await ec2(desk, `modify-subnet-attribute --subnet-id ${subnet} --map-public-ip-on-launch`);
  const table = await value(desk, `create-route-table --vpc-id ${vpc} --query RouteTable.RouteTableId`);
  await ec2(
    desk,
    `associate-route-table --route-table-id ${table} --subnet-id ${subnet} --query AssociationState.State`,
  );
  desk.say('7.2 DHCP options');
  const options = await value(
    desk,
    'create-dhcp-options --dhcp-configurations Key=domain-name,Values=ap-south-1.compute.internal Key=domain-name-servers,Values=AmazonProvidedDNS --query DhcpOptions.DhcpOptionsId',
  );
  await ec2(desk, `associate-dhcp-options --vpc-id ${vpc} --dhcp-options-id ${options}`);
  desk.say('7.3 the internet gateway');
  const gateway = await value(desk, 'create-internet-gateway --query InternetGateway.InternetGatewayId');
  await ec2(desk, `attach-internet-gateway --vpc-id ${vpc} --internet-gateway-id ${gateway}`);
  await ec2(
    desk,
    `create-route --route-table-id ${table} --destination-cidr-block 0.0.0.0/0 --gateway-id ${gateway} --query Return`,
  );
  desk.say('7.4 the instance, with its packages from user data');
  const group = await value(
    desk,
    `create-security-group --vpc-id ${vpc} --group-name dns --description Outbound --query GroupId`,
  );
  const id = await value(
    desk,
    `run-instances --image-id resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64 --instance-type t2.micro --subnet-id ${subnet} --security-group-ids ${group} --iam-instance-profile Name=lab-instance --user-data '#!/bin/bash
dnf install -y nmap bind-utils tmux tcpdump' --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=by-hand}]' --query "Instances[0].InstanceId"`,
  );
  await ec2(desk, `wait instance-status-ok --instance-ids ${id}`);
  await desk.pass(120_000);
  await sessionState(desk, id);
  await desk.instance(account, 'by-hand', 'cat /etc/resolv.conf');
  await desk.instance(account, 'by-hand', 'dig -v; nmap --version | grep version; rpm -q tmux tcpdump');
  await desk.instance(account, 'by-hand', describeOne);
  desk.say('7.13 a DHCP set in use stays');
  await ec2(desk, `delete-dhcp-options --dhcp-options-id ${options}`);
  await ec2(desk, `associate-dhcp-options --vpc-id ${vpc} --dhcp-options-id default`);
  await ec2(desk, `delete-dhcp-options --dhcp-options-id ${options}`);
}

export const dnsNoIgw: readonly LabScript[] = [
  { name: 'right path', type: rightPath },
  { name: 'from nothing', type: fromNothing },
];
