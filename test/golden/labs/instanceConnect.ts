import type { LabDesk } from '../../support/labDesk';
import { account, instance, subnetOf, vpcOf } from './endpointLines';
import { instanceGroupOf, letIn, letOut, logIn, makeConnectEndpoint, tryAgain } from './instanceConnectLines';
import type { LabScript } from './labScript';

async function noOutbound(desk: LabDesk): Promise<void> {
  desk.say("5.4 the endpoint's group lets nothing out: the login hangs");
  const { group } = await makeConnectEndpoint(desk, await vpcOf(desk), { outbound: false, inbound: true });
  await logIn(desk);
  desk.say('with the rule it works at once');
  await letOut(desk, group, await instanceGroupOf(desk));
  await tryAgain(desk);
}

async function noInbound(desk: LabDesk): Promise<void> {
  desk.say("5.4 the instance's group does not admit the endpoint");
  await makeConnectEndpoint(desk, await vpcOf(desk), { outbound: true, inbound: false });
  await logIn(desk);
}

async function preservedAddress(desk: LabDesk): Promise<void> {
  desk.say("5.4 the endpoint preserves the student's address: its group is not what the instance sees");
  const rules = { outbound: true, inbound: true, preservesClientIp: true };
  await makeConnectEndpoint(desk, await vpcOf(desk), rules);
  await logIn(desk);
  desk.say('what the instance must admit is that address');
  await letIn(desk, await instanceGroupOf(desk), '--cidr 198.51.100.7/32');
  await tryAgain(desk);
}

async function noPackage(desk: LabDesk): Promise<void> {
  await makeConnectEndpoint(desk, await vpcOf(desk), { outbound: true, inbound: true });
  desk.say('5.5 an image without the package ec2-instance-connect: the key is not accepted');
  await desk.instance(account, instance, 'sudo dnf -q -y remove ec2-instance-connect; rpm -q ec2-instance-connect');
  await logIn(desk);
}

async function secondOne(desk: LabDesk): Promise<void> {
  await makeConnectEndpoint(desk, await vpcOf(desk), { outbound: true, inbound: true });
  desk.say('5.3 a second one in the same VPC');
  const subnet = await subnetOf(desk);
  await desk.laptop(account, `aws ec2 create-instance-connect-endpoint --subnet-id ${subnet}`);
}

/** The mistakes about the login of the lab `iface-s3-eic`. */
export const instanceConnect: readonly LabScript[] = [
  { name: 'no outbound rule', type: noOutbound },
  { name: 'no inbound rule', type: noInbound },
  { name: 'preserved address', type: preservedAddress },
  { name: 'no package', type: noPackage },
  { name: 'second connect endpoint', type: secondOne },
];
