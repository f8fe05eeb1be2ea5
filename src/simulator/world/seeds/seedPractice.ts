import type { Account } from '../account';
import { ec2ReadOnlyPolicyArn, managedInstancePolicyArn } from '../managedPolicies';
import type { World } from '../world';
import { homeRegion } from '../zones';
import { seedGroup, tcpPort } from './seedGroup';
import { seedMachine } from './seedMachine';
import { seedRole } from './seedRole';

/**
 * An instance in the default VPC that reads EC2, and the group that the console's launch wizard leaves behind in most accounts: SSH from
 * anywhere, nothing else. Put on an endpoint it is the commonest mistake there is: port 443 is missing.
 */
export function seedPractice(world: World, account: Account): void {
  const instanceProfileArn = seedRole(world, account, {
    name: 'practice-instance',
    description: 'Lets the practice instance read EC2 and use Session Manager',
    policyArns: [ec2ReadOnlyPolicyArn, managedInstancePolicyArn],
  });
  const region = world.region({ accountId: account.id, region: homeRegion });
  const [subnet] = region.subnets.values();
  const [vpc] = [...region.vpcs.values()].filter(({ isDefault }) => isDefault);
  const group = [...region.securityGroups.values()].find(({ name }) => name === 'default');
  if (!vpc || !subnet || !group) throw new Error('The region was not seeded');
  const name = `${account.name}-instance`;
  seedMachine(world, region, { name, subnet, groups: [group], instanceProfileArn, wantsPublicAddress: true });
  seedGroup(region, vpc, {
    name: 'launch-wizard-1',
    description: 'launch-wizard-1 created by the launch wizard',
    ingress: [tcpPort(22)],
  });
}
