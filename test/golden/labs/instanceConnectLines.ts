/** What is typed on the laptop about an EC2 Instance Connect Endpoint, and the login through it. */
import type { LabDesk } from '../../support/labDesk';
import { account, endpointMs, instanceIdOf, makeGroup, subnetOf } from './endpointLines';

const hideOutput = '--query Return --output text';

export interface ConnectEndpoint {
  readonly id: string;
  readonly group: string;
}

export interface ConnectRules {
  /** Port 22, out of the endpoint's group to the instance's. */
  readonly outbound: boolean;
  /** Port 22, from the endpoint's group into the instance's. */
  readonly inbound: boolean;
  readonly preservesClientIp?: boolean;
}

export const instanceGroupOf = (desk: LabDesk) =>
  desk.value(
    account,
    'aws ec2 describe-security-groups --filters Name=group-name,Values=private-instance --query "SecurityGroups[0].GroupId" --output text',
  );

/** What lets SSH out of the endpoint's group. */
export const letOut = (desk: LabDesk, group: string, to: string) =>
  desk.laptop(
    account,
    `aws ec2 authorize-security-group-egress --group-id ${group} --ip-permissions IpProtocol=tcp,FromPort=22,ToPort=22,UserIdGroupPairs=[{GroupId=${to}}] ${hideOutput}`,
  );

/** What lets SSH into the instance's group. */
export const letIn = (desk: LabDesk, group: string, from: string) =>
  desk.laptop(
    account,
    `aws ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 22 ${from} ${hideOutput}`,
  );

/** An endpoint in the private subnet, waited for; its group has no inbound rule at all. */
export async function makeConnectEndpoint(desk: LabDesk, vpc: string, rules: ConnectRules): Promise<ConnectEndpoint> {
  const group = await makeGroup(desk, vpc, 'instance-connect');
  await desk.laptop(
    account,
    `aws ec2 revoke-security-group-egress --group-id ${group} --protocol=-1 --cidr 0.0.0.0/0 ${hideOutput}`,
  );
  const inside = await instanceGroupOf(desk);
  if (rules.outbound) await letOut(desk, group, inside);
  if (rules.inbound) await letIn(desk, inside, `--source-group ${group}`);
  const subnet = await subnetOf(desk);
  const preserve = rules.preservesClientIp ? '--preserve-client-ip' : '--no-preserve-client-ip';
  const id = await desk.value(
    account,
    `aws ec2 create-instance-connect-endpoint --subnet-id ${subnet} --security-group-ids ${group} ${preserve} --query InstanceConnectEndpoint.InstanceConnectEndpointId --output text`,
  );
  await desk.pass(2 * endpointMs);
  await desk.laptop(
    account,
    `aws ec2 describe-instance-connect-endpoints --instance-connect-endpoint-ids ${id} --query "InstanceConnectEndpoints[0].[State,PreserveClientIp]" --output text`,
  );
  return { id, group };
}

/** Logs in from the laptop with a pushed key. */
export async function logIn(desk: LabDesk): Promise<void> {
  await desk.laptop(account, 'ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519');
  await tryAgain(desk);
}

/** The same, with the key that is there. */
export async function tryAgain(desk: LabDesk): Promise<void> {
  const id = await instanceIdOf(desk);
  await desk.laptop(
    account,
    `aws ec2-instance-connect send-ssh-public-key --instance-id ${id} --instance-os-user ec2-user --ssh-public-key file://~/.ssh/id_ed25519.pub --query Success`,
  );
  await desk.laptop(
    account,
    `ssh -o StrictHostKeyChecking=no -o ProxyCommand='aws ec2-instance-connect open-tunnel --instance-id ${id}' ec2-user@${id} 'whoami; echo \${SSH_CONNECTION%% *}'`,
  );
}

export const showConnectInterface = (desk: LabDesk, { id }: ConnectEndpoint) =>
  desk.laptop(
    account,
    `aws ec2 describe-network-interfaces --filters "Name=description,Values=EC2 Instance Connect Endpoint ${id}" --query "NetworkInterfaces[].[PrivateIpAddress,InterfaceType,Status]" --output text`,
  );

/** Deletes the endpoint and, when its interface is gone, what its group was for. */
export async function forgetConnectEndpoint(desk: LabDesk, { id, group }: ConnectEndpoint): Promise<void> {
  const inside = await instanceGroupOf(desk);
  await desk.laptop(
    account,
    `aws ec2 delete-instance-connect-endpoint --instance-connect-endpoint-id ${id} --query InstanceConnectEndpoint.State --output text`,
  );
  await desk.laptop(
    account,
    `aws ec2 revoke-security-group-ingress --group-id ${inside} --protocol tcp --port 22 --source-group ${group} ${hideOutput}`,
  );
  await desk.laptop(account, `aws ec2 delete-security-group --group-id ${group}`);
  await desk.pass(endpointMs);
  await desk.laptop(account, `aws ec2 describe-instance-connect-endpoints --instance-connect-endpoint-ids ${id}`);
  await desk.laptop(account, `aws ec2 delete-security-group --group-id ${group} ${hideOutput}`);
}
