import assert from 'node:assert/strict';
import * as ec2 from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type DriftCase, type DriftPlace, driftCases } from '../../../support/driftCases';
import { type PracticeClients, startTestCloud } from '../../../support/practice';
import { refusalOf } from '../../../support/refusal';

/** Longer than anything takes to become what it is to be, and shorter than anything is remembered once it is gone. */
const settledMs = 15 * 60_000;

type Members = Readonly<Record<string, unknown>>;

interface DriftRig extends DriftPlace {
  settle(): void;
}

async function startRig(): Promise<DriftRig> {
  const { clients, timeline } = startTestCloud('default-vpc');
  const mine = clients();
  const settle = () => {
    timeline.advanceTo(timeline.now() + settledMs);
    for (const { config } of Object.values(mine) as PracticeClients['ec2'][])
      config.systemClockOffset = timeline.now() - Date.now();
  };
  const place = { mine, ...(await prepareNetwork(mine)) };
  settle();
  return { ...place, settle };
}

async function prepareNetwork({ ec2: client, elbv2 }: PracticeClients) {
  const newVpc = async (CidrBlock: string) =>
    (await client.send(new ec2.CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId ?? '';
  const VpcId = await newVpc('10.9.0.0/16');
  const { Subnet } = await client.send(new ec2.CreateSubnetCommand({ VpcId, CidrBlock: '10.9.0.0/24' }));
  const SubnetId = Subnet?.SubnetId ?? '';
  const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
  const { RouteTables } = await client.send(new ec2.DescribeRouteTablesCommand({ Filters }));
  const naming = { Name: 'ready', Type: 'network', Scheme: 'internal' } as const;
  const { LoadBalancers } = await elbv2.send(new CreateLoadBalancerCommand({ ...naming, Subnets: [SubnetId] }));
  return {
    VpcId,
    SubnetId,
    mainTableId: RouteTables?.[0]?.RouteTableId ?? '',
    peerVpcId: await newVpc('10.10.0.0/16'),
    loadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn ?? '',
  };
}

/** Without what is about the answer and not about the resource. */
async function membersOf({ read }: DriftCase, place: DriftPlace, id: string): Promise<Members> {
  const { $metadata: _, ...members } = ((await read(place, id)) ?? {}) as Members;
  return members;
}

function differences(before: Members, after: Members): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter(name => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** The state that is left of it, or how reading it is refused. */
async function endOf(item: DriftCase, place: DriftPlace, id: string): Promise<unknown> {
  let left: Members = {};
  const reading = membersOf(item, place, id).then(members => {
    left = members;
  });
  return reading.then(
    () => left.State,
    () => refusalOf(membersOf(item, place, id)).then(({ code }) => code),
  );
}

describe('a resource that is made, read, changed and deleted by the SDK', function () {
  this.timeout(20_000);

  for (const item of driftCases)
    it(`does not drift: ${item.kind}`, async () => {
      const rig = await startRig();
      const id = await item.create(rig);
      const first = await membersOf(item, rig, id);
      assert.deepEqual(await membersOf(item, rig, id), first);
      rig.settle();
      const settled = await membersOf(item, rig, id);
      const { settling = [] } = item;
      assert.deepEqual(
        differences(first, settled).filter(name => !settling.includes(name)),
        [],
      );
      await item.update(rig, id);
      const updated = await membersOf(item, rig, id);
      assert.deepEqual(differences(settled, updated), [...item.changed].sort());
      rig.settle();
      const again = await membersOf(item, rig, id);
      assert.deepEqual(
        differences(updated, again).filter(name => !settling.includes(name)),
        [],
      );
      await item.remove(rig, id);
      rig.settle();
      assert.equal(await endOf(item, rig, id), item.end);
    });
});
