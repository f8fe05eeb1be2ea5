import assert from 'node:assert/strict';
import {
  CreateSecurityGroupCommand,
  CreateVpcEndpointCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { StartSessionCommand } from '@aws-sdk/client-ssm';
import type { PracticeClients, TestCloud } from '../../../support/practice';
import { startTestCloud } from '../../../support/practice';
import { RawClient } from '../../../support/rawClient';
import { runUntil } from '../../../support/runTimeline';

const minuteMs = 60_000;

async function instanceIdOf({ ec2 }: PracticeClients): Promise<string> {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
  return Reservations?.[0]?.Instances?.[0]?.InstanceId ?? '';
}

/** A shell on the instance over the data channel's own frames. */
async function openShell({ cloud }: TestCloud, { ssm }: PracticeClients, Target: string): Promise<RawClient> {
  const ticket = await ssm.send(new StartSessionCommand({ Target }));
  const client = new RawClient(cloud.openChannel(ticket.StreamUrl ?? '', {}));
  client.open(ticket.TokenValue ?? '');
  return client;
}

async function createEndpoint({ ec2 }: PracticeClients, PrivateDnsEnabled: boolean, groupId?: string): Promise<string> {
  const vpcs = await ec2.send(new DescribeVpcsCommand({}));
  const subnets = await ec2.send(new DescribeSubnetsCommand({}));
  const created = await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: vpcs.Vpcs?.[0]?.VpcId,
      ServiceName: 'com.amazonaws.ap-south-1.ec2',
      VpcEndpointType: 'Interface',
      SubnetIds: subnets.Subnets?.map(({ SubnetId = '' }) => SubnetId),
      PrivateDnsEnabled,
      ...(groupId === undefined ? {} : { SecurityGroupIds: [groupId] }),
    }),
  );
  return created.VpcEndpoint?.VpcEndpointId ?? '';
}

async function addressesOf({ ec2 }: PracticeClients, endpointId: string): Promise<readonly string[]> {
  const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [endpointId] }));
  assert.equal(VpcEndpoints?.[0]?.State, 'available');
  const NetworkInterfaceIds = VpcEndpoints?.[0]?.NetworkInterfaceIds;
  const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds }));
  return (NetworkInterfaces ?? []).map(({ PrivateIpAddress = '' }) => PrivateIpAddress);
}

/** Destinations of the SYNs that tcpdump printed. */
function synDestinations(text: string): readonly string[] {
  return [...text.matchAll(/ > (\d+\.\d+\.\d+\.\d+)\.443: Flags \[S\]/g)].map(([, address]) => address as string);
}

async function captureWhileCalling(test: TestCloud, clients: PracticeClients, status: number): Promise<string> {
  const target = await instanceIdOf(clients);
  const capture = await openShell(test, clients, target);
  const shell = await openShell(test, clients, target);
  await runUntil(test.timeline, () => capture.text.includes('$') && shell.text.includes('$'), minuteMs);
  capture.type('sudo tcpdump -nn dst port 443\r');
  await runUntil(test.timeline, () => capture.text.includes('listening on'), minuteMs);
  shell.type(
    'dig +short ec2.ap-south-1.amazonaws.com; aws ec2 describe-instances --region ap-south-1; echo "status=$?"\r',
  );
  await runUntil(test.timeline, () => /status=\d/.test(shell.text), 10 * minuteMs);
  capture.type('\x03');
  await runUntil(test.timeline, () => capture.text.includes('dropped by kernel'), minuteMs);
  assert.match(shell.text, new RegExp(`status=${status}`));
  assert.equal(shell.text.includes(`"InstanceId": "${target}"`), status === 0);
  return `${shell.text}\n${capture.text}`;
}

describe('the practice cloud as a whole', () => {
  it('carries a call of an instance to the endpoint interface, where tcpdump sees it go', async () => {
    const test = startTestCloud();
    const clients = test.clients();
    const endpointId = await createEndpoint(clients, true);
    test.timeline.advanceTo(test.timeline.now() + 2 * minuteMs);
    const addresses = await addressesOf(clients, endpointId);
    const text = await captureWhileCalling(test, clients, 0);
    const destinations = synDestinations(text);
    assert.ok(destinations.length > 0);
    assert.ok(
      destinations.some(address => addresses.includes(address)),
      text,
    );
    for (const address of addresses) assert.ok(text.includes(address));
  });

  it('lets the call leave for the public address while private DNS is off', async () => {
    const test = startTestCloud();
    const clients = test.clients();
    const endpointId = await createEndpoint(clients, false);
    test.timeline.advanceTo(test.timeline.now() + 2 * minuteMs);
    const addresses = await addressesOf(clients, endpointId);
    const destinations = synDestinations(await captureWhileCalling(test, clients, 0));
    assert.ok(destinations.length > 0);
    assert.ok(destinations.every(address => !addresses.includes(address)));
  });

  it('repeats SYNs in silence when the endpoint lacks a group that admits 443', async () => {
    const test = startTestCloud();
    const clients = test.clients();
    const { Vpcs } = await clients.ec2.send(new DescribeVpcsCommand({}));
    const group = { GroupName: 'closed', Description: 'admits nothing', VpcId: Vpcs?.[0]?.VpcId };
    const { GroupId } = await clients.ec2.send(new CreateSecurityGroupCommand(group));
    const endpointId = await createEndpoint(clients, true, GroupId);
    test.timeline.advanceTo(test.timeline.now() + 2 * minuteMs);
    const addresses = await addressesOf(clients, endpointId);
    const text = await captureWhileCalling(test, clients, 255);
    assert.match(text, /Connect timeout on endpoint URL: "https:\/\/ec2\.ap-south-1\.amazonaws\.com\/"/);
    const destinations = synDestinations(text);
    assert.ok(destinations.length > 5 && destinations.every(address => addresses.includes(address)));
    assert.doesNotMatch(text, /\.443: Flags \[P?\.\]/);
  });
});
