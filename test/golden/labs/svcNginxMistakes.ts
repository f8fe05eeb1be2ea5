import type { LabDesk } from '../../support/labDesk';
import type { LabScript } from './labScript';
import { closePort80, createBalancer, createTargets, provideService, webGroup } from './svcNginxProvider';

const account = 'provider';
const server = 'web-server';

async function webServer(desk: LabDesk): Promise<void> {
  const address = await desk.value(
    account,
    `aws ec2 describe-instances --filters Name=tag:Name,Values=${server} --query "Reservations[0].Instances[0].PublicIpAddress" --output text`,
  );
  const browse = `curl -sS -m 5 http://${address}/ | grep title`;
  desk.say('6.1 nothing listens: refused');
  await desk.laptop(account, browse);
  desk.say('installed, not started');
  await desk.instance(account, server, 'sudo dnf -y -q install nginx; systemctl is-active nginx');
  await desk.laptop(account, browse);
  await desk.instance(account, server, 'sudo systemctl enable --now nginx; systemctl is-active nginx');
  await desk.laptop(account, browse);
  desk.say('started, and port 80 closed: silence');
  await closePort80(desk);
  await desk.laptop(account, browse);
}

async function refusedListeners(desk: LabDesk): Promise<void> {
  const { targets, vpc } = await createTargets(desk);
  const http = await desk.value(
    account,
    `aws elbv2 create-target-group --name web-http --protocol HTTP --port 80 --vpc-id ${vpc} --query "TargetGroups[0].TargetGroupArn" --output text`,
  );
  const subnet = await desk.value(
    account,
    `aws ec2 describe-subnets --filters Name=vpc-id,Values=${vpc} --query "Subnets[0].SubnetId" --output text`,
  );
  const balancer = await desk.value(
    account,
    `aws elbv2 create-load-balancer --name bare --type network --scheme internal --subnets ${subnet} --query "LoadBalancers[0].LoadBalancerArn" --output text`,
  );
  desk.say('6.9 the balancer is not active yet');
  await desk.laptop(
    account,
    `aws ec2 create-vpc-endpoint-service-configuration --network-load-balancer-arns ${balancer} --acceptance-required`,
  );
  await desk.laptop(account, `aws elbv2 wait load-balancer-available --load-balancer-arns ${balancer}`);
  desk.say('6.2 HTTP is for Application Load Balancers');
  const listen = (group: string) =>
    desk.laptop(
      account,
      `aws elbv2 create-listener --load-balancer-arn ${balancer} --protocol TCP --port 80 --default-actions Type=forward,TargetGroupArn=${group} --query "Listeners[0].Port"`,
    );
  await listen(http);
  await listen(targets);
  desk.say('6.3 groups only at creation');
  const group = await webGroup(desk);
  await desk.laptop(
    account,
    `aws elbv2 set-security-groups --load-balancer-arn ${balancer} --security-groups ${group}`,
  );
}

async function refusedServices(desk: LabDesk): Promise<void> {
  const { service, name } = await desk.beforehand('a service in one zone', async () => {
    const { vpc } = await createTargets(desk);
    const subnet = await desk.value(
      account,
      `aws ec2 describe-subnets --filters Name=vpc-id,Values=${vpc} Name=availability-zone,Values=ap-south-1a --query "Subnets[0].SubnetId" --output text`,
    );
    const balancer = await createBalancer(desk, subnet);
    return { ...(await provideService(desk, { balancer })), balancer };
  });
  desk.say('6.9 a balancer backs only one service');
  await desk.laptop(
    account,
    `aws ec2 create-vpc-endpoint-service-configuration --acceptance-required --network-load-balancer-arns $(aws elbv2 describe-load-balancers --names web --query "LoadBalancers[0].LoadBalancerArn" --output text)`,
  );
  desk.say('6.12 an account number is no principal, a path never matches');
  for (const principal of ['444455556666', 'arn:aws:iam::444455556666:role/path/lab', '*'])
    await desk.laptop(
      account,
      `aws ec2 modify-vpc-endpoint-service-permissions --service-id ${service} --add-allowed-principals '${principal}' --query "AddedPrincipals[].[PrincipalType,Principal]" --output text`,
    );
  desk.say('6.15 a zone that is not offered');
  const [subnet = '', vpc = ''] = (
    await desk.value(
      'consumer',
      'aws ec2 describe-subnets --filters Name=availability-zone-id,Values=aps1-az3 --query "Subnets[0].[SubnetId,VpcId]" --output text',
    )
  ).split('\t');
  await desk.laptop(
    'consumer',
    `aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id ${vpc} --service-name ${name} --subnet-ids ${subnet} --no-private-dns-enabled`,
  );
}

/** What AWS refuses on the provider's side, and what the web server alone can do wrong. */
export const svcNginxMistakes: readonly LabScript[] = [
  { name: 'web server', type: webServer },
  { name: 'refused listeners', type: refusedListeners },
  { name: 'refused services', type: refusedServices },
];
