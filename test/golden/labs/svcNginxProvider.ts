import type { LabDesk } from '../../support/labDesk';

const account = 'provider';
const server = 'web-server';

/** A balancer in front of the web server, by its ARN, name and target group. */
export interface Balanced {
  readonly balancer: string;
  readonly balancerName: string;
  readonly targets: string;
}

/** nginx, target group, balancer, listener and a healthy target (steps 6.1-6.7). */
export async function provideBalancer(desk: LabDesk, { crossZone }: { crossZone: boolean }): Promise<Balanced> {
  desk.say('6.1 web server');
  await desk.instance(account, server, 'sudo dnf -y -q install nginx && sudo systemctl enable --now nginx');
  await desk.instance(account, server, 'curl -sI http://localhost/ | head -2');
  desk.say('6.2 target group');
  const { targets, vpc } = await createTargets(desk);
  desk.say('6.3 balancer');
  const subnets = await desk.value(
    account,
    `aws ec2 describe-subnets --filters Name=vpc-id,Values=${vpc} --query "join(' ', Subnets[].SubnetId)" --output text`,
  );
  const balancer = await createBalancer(desk, subnets);
  desk.say('6.4 listener');
  await targetHealth(desk, targets);
  await desk.laptop(
    account,
    `aws elbv2 create-listener --load-balancer-arn ${balancer} --protocol TCP --port 80 --default-actions Type=forward,TargetGroupArn=${targets} --query "Listeners[0].[Protocol,Port]" --output text`,
  );
  desk.say('6.6 target healthy');
  await targetHealth(desk, targets);
  await desk.laptop(account, `aws elbv2 wait target-in-service --target-group-arn ${targets}`);
  await targetHealth(desk, targets);
  if (crossZone) await turnCrossZoneOn(desk, balancer);
  const balancerName = await desk.value(
    account,
    `aws elbv2 describe-load-balancers --load-balancer-arns ${balancer} --query "LoadBalancers[0].DNSName" --output text`,
  );
  return { balancer, balancerName, targets };
}

/** The endpoint service of a balancer (step 6.9). */
export async function provideService(desk: LabDesk, { balancer }: Pick<Balanced, 'balancer'>) {
  const service = await desk.value(
    account,
    `aws ec2 create-vpc-endpoint-service-configuration --network-load-balancer-arns ${balancer} --acceptance-required --query ServiceConfiguration.ServiceId --output text`,
  );
  await desk.laptop(
    account,
    `aws ec2 describe-vpc-endpoint-service-configurations --service-ids ${service} --query "ServiceConfigurations[0].[ServiceState,AcceptanceRequired,AvailabilityZones,BaseEndpointDnsNames]"`,
  );
  return { service, name: `com.amazonaws.vpce.${desk.cloud.region}.${service}` };
}

/** What the balancer thinks of its target. */
export async function targetHealth(desk: LabDesk, targets: string): Promise<void> {
  await desk.laptop(
    account,
    `aws elbv2 describe-target-health --target-group-arn ${targets} --query "TargetHealthDescriptions[].TargetHealth.[State,Reason]" --output text`,
  );
}

/** The target group with the web server in it. */
export async function createTargets(desk: LabDesk) {
  const [id = '', vpc = ''] = (
    await desk.value(
      account,
      `aws ec2 describe-instances --filters Name=tag:Name,Values=${server} --query "Reservations[0].Instances[0].[InstanceId,VpcId]" --output text`,
    )
  ).split('\t');
  const targets = await desk.value(
    account,
    `aws elbv2 create-target-group --name web --protocol TCP --port 80 --vpc-id ${vpc} --target-type instance --query "TargetGroups[0].TargetGroupArn" --output text`,
  );
  await desk.laptop(account, `aws elbv2 register-targets --target-group-arn ${targets} --targets Id=${id}`);
  return { targets, vpc };
}

/** An internal balancer in some subnets, with the group that admits port 80. */
export async function createBalancer(desk: LabDesk, subnets: string): Promise<string> {
  const group = await webGroup(desk);
  const balancer = await desk.value(
    account,
    `aws elbv2 create-load-balancer --name web --type network --scheme internal --subnets ${subnets} --security-groups ${group} --query "LoadBalancers[0].LoadBalancerArn" --output text`,
  );
  await desk.laptop(account, `aws elbv2 wait load-balancer-available --load-balancer-arns ${balancer}`);
  return balancer;
}

async function turnCrossZoneOn(desk: LabDesk, balancer: string): Promise<void> {
  desk.say('6.7 cross-zone');
  await desk.laptop(
    account,
    `aws elbv2 modify-load-balancer-attributes --load-balancer-arn ${balancer} --attributes Key=load_balancing.cross_zone.enabled,Value=true --query "Attributes[?Key=='load_balancing.cross_zone.enabled'].Value" --output text`,
  );
}

/** Takes port 80 out of the group of web server and balancer. */
export async function closePort80(desk: LabDesk): Promise<void> {
  const group = await webGroup(desk);
  await desk.laptop(
    account,
    `aws ec2 revoke-security-group-ingress --group-id ${group} --protocol tcp --port 80 --cidr 0.0.0.0/0 --query Return`,
  );
}

/** The group that admits port 80. */
export const webGroup = (desk: LabDesk) =>
  desk.value(
    account,
    'aws ec2 describe-security-groups --group-names web --query "SecurityGroups[0].GroupId" --output text',
  );
