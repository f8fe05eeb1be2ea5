import assert from 'node:assert/strict';
import type { Student } from '../../support/labWalk';

export interface Endpoint {
  readonly VpcEndpointId: string;
  readonly VpcEndpointType: string;
  readonly State: string;
  readonly VpcId: string;
  readonly ServiceName: string;
  readonly PrivateDnsEnabled: boolean;
  readonly SubnetIds: readonly string[];
  readonly RouteTableIds: readonly string[];
  readonly NetworkInterfaceIds: readonly string[];
  readonly DnsEntries: readonly { readonly DnsName: string }[];
}

/** The role that EC2 may assume, as the console writes it. */
export const ec2Trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

export const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

/** What the world has ready, found by its Name tag. */
export function instanceNamed(student: Student, name: string): Promise<string> {
  return student.pick(
    `ec2 describe-instances --filters Name=tag:Name,Values=${name}`,
    'Reservations[0].Instances[0].InstanceId',
  );
}

export interface Standing {
  readonly InstanceId: string;
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly PrivateIpAddress: string;
  readonly PublicIpAddress?: string;
  readonly IamInstanceProfile?: { readonly Arn: string };
  readonly SecurityGroups: readonly { readonly GroupId: string }[];
}

export async function standingOf(student: Student, name: string): Promise<Standing> {
  return student.ask<Standing>(
    `ec2 describe-instances --filters Name=tag:Name,Values=${name} Name=instance-state-name,Values=running`,
    '--query',
    'Reservations[0].Instances[0]',
  );
}

export function securityGroup(student: Student, vpcId: string, name: string): Promise<string> {
  return student.pick(
    `ec2 create-security-group --vpc-id ${vpcId} --group-name ${name} --description ${name}`,
    'GroupId',
  );
}

export async function admit(student: Student, group: string, port: number, cidr: string): Promise<void> {
  await student.ask(
    `ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port ${port} --cidr ${cidr}`,
  );
}

/** Makes an endpoint and waits until it is available. */
export async function availableEndpoint(student: Student, vpcId: string, rest: string): Promise<Endpoint> {
  const id = await student.pick(`ec2 create-vpc-endpoint --vpc-id ${vpcId} ${rest}`, 'VpcEndpoint.VpcEndpointId');
  return becomeAvailable(student, id);
}

export async function becomeAvailable(student: Student, id: string): Promise<Endpoint> {
  const describe = `ec2 describe-vpc-endpoints --vpc-endpoint-ids ${id}`;
  await student.becomes('available', describe, 'VpcEndpoints[0].State');
  return student.ask<Endpoint>(describe, '--query', 'VpcEndpoints[0]');
}

/** The private addresses of an endpoint's interfaces. */
export function addressesOf(student: Student, { NetworkInterfaceIds }: Endpoint): Promise<readonly string[]> {
  return student.ask(
    `ec2 describe-network-interfaces --network-interface-ids ${NetworkInterfaceIds.join(' ')}`,
    '--query',
    'NetworkInterfaces[].PrivateIpAddress',
  );
}

export async function deleteEndpoints(student: Student, ...ids: readonly string[]): Promise<void> {
  const { Unsuccessful } = await student.ask<{ Unsuccessful: unknown[] }>(
    `ec2 delete-vpc-endpoints --vpc-endpoint-ids ${ids.join(' ')}`,
  );
  assert.deepEqual(Unsuccessful, []);
  for (const id of ids) await student.isGone(id);
}

export async function terminate(student: Student, ...ids: readonly string[]): Promise<void> {
  const line = `--instance-ids ${ids.join(' ')}`;
  await student.ask(`ec2 terminate-instances ${line}`);
  await student.becomes(
    ids.map(() => 'terminated'),
    `ec2 describe-instances ${line}`,
    'Reservations[].Instances[].State.Name',
  );
}

/**
 * Captures on an instance what goes to TCP ports 443 and 80 while a line is typed in the same session. Resolves with the line's own output
 * and exit code, and the destination of every connection that was tried, with whether anything after the first packet was sent to it.
 */
export async function watched(student: Student, instance: string, line: string, port = 443) {
  const capture = `sudo tcpdump -nn -l dst port ${port} > /tmp/packets 2>/dev/null & sleep 1; ${line} > /tmp/output 2>&1; status=$?; sleep 1; sudo pkill tcpdump; cat /tmp/output; echo ----; cat /tmp/packets; exit $status`;
  const { output, exitCode } = await student.type(instance, capture);
  const [shown = '', packets = ''] = output.split('----\n');
  const lines = packets.split('\n').flatMap(text => {
    const found = new RegExp(`IP (\\S+) > (\\d+\\.\\d+\\.\\d+\\.\\d+)\\.${port}: Flags \\[([^\\]]+)\\]`).exec(text);
    return found ? [{ conversation: `${found[1]} ${found[2]}`, to: found[2] ?? '', flags: found[3] ?? '' }] : [];
  });
  const tried = lines.filter(({ flags }) => flags === 'S');
  const opened = tried.filter(({ conversation }) =>
    lines.some(each => each.conversation === conversation && /^(P?\.)$/.test(each.flags)),
  );
  return {
    shown,
    exitCode,
    tried: [...new Set(tried.map(({ to }) => to))],
    opened: [...new Set(opened.map(({ to }) => to))],
  };
}

export function isPrivate(address: string): boolean {
  return /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.)/.test(address);
}
