import type { Account, IamRole } from '../account';
import type { World } from '../world';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Text of the trust policy that the console writes for EC2. */
const ec2TrustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

export interface RolePlan {
  readonly name: string;
  readonly description: string;
  readonly policyArns: readonly string[];
}

/** A role for instances with its profile of the same name, known to EC2 already. Returns the profile's ARN. */
export function seedRole(world: World, account: Account, { name, description, policyArns }: RolePlan): string {
  const nowMs = world.timeline.now();
  const chance = world.chanceFor(`seed role/${account.name}`);
  const role: IamRole = {
    name,
    id: `AROA${chance.text(idAlphabet, 17)}`,
    arn: `arn:aws:iam::${account.id}:role/${name}`,
    path: '/',
    trustPolicy: ec2TrustPolicy,
    description,
    maxSessionSeconds: 3600,
    policyArns,
    inlinePolicies: {},
    createdAtMs: nowMs,
    tags: {},
  };
  account.roles.set(name, role);
  const arn = `arn:aws:iam::${account.id}:instance-profile/${name}`;
  account.instanceProfiles.set(name, {
    name,
    id: `AIPA${chance.text(idAlphabet, 17)}`,
    arn,
    path: '/',
    roleName: name,
    createdAtMs: nowMs,
    visibleToEc2AtMs: nowMs,
    tags: {},
  });
  return arn;
}
