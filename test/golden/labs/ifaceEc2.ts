import type { LabDesk } from '../../support/labDesk';
import { showInterfaces } from './endpointLines';
import type { LabScript } from './labScript';

const account = 'consumer';
const instance = 'consumer-instance';
const service = 'com.amazonaws.ap-south-1.ec2';
const name = 'ec2.ap-south-1.amazonaws.com';
const toHttps = 'tcpdump -nn -c 5 dst port 443 and not dst host 169.254.169.254';
const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
const describeOne = 'aws ec2 describe-instances --query "Reservations[].Instances[].State.Name | [0]"';

const trustOf = (principal: string) =>
  `'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"${principal}"},"Action":"sts:AssumeRole"}]}'`;

/** The default VPC, one subnet of it in each zone. */
async function siteOf(desk: LabDesk) {
  const vpc = await desk.value(
    account,
    'aws ec2 describe-vpcs --filters Name=is-default,Values=true --query "Vpcs[0].VpcId" --output text',
  );
  const subnets = await desk.value(
    account,
    `aws ec2 describe-subnets --filters Name=vpc-id,Values=${vpc} --query "join(' ', Subnets[].SubnetId)" --output text`,
  );
  return { vpc, subnets };
}

/** A role with a policy, in a profile of the same name. */
async function createRole(desk: LabDesk, role: string, principal: string): Promise<void> {
  await desk.laptop(
    account,
    `aws iam create-role --role-name ${role} --assume-role-policy-document ${trustOf(principal)} --query Role.Arn`,
  );
  await desk.laptop(
    account,
    `aws iam attach-role-policy --role-name ${role} --policy-arn arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess`,
  );
  await desk.laptop(
    account,
    `aws iam create-instance-profile --instance-profile-name ${role} --query InstanceProfile.Arn`,
  );
  await desk.laptop(
    account,
    `aws iam add-role-to-instance-profile --instance-profile-name ${role} --role-name ${role}`,
  );
}

async function launch(desk: LabDesk, tag: string, more: string): Promise<string> {
  const id = await desk.value(
    account,
    `aws ec2 run-instances --image-id ${image} --instance-type t2.micro${more} --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=${tag}}]' --query "Instances[0].InstanceId" --output text`,
  );
  if (id.startsWith('i-')) await desk.laptop(account, `aws ec2 wait instance-status-ok --instance-ids ${id}`);
  return id;
}

/** A group that admits port 443 from the VPC. */
async function createGroup(desk: LabDesk, vpc: string): Promise<string> {
  const group = await desk.value(
    account,
    `aws ec2 create-security-group --group-name endpoint --description "HTTPS from the VPC" --vpc-id ${vpc} --query GroupId --output text`,
  );
  await desk.laptop(
    account,
    `aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 443 --cidr 172.31.0.0/16 --query Return`,
  );
  return group;
}

async function createEndpoint(desk: LabDesk, vpc: string, subnets: string, more: string): Promise<string> {
  const endpoint = await desk.value(
    account,
    `aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id ${vpc} --service-name ${service} --subnet-ids ${subnets}${more} --query VpcEndpoint.VpcEndpointId --output text`,
  );
  await desk.pass(180_000);
  return endpoint;
}

async function showEndpoint(desk: LabDesk, endpoint: string): Promise<void> {
  await desk.laptop(
    account,
    `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${endpoint} --query "VpcEndpoints[0].[State,PrivateDnsEnabled,DnsEntries[].DnsName]"`,
  );
  await showInterfaces(desk, endpoint);
}

async function rightPath(desk: LabDesk): Promise<void> {
  const { vpc, subnets } = await siteOf(desk);
  desk.say('1.1 a role for EC2 with read-only rights, in a profile');
  await createRole(desk, 'lab-ec2', 'ec2.amazonaws.com');
  desk.say('1.2 launch with it: a profile made seconds ago is not known to EC2 yet');
  await launch(desk, 'lab', ' --iam-instance-profile Name=lab-ec2');
  await desk.pass(15_000);
  const id = await launch(desk, 'lab', ' --iam-instance-profile Name=lab-ec2');
  desk.say('1.4 a group for the endpoint');
  const group = await createGroup(desk, vpc);
  desk.say('1.5 before and after the endpoint: the name');
  await desk.instance(account, 'lab', `dig +short ${name}`);
  const endpoint = await createEndpoint(desk, vpc, subnets, ` --security-group-ids ${group} --private-dns-enabled`);
  desk.say('1.6 the name now resolves inside');
  await desk.instance(account, 'lab', `dig +short ${name} | sort`);
  desk.say('1.7 capture, and 1.8 match the address');
  await desk.capture(account, 'lab', toHttps, `${describeOne} --region ap-south-1`);
  await desk.capture(account, 'lab', 'tcpdump -c 5 dst port 443 and not dst host 169.254.169.254', describeOne);
  await showEndpoint(desk, endpoint);
  desk.say('1.9 clean up: the group cannot go before the interfaces');
  await desk.laptop(account, `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${endpoint}`);
  await desk.laptop(account, `aws ec2 delete-security-group --group-id ${group}`);
  await desk.pass(240_000);
  await desk.laptop(account, `aws ec2 delete-security-group --group-id ${group}`);
  await desk.laptop(account, `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${endpoint}`);
  await desk.laptop(
    account,
    `aws ec2 terminate-instances --instance-ids ${id} --query "TerminatingInstances[].CurrentState.Name"`,
  );
  await desk.laptop(account, `aws ec2 wait instance-terminated --instance-ids ${id}`);
  await removeRole(desk, 'lab-ec2');
}

async function removeRole(desk: LabDesk, role: string): Promise<void> {
  await desk.laptop(account, `aws iam delete-role --role-name ${role}`);
  await desk.laptop(account, `aws iam delete-instance-profile --instance-profile-name ${role}`);
  await desk.laptop(
    account,
    `aws iam remove-role-from-instance-profile --instance-profile-name ${role} --role-name ${role}`,
  );
  await desk.laptop(account, `aws iam delete-instance-profile --instance-profile-name ${role}`);
  await desk.laptop(
    account,
    `aws iam detach-role-policy --role-name ${role} --policy-arn arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess`,
  );
  await desk.laptop(account, `aws iam delete-role --role-name ${role}`);
}

async function credentials(desk: LabDesk): Promise<void> {
  desk.say('no profile at all');
  await launch(desk, 'no-profile', '');
  await desk.instance(account, 'no-profile', describeOne);
  desk.say('a role that trusts another service');
  await createRole(desk, 'wrong-trust', 'lambda.amazonaws.com');
  await desk.pass(15_000);
  await launch(desk, 'wrong-trust', ' --iam-instance-profile Name=wrong-trust');
  await desk.instance(account, 'wrong-trust', describeOne);
}

async function rights(desk: LabDesk): Promise<void> {
  desk.say('the policy is missing: the network is fine');
  const role = 'practice-instance';
  await desk.laptop(
    account,
    `aws iam detach-role-policy --role-name ${role} --policy-arn arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess`,
  );
  await desk.capture(account, instance, toHttps, describeOne);
}

async function groupWithout443(desk: LabDesk): Promise<void> {
  const { vpc, subnets } = await siteOf(desk);
  desk.say('the group of the launch wizard: SSH only');
  const group = await desk.value(
    account,
    'aws ec2 describe-security-groups --group-names launch-wizard-1 --query "SecurityGroups[0].GroupId" --output text',
  );
  const [first = ''] = subnets.split(' ');
  await createEndpoint(desk, vpc, first, ` --security-group-ids ${group} --private-dns-enabled`);
  await desk.instance(account, instance, 'date +%s > /tmp/began');
  await desk.capture(account, instance, 'tcpdump -nn dst port 443 and not dst host 169.254.169.254', describeOne);
  await desk.instance(account, instance, 'echo $(( $(date +%s) - $(cat /tmp/began) )) seconds');
}

async function creation(desk: LabDesk): Promise<void> {
  const { vpc, subnets } = await siteOf(desk);
  const [first = ''] = subnets.split(' ');
  desk.say('a DNS attribute off');
  await desk.laptop(account, `aws ec2 modify-vpc-attribute --vpc-id ${vpc} --no-enable-dns-hostnames`);
  await createEndpoint(desk, vpc, first, ' --private-dns-enabled');
  await desk.laptop(account, `aws ec2 modify-vpc-attribute --vpc-id ${vpc} --enable-dns-hostnames`);
  desk.say('two subnets of one zone');
  const zone = await desk.value(
    account,
    `aws ec2 describe-subnets --subnet-ids ${first} --query "Subnets[0].AvailabilityZone" --output text`,
  );
  const second = await desk.value(
    account,
    `aws ec2 create-subnet --vpc-id ${vpc} --cidr-block 172.31.200.0/24 --availability-zone ${zone} --query Subnet.SubnetId --output text`,
  );
  await createEndpoint(desk, vpc, `${first} ${second}`, ' --private-dns-enabled');
  desk.say('a second endpoint with the same private name');
  await createEndpoint(desk, vpc, first, ' --private-dns-enabled');
  await createEndpoint(desk, vpc, first, ' --private-dns-enabled');
}

async function privateDnsOff(desk: LabDesk): Promise<void> {
  const { vpc, subnets } = await siteOf(desk);
  const endpoint = await createEndpoint(desk, vpc, subnets, ' --no-private-dns-enabled');
  await desk.instance(account, instance, `dig +short ${name}`);
  await desk.capture(account, instance, toHttps, describeOne);
  await showEndpoint(desk, endpoint);
}

async function otherVpc(desk: LabDesk): Promise<void> {
  const vpc = await desk.value(account, 'aws ec2 create-vpc --cidr-block 10.9.0.0/16 --query Vpc.VpcId --output text');
  await desk.laptop(account, `aws ec2 modify-vpc-attribute --vpc-id ${vpc} --enable-dns-hostnames`);
  const subnet = await desk.value(
    account,
    `aws ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.9.0.0/24 --query Subnet.SubnetId --output text`,
  );
  const endpoint = await createEndpoint(desk, vpc, subnet, ' --private-dns-enabled');
  await showEndpoint(desk, endpoint);
  desk.say('in the default VPC nothing changed');
  await desk.instance(account, instance, `dig +short ${name}`);
}

async function otherNameServer(desk: LabDesk): Promise<void> {
  const { vpc, subnets } = await siteOf(desk);
  const options = await desk.value(
    account,
    'aws ec2 create-dhcp-options --dhcp-configurations Key=domain-name-servers,Values=8.8.8.8 --query DhcpOptions.DhcpOptionsId --output text',
  );
  await desk.laptop(account, `aws ec2 associate-dhcp-options --vpc-id ${vpc} --dhcp-options-id ${options}`);
  await createEndpoint(desk, vpc, subnets, ' --private-dns-enabled');
  desk.say('the lease is renewed at a restart');
  const id = await desk.value(
    account,
    `aws ec2 describe-instances --filters Name=tag:Name,Values=${instance} --query "Reservations[0].Instances[0].InstanceId" --output text`,
  );
  await desk.laptop(account, `aws ec2 reboot-instances --instance-ids ${id}`);
  await desk.pass(120_000);
  await desk.instance(account, instance, 'cat /etc/resolv.conf');
  await desk.instance(account, instance, `dig +short ${name}`);
  await desk.instance(account, instance, `dig +short ${name} @169.254.169.253 | sort`);
}

export const ifaceEc2: readonly LabScript[] = [
  { name: 'right path', type: rightPath },
  { name: 'no credentials', type: credentials },
  { name: 'no rights', type: rights },
  { name: 'group without 443', type: groupWithout443 },
  { name: 'refused creations', type: creation },
  { name: 'private DNS off', type: privateDnsOff },
  { name: 'other VPC', type: otherVpc },
  { name: 'other name server', type: otherNameServer },
];
