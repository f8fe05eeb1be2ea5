/** What every lab does to have an instance that one can work on: a role for Session Manager, then the instance, then the wait for its agent. */
import type { SecurityGroupId, SubnetId } from '../core/ids';
import type { Instance } from '../core/network';
import { managedPolicyArn } from '../core/partition';
import { prose, type Telling, telling } from '../core/prose';
import { type Check, fails, holds } from './check';
import type { LabAction } from './labAction';
import { type LabSite, ownName, ownProfileArn } from './labWorld';
import { isOnline, roleAllows, roleOfProfile } from './predicates';

/** The instance that is wanted. Its role carries AmazonSSMManagedInstanceCore and the policies named. */
export interface WantedInstance {
  readonly name: string;
  readonly subnetId: SubnetId;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly policies?: readonly string[];
  readonly hasPublicAddress?: boolean;
}

export const labImage = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
export const labInstanceType = 't2.micro';

/** The run's role where it is missing, else the launch. */
export function launchWithRole(site: LabSite, { policies = [], name, ...wanted }: WantedInstance): LabAction {
  if (!roleOfProfile(site, ownProfileArn(site))) {
    return {
      operation: 'createInstanceRole',
      name: ownName(site),
      policyArns: ['AmazonSSMManagedInstanceCore', ...policies].map(policy =>
        managedPolicyArn(site.snapshot.place.region, policy),
      ),
      trustedService: 'ec2.amazonaws.com',
    };
  }
  return {
    operation: 'launchInstance',
    name,
    imageParameter: labImage,
    instanceType: labInstanceType,
    instanceProfileName: ownName(site),
    ...wanted,
  };
}

/** Whether it runs and Session Manager reaches it. */
export function isReached(site: LabSite, instance: Instance | undefined): Check {
  if (!instance) return fails(telling(prose('No instance is running yet.')));
  if (instance.state !== 'running') return fails(telling(prose('Instance {0} is not running yet.'), instance.id));
  if (!isOnline(site, instance.id))
    return fails(telling(prose('Session Manager does not list {0} as online yet.'), instance.id));
  const address = instance.privateIpAddress ?? '';
  return holds(telling(prose('{0} runs at {1}, and Session Manager reaches it.'), instance.id, address), instance.id);
}

/** Why the agent of an instance cannot register, as far as its role says so. */
export function whyOffline(site: LabSite, instance: Instance | undefined): Telling | undefined {
  if (instance?.state !== 'running' || isOnline(site, instance.id)) return undefined;
  if (!instance.instanceProfileArn)
    return telling(prose('instance {0} wears no role, so its agent may not register'), instance.id);
  const role = roleOfProfile(site, instance.instanceProfileArn);
  if (role && roleAllows(role, 'ssm:UpdateInstanceInformation')) return undefined;
  return telling(prose('the role of {0} lacks AmazonSSMManagedInstanceCore'), instance.id);
}
