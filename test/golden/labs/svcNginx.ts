import type { AccountName, LabDesk } from '../../support/labDesk';
import type { LabScript } from './labScript';
import { type Balanced, provideBalancer, provideService } from './svcNginxProvider';

const provider = 'provider';
const consumer = 'consumer';
const server = 'web-server';
const client = 'client';
const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
const consumerArn = 'arn:aws:iam::444455556666:root';

const vpcOf = (desk: LabDesk, account: AccountName) =>
  desk.value(
    account,
    'aws ec2 describe-vpcs --filters Name=is-default,Values=true --query "Vpcs[0].VpcId" --output text',
  );

const lookUp = (desk: LabDesk, name: string) =>
  desk.laptop(
    consumer,
    `aws ec2 describe-vpc-endpoint-services --service-names ${name} --query "ServiceDetails[0].[Owner,AcceptanceRequired,AvailabilityZones]" --output json`,
  );

const allow = (desk: LabDesk, service: string) =>
  desk.laptop(
    provider,
    `aws ec2 modify-vpc-endpoint-service-permissions --service-id ${service} --add-allowed-principals ${consumerArn} --query "[ReturnValue,AddedPrincipals[].[PrincipalType,Principal]]"`,
  );

/** The consumer's endpoint in every subnet, with the group "web" (port 80) unless told otherwise. */
async function connect(desk: LabDesk, name: string, group = 'web') {
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
  return { endpoint, dnsName: await dnsNameOf(desk, endpoint) };
}

const dnsNameOf = (desk: LabDesk, endpoint: string) =>
  desk.value(
    consumer,
    `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${endpoint} --query "VpcEndpoints[0].DnsEntries[0].DnsName" --output text`,
  );

const stateOf = (desk: LabDesk, endpoint: string) =>
  desk.laptop(
    consumer,
    `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${endpoint} --query "VpcEndpoints[0].State" --output text`,
  );

const requests = (desk: LabDesk, service: string) =>
  desk.laptop(
    provider,
    `aws ec2 describe-vpc-endpoint-connections --filters Name=service-id,Values=${service} --query "VpcEndpointConnections[].[VpcEndpointId,VpcEndpointOwner,VpcEndpointState]" --output text`,
  );

async function decide(desk: LabDesk, decision: 'accept' | 'reject', service: string, endpoint: string): Promise<void> {
  await desk.laptop(
    provider,
    `aws ec2 ${decision}-vpc-endpoint-connections --service-id ${service} --vpc-endpoint-ids ${endpoint}`,
  );
  await desk.pass(120_000);
}

/** Everything up to an accepted connection. */
async function connected(desk: LabDesk, crossZone = true) {
  const balanced = await provideBalancer(desk, { crossZone });
  const { service, name } = await provideService(desk, balanced);
  await allow(desk, service);
  const { endpoint, dnsName } = await connect(desk, name);
  await decide(desk, 'accept', service, endpoint);
  return { ...balanced, service, name, endpoint, dnsName };
}

async function rightPath(desk: LabDesk): Promise<void> {
  const balanced = await provideBalancer(desk, { crossZone: true });
  desk.say('6.8 direct test');
  const second = await desk.value(
    provider,
    `aws ec2 run-instances --image-id ${image} --instance-type t2.micro --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=neighbour}]' --query "Instances[0].InstanceId" --output text`,
  );
  await desk.laptop(provider, `aws ec2 wait instance-status-ok --instance-ids ${second}`);
  await desk.instance(provider, 'neighbour', `curl -s http://${balanced.balancerName}/ | grep title`);
  desk.say('the only target cannot reach itself through its balancer: the source address would be its own');
  await desk.instance(provider, server, `curl -sS --connect-timeout 5 http://${balanced.balancerName}/`);
  desk.say('6.9 endpoint service');
  const { service, name } = await provideService(desk, balanced);
  desk.say('6.11 before the permission nobody else sees it');
  await lookUp(desk, name);
  desk.say('6.12 allow the principal, 6.13 look up again');
  await allow(desk, service);
  await lookUp(desk, name);
  desk.say('6.15 the endpoint waits for acceptance');
  const { endpoint, dnsName } = await connect(desk, name);
  await stateOf(desk, endpoint);
  desk.say('6.16 see the request, 6.17 accept it');
  await requests(desk, service);
  await decide(desk, 'accept', service, endpoint);
  await stateOf(desk, endpoint);
  desk.say('6.19 use it');
  await desk.instance(consumer, client, `dig +short ${dnsName} | sort`);
  await desk.capture(consumer, client, 'tcpdump -nn port 80', `curl -s http://${dnsName}/ | grep title`);
  desk.say('6.20 who called');
  await desk.instance(provider, server, "sudo grep curl /var/log/nginx/access.log | awk '{print $1, $6, $7, $9}'");
  await desk.laptop(
    provider,
    `aws ec2 describe-network-interfaces --filters "Name=description,Values=ELB net/*" --query "NetworkInterfaces[].[PrivateIpAddress,InterfaceType]" --output text`,
  );
  desk.say('6.22 clean up in order');
  await cleanUp(desk, { ...balanced, service, endpoint });
}

async function cleanUp(desk: LabDesk, made: Balanced & { service: string; endpoint: string }): Promise<void> {
  await desk.laptop(consumer, `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${made.endpoint}`);
  await desk.pass(240_000);
  await desk.laptop(provider, `aws ec2 delete-vpc-endpoint-service-configurations --service-ids ${made.service}`);
  await desk.laptop(provider, `aws elbv2 delete-load-balancer --load-balancer-arn ${made.balancer}`);
  await desk.laptop(provider, `aws elbv2 wait load-balancers-deleted --load-balancer-arns ${made.balancer}`);
  await desk.laptop(provider, `aws elbv2 delete-target-group --target-group-arn ${made.targets}`);
}

async function wrongOrder(desk: LabDesk): Promise<void> {
  const made = await desk.beforehand('a consumer is connected', () => connected(desk));
  desk.say('target group, balancer and service before the endpoint');
  await desk.laptop(provider, `aws elbv2 delete-target-group --target-group-arn ${made.targets}`);
  await desk.laptop(provider, `aws elbv2 delete-load-balancer --load-balancer-arn ${made.balancer}`);
  await desk.laptop(provider, `aws ec2 delete-vpc-endpoint-service-configurations --service-ids ${made.service}`);
  await cleanUp(desk, made);
}

async function noAcceptance(desk: LabDesk): Promise<void> {
  const { dnsName, endpoint, service } = await desk.beforehand('a consumer asked', async () => {
    const balanced = await provideBalancer(desk, { crossZone: true });
    const { service, name } = await provideService(desk, balanced);
    await allow(desk, service);
    return { service, ...(await connect(desk, name)) };
  });
  desk.say('nobody accepted');
  await stateOf(desk, endpoint);
  await desk.instance(consumer, client, `curl -sS --connect-timeout 5 http://${dnsName}/`);
  desk.say('rejected: a new one must be made');
  await decide(desk, 'reject', service, endpoint);
  await stateOf(desk, endpoint);
  await requests(desk, service);
  await decide(desk, 'accept', service, endpoint);
  await desk.instance(consumer, client, `curl -sS --connect-timeout 5 http://${dnsName}/`);
}

async function rejectedLater(desk: LabDesk): Promise<void> {
  const { service, endpoint, dnsName } = await desk.beforehand('a consumer is connected', () => connected(desk));
  await desk.instance(consumer, client, `curl -s http://${dnsName}/ | grep title`);
  desk.say('an available connection may still be rejected');
  await decide(desk, 'reject', service, endpoint);
  await stateOf(desk, endpoint);
  await desk.instance(consumer, client, `curl -sS --connect-timeout 5 http://${dnsName}/`);
}

async function port80Closed(desk: LabDesk): Promise<void> {
  const { endpoint, dnsName } = await desk.beforehand('a consumer connected with a group without port 80', async () => {
    const balanced = await provideBalancer(desk, { crossZone: true });
    const { service, name } = await provideService(desk, balanced);
    await allow(desk, service);
    await desk.laptop(
      consumer,
      `aws ec2 create-security-group --group-name https-only --description "HTTPS only" --vpc-id ${await vpcOf(desk, consumer)}`,
    );
    await desk.laptop(
      consumer,
      'aws ec2 authorize-security-group-ingress --group-name https-only --protocol tcp --port 443 --cidr 172.31.0.0/16',
    );
    const connection = await connect(desk, name, 'https-only');
    await decide(desk, 'accept', service, connection.endpoint);
    return connection;
  });
  desk.say('all is available, and curl hangs');
  await stateOf(desk, endpoint);
  await desk.capture(consumer, client, 'tcpdump -nn port 80', `curl -sS --connect-timeout 12 http://${dnsName}/`);
}

async function crossZoneOff(desk: LabDesk): Promise<void> {
  const { dnsName, balancer } = await desk.beforehand('a consumer is connected, cross-zone is off', () =>
    connected(desk, false),
  );
  desk.say('one address of three answers');
  const all = `for a in $(dig +short ${dnsName} | sort); do curl -sS -o /dev/null -w '%{http_code}\\n' --connect-timeout 3 http://$a/; done`;
  await desk.instance(consumer, client, all);
  await desk.laptop(
    provider,
    `aws elbv2 modify-load-balancer-attributes --load-balancer-arn ${balancer} --attributes Key=load_balancing.cross_zone.enabled,Value=true --query "Attributes[?Key=='load_balancing.cross_zone.enabled'].Value" --output text`,
  );
  await desk.pass(60_000);
  await desk.instance(consumer, client, all);
}

async function privateName(desk: LabDesk): Promise<void> {
  const { service, endpoint } = await desk.beforehand('a consumer is connected', () => connected(desk));
  desk.say('6.21 a private name needs a verified domain');
  await desk.laptop(
    provider,
    `aws ec2 modify-vpc-endpoint-service-configuration --service-id ${service} --private-dns-name web.example.com`,
  );
  const state = `aws ec2 describe-vpc-endpoint-service-configurations --service-ids ${service} --query "ServiceConfigurations[0].[PrivateDnsName,PrivateDnsNameConfiguration.[State,Type]]"`;
  await desk.laptop(provider, state);
  await desk.laptop(consumer, `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpoint} --private-dns-enabled`);
  await desk.laptop(provider, `aws ec2 start-vpc-endpoint-service-private-dns-verification --service-id ${service}`);
  await desk.pass(600_000);
  await desk.laptop(provider, state);
  await desk.laptop(consumer, `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpoint} --private-dns-enabled`);
  await desk.pass(120_000);
  await desk.instance(consumer, client, 'dig +short web.example.com | sort');
  await desk.instance(consumer, client, 'curl -s http://web.example.com/ | grep title');
}

export const svcNginx: readonly LabScript[] = [
  { name: 'right path', type: rightPath },
  { name: 'wrong order', type: wrongOrder },
  { name: 'no acceptance', type: noAcceptance },
  { name: 'rejected later', type: rejectedLater },
  { name: 'port 80 closed', type: port80Closed },
  { name: 'cross zone off', type: crossZoneOff },
  { name: 'private name', type: privateName },
];
