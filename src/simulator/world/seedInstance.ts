import { Chance } from '../chance';
import type { Account, IamRole } from './account';
import { findImageByParameter } from './images';
import { makeInstance, runNow } from './instanceLife';
import { ec2ReadOnlyPolicyArn, managedInstancePolicyArn } from './managedPolicies';
import { register } from './sessionRegistration';
import type { World } from './world';
import { homeRegion } from './zones';

const roleName = 'practice-instance';
const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Text of the trust policy that the console writes for EC2. */
export const ec2TrustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** An instance that runs, reads EC2 and is online in Session Manager from the first moment. */
export function seedInstance(world: World, account: Account): void {
  const profileArn = seedRole(world, account);
  const region = world.region({ accountId: account.id, region: homeRegion });
  const subnet = [...region.subnets.values()][0];
  const image = findImageByParameter(
    region.place,
    '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
  );
  const group = [...region.securityGroups.values()].find(({ name }) => name === 'default');
  if (!subnet || !image || !group) throw new Error('The region was not seeded');
  const instance = makeInstance(world, region, {
    subnet,
    image,
    instanceType: 't2.micro',
    securityGroupIds: [group.id],
    instanceProfileArn: profileArn,
    privateIpAddress: undefined,
    wantsPublicAddress: true,
    tags: { Name: `${account.name}-instance` },
    reservationId: region.newId('r'),
    launchIndex: 0,
    keyName: undefined,
    clientToken: new Chance(`seed/${account.name}`).uuid(),
    requiresMetadataTokens: true,
  });
  if (!instance) throw new Error('The subnet of a new region is full');
  runNow(world, region, instance.id, 0);
  const running = region.instances.get(instance.id);
  if (running) register(world, region, running);
}

function seedRole(world: World, account: Account): string {
  const nowMs = world.timeline.now();
  const chance = world.chanceFor(`seed role/${account.name}`);
  const role: IamRole = {
    name: roleName,
    id: `AROA${chance.text(idAlphabet, 17)}`,
    arn: `arn:aws:iam::${account.id}:role/${roleName}`,
    path: '/',
    trustPolicy: ec2TrustPolicy,
    description: 'Lets the practice instance read EC2 and use Session Manager',
    maxSessionSeconds: 3600,
    policyArns: [ec2ReadOnlyPolicyArn, managedInstancePolicyArn],
    createdAtMs: nowMs,
    tags: {},
  };
  account.roles.set(roleName, role);
  const arn = `arn:aws:iam::${account.id}:instance-profile/${roleName}`;
  account.instanceProfiles.set(roleName, {
    name: roleName,
    id: `AIPA${chance.text(idAlphabet, 17)}`,
    arn,
    path: '/',
    roleName,
    createdAtMs: nowMs,
    visibleToEc2AtMs: nowMs,
    tags: {},
  });
  return arn;
}
