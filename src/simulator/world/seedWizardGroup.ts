import { securityGroupId } from '../../core/ids';
import { TCP } from '../../core/rules/flow';
import type { Account } from './account';
import type { World } from './world';
import { homeRegion } from './zones';

const name = 'launch-wizard-1';

/**
 * The group that the console's launch wizard leaves behind in most accounts: SSH from anywhere, nothing else. Put on an endpoint it
 * is the commonest mistake there is: port 443 is missing.
 */
export function seedWizardGroup(world: World, account: Account): void {
  const region = world.region({ accountId: account.id, region: homeRegion });
  const vpc = [...region.vpcs.values()].find(({ isDefault }) => isDefault);
  if (!vpc) throw new Error('The region was not seeded');
  const id = securityGroupId(region.newId('sg'));
  const anywhere = { kind: 'cidr', cidr: '0.0.0.0/0' } as const;
  const description = undefined;
  region.securityGroups.set(id, {
    id,
    vpcId: vpc.id,
    name,
    description: 'launch-wizard-1 created by the launch wizard',
    rules: [
      {
        id: region.newId('sgr'),
        direction: 'ingress',
        protocol: TCP,
        fromPort: 22,
        toPort: 22,
        peer: anywhere,
        description,
      },
      {
        id: region.newId('sgr'),
        direction: 'egress',
        protocol: -1,
        fromPort: undefined,
        toPort: undefined,
        peer: anywhere,
        description,
      },
    ],
    tags: {},
  });
}
