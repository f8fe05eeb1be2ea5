import assert from 'node:assert/strict';
import { peering as lab } from '../../../src/labs/peering/peering';
import type { LabWalk } from '../../support/labWalk';
import { standingOf, terminate } from './labSteps';

/** Lab 4: two VPCs are peered, routed and opened to each other, step by step until the ping is answered. */
export async function peering(walk: LabWalk): Promise<void> {
  const student = walk.as('provider');
  const here = { ...(await standingOf(student, 'requester-instance')), cidr: '172.31.0.0/16' };
  const there = { ...(await standingOf(student, 'accepter-instance')), cidr: '10.0.0.0/16' };
  const pingFails = (address: string) => `ping -c 2 -W 1 ${address}`;
  assert.equal((await student.type(here.InstanceId, pingFails(there.PrivateIpAddress))).exitCode, 1);

  const twin = await student.pick('ec2 create-vpc --cidr-block 172.31.0.0/20', 'Vpc.VpcId');
  const request = (peer: string) => `ec2 create-vpc-peering-connection --vpc-id ${here.VpcId} --peer-vpc-id ${peer}`;
  const overlapping = await student.pick(request(twin), 'VpcPeeringConnection.VpcPeeringConnectionId');
  const described = (id: string) => `ec2 describe-vpc-peering-connections --vpc-peering-connection-ids ${id}`;
  await student.becomes('failed', described(overlapping), 'VpcPeeringConnections[0].Status.Code');
  await student.ask(`ec2 delete-vpc --vpc-id ${twin}`);

  const peeringId = await student.pick(request(there.VpcId), 'VpcPeeringConnection.VpcPeeringConnectionId');
  const code = 'VpcPeeringConnections[0].Status.Code';
  await student.becomes('pending-acceptance', described(peeringId), code);
  await student.ask(`ec2 accept-vpc-peering-connection --vpc-peering-connection-id ${peeringId}`);
  await student.becomes('active', described(peeringId), code);
  await student.isRefused(
    'InvalidVpcPeeringConnectionID.NotFound',
    'ec2 accept-vpc-peering-connection --vpc-peering-connection-id pcx-0123456789abcdef0',
  );

  const tables: string[] = [];
  for (const [from, to] of [
    [here, there],
    [there, here],
  ] as const) {
    const table = await student.pick(
      `ec2 describe-route-tables --filters Name=vpc-id,Values=${from.VpcId} Name=association.main,Values=true`,
      'RouteTables[0].RouteTableId',
    );
    const create = `ec2 create-route --route-table-id ${table} --destination-cidr-block ${to.cidr} --vpc-peering-connection-id ${peeringId}`;
    await student.ask(create);
    await student.becomes(
      ['active'],
      `ec2 describe-route-tables --route-table-ids ${table}`,
      `RouteTables[0].Routes[?VpcPeeringConnectionId=='${peeringId}'].State`,
    );
    tables.push(table);
  }
  await student.isRefused(
    'InvalidVpcPeeringConnectionID.NotFound',
    `ec2 create-route --route-table-id ${tables[0]} --destination-cidr-block 10.9.0.0/16 --vpc-peering-connection-id pcx-0123456789abcdef0`,
  );
  assert.match(
    (await student.type(here.InstanceId, pingFails(there.PrivateIpAddress))).output,
    /2 packets transmitted, 0 received, 100% packet loss/,
  );
  for (const [at, from] of [
    [here, there],
    [there, here],
  ] as const)
    await student.ask(
      `ec2 authorize-security-group-ingress --group-id ${at.SecurityGroups[0]?.GroupId} --protocol icmp --port -1 --cidr ${from.cidr}`,
    );
  for (const [from, to] of [
    [here, there],
    [there, here],
  ] as const)
    assert.match(
      await student.shows(from.InstanceId, `ping -c 4 ${to.PrivateIpAddress}`),
      /4 packets transmitted, 4 received, 0% packet loss/,
    );

  await walk.isDone(lab);

  await student.ask(`ec2 delete-vpc-peering-connection --vpc-peering-connection-id ${peeringId}`);
  await student.becomes('deleted', described(peeringId), code);
  await student.becomes(
    ['blackhole'],
    `ec2 describe-route-tables --route-table-ids ${tables[0]}`,
    `RouteTables[0].Routes[?VpcPeeringConnectionId=='${peeringId}'].State`,
  );
  for (const [index, { cidr }] of [there, here].entries())
    await student.ask(`ec2 delete-route --route-table-id ${tables[index]} --destination-cidr-block ${cidr}`);
  await student.isRefused(
    'InvalidRoute.NotFound',
    `ec2 delete-route --route-table-id ${tables[0]} --destination-cidr-block ${there.cidr}`,
  );
  await terminate(student, here.InstanceId, there.InstanceId);
}
