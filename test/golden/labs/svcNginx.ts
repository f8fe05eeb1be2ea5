import type { LabDesk } from '../../support/labDesk';
import type { LabScript } from './labScript';
import { allow, connect, connected, decide, lookUp, requests, stateOf } from './svcNginxConsumer';
import { type Balanced, provideBalancer, provideService } from './svcNginxProvider';

const provider = 'provider';
const consumer = 'consumer';
const server = 'web-server';
const client = 'client';
const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

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
  { name: 'private name', type: privateName },
];
