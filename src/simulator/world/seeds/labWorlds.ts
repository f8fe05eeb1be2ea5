import type { LabWorldKind } from '../../worldKinds';
import type { Account } from '../account';
import { ec2ReadOnlyPolicyArn, managedInstancePolicyArn, s3ReadOnlyPolicyArn } from '../managedPolicies';
import type { PlaceState } from '../placeState';
import type { World } from '../world';
import { homeRegion } from '../zones';
import { seedGroup, tcpPort } from './seedGroup';
import { seedMachine } from './seedMachine';
import { seedPrivateSubnet, seedPublicSubnet, seedSessionEndpoints, seedVpc } from './seedNetwork';
import { seedPractice } from './seedPractice';
import { seedRole } from './seedRole';

type Seed = (world: World, account: Account) => void;

/**
 * What each lab's prerequisites ask for ("The labs, as checkable steps"), ready in both accounts: whoever does the lab begins with its
 * first lesson. Nothing that a lab is about is there yet.
 */
export const labWorlds: Readonly<Record<LabWorldKind, Seed>> = {
  'iface-ec2': seedPractice,
  'gw-s3': (world, account) => {
    const { region, vpc, privateSubnet, profileArn } = seedPrivateSite(world, account);
    const publicSubnet = seedPublicSubnet(region, vpc, 'subnet-A', '10.0.0.0/24');
    const jumpHosts = seedGroup(region, vpc, { name: 'jump-host', description: 'SSH', ingress: [tcpPort(22)] });
    const rest = { instanceProfileArn: profileArn };
    seedMachine(world, region, {
      name: 'jump-host',
      subnet: publicSubnet,
      groups: [jumpHosts],
      wantsPublicAddress: true,
      ...rest,
    });
    const inside = seedGroup(region, vpc, {
      name: 'private-instance',
      description: 'SSH from the jump host',
      ingress: [{ ...tcpPort(22), peer: { kind: 'group', groupId: jumpHosts.id } }],
    });
    seedMachine(world, region, {
      name: 'private-instance',
      subnet: privateSubnet,
      groups: [inside],
      wantsPublicAddress: false,
      ...rest,
    });
  },
  'iface-ec2-url': seedPrivateInstance,
  'iface-s3-eic': seedPrivateInstance,
  peering: (world, account) => {
    const region = placeOf(world, account);
    const profileArn = seedLabRole(world, account);
    const groupOf = (vpc: Parameters<typeof seedGroup>[1]) =>
      seedGroup(region, vpc, { name: 'pinged', description: 'Nothing comes in yet', ingress: [] });
    const [here] = [...region.vpcs.values()].filter(({ isDefault }) => isDefault);
    const [hereSubnet] = [...region.subnets.values()].filter(({ vpcId }) => vpcId === here?.id);
    if (!here || !hereSubnet) throw new Error(`${region.place.region} has no default VPC`);
    const there = seedVpc(region, 'accepter', '10.0.0.0/16');
    const thereSubnet = seedPublicSubnet(region, there, 'accepter-A', '10.0.0.0/24');
    const rest = { instanceProfileArn: profileArn, wantsPublicAddress: true };
    seedMachine(world, region, { name: 'requester-instance', subnet: hereSubnet, groups: [groupOf(here)], ...rest });
    seedMachine(world, region, { name: 'accepter-instance', subnet: thereSubnet, groups: [groupOf(there)], ...rest });
  },
  'svc-nginx': (world, account) => {
    const region = placeOf(world, account);
    const instanceProfileArn = seedLabRole(world, account);
    const [vpc] = [...region.vpcs.values()].filter(({ isDefault }) => isDefault);
    const [subnet] = [...region.subnets.values()].filter(({ vpcId }) => vpcId === vpc?.id);
    if (!vpc || !subnet) throw new Error(`${region.place.region} has no default VPC`);
    const groups = [seedGroup(region, vpc, { name: 'web', description: 'HTTP', ingress: [tcpPort(80)] })];
    const name = account.name === 'provider' ? 'web-server' : 'client';
    seedMachine(world, region, { name, subnet, groups, instanceProfileArn, wantsPublicAddress: true });
  },
  'dns-no-igw': (world, account) => {
    const region = placeOf(world, account);
    const instanceProfileArn = seedLabRole(world, account);
    const vpc = seedVpc(region, 'dns-lab', '10.0.0.0/16');
    const subnet = seedPublicSubnet(region, vpc, 'dns-lab-A', '10.0.0.0/24');
    const groups = [seedGroup(region, vpc, { name: 'no-ingress', description: 'Outbound only', ingress: [] })];
    seedMachine(world, region, {
      name: 'dns-lab-instance',
      subnet,
      groups,
      instanceProfileArn,
      wantsPublicAddress: true,
    });
  },
};

/** A VPC with one private subnet, and what Session Manager needs in it. */
function seedPrivateSite(world: World, account: Account) {
  const region = placeOf(world, account);
  const vpc = seedVpc(region, 'lab-vpc', '10.0.0.0/16');
  const privateSubnet = seedPrivateSubnet(region, vpc, 'subnet-B', '10.0.1.0/24');
  seedSessionEndpoints(world, region, vpc, privateSubnet);
  return { region, vpc, privateSubnet, profileArn: seedLabRole(world, account) };
}

function seedPrivateInstance(world: World, account: Account): void {
  const { region, vpc, privateSubnet, profileArn } = seedPrivateSite(world, account);
  const group = seedGroup(region, vpc, { name: 'private-instance', description: 'Nothing comes in', ingress: [] });
  seedMachine(world, region, {
    name: 'private-instance',
    subnet: privateSubnet,
    groups: [group],
    instanceProfileArn: profileArn,
    wantsPublicAddress: false,
  });
}

function seedLabRole(world: World, account: Account): string {
  return seedRole(world, account, {
    name: 'lab-instance',
    description: 'Lets lab instances read EC2 and S3 and use Session Manager',
    policyArns: [ec2ReadOnlyPolicyArn, s3ReadOnlyPolicyArn, managedInstancePolicyArn],
  });
}

function placeOf(world: World, account: Account): PlaceState {
  return world.region({ accountId: account.id, region: homeRegion });
}
