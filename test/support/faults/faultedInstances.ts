/** The writes around instances and their groups that the fault runs try. */
import { planProfileAttachment } from '../../../src/app/operations/attachProfile';
import { planInstanceStart, planInstanceStop, planTermination } from '../../../src/app/operations/changeInstanceState';
import { planInstanceRole } from '../../../src/app/operations/instanceRole';
import { planLaunch } from '../../../src/app/operations/launchInstance';
import { planLaunchRequest, readLaunchChoices } from '../../../src/app/operations/readLaunchChoices';
import { planRule, planRuleRemoval } from '../../../src/app/operations/securityGroupRules';
import { planSecurityGroup, planSecurityGroupRemoval } from '../../../src/app/operations/securityGroups';
import { delay } from '../../../src/base/clock';
import type { Instance, SecurityGroup } from '../../../src/core/network';
import { rule } from '../networkBuilders';
import { type FaultedOperation, type FaultGround, theFirst, undisturbed } from './faultGround';

async function instanceOf({ scope, stores }: FaultGround): Promise<Instance> {
  return theFirst(await stores.instances.refresh(scope), 'instance').instance;
}

/** An instance without a profile. */
async function bareInstance({ scope, clock }: FaultGround): Promise<Instance> {
  const choices = await readLaunchChoices(scope);
  const answers = { profile: undefined, waitsUntilOnline: false, name: 'bare' };
  return planLaunch(scope, choices, planLaunchRequest(choices, answers), { clock }).run(undisturbed);
}

async function groupOf({ scope }: FaultGround): Promise<SecurityGroup> {
  const { id: vpcId } = theFirst((await readLaunchChoices(scope)).vpcs, 'VPC');
  await planSecurityGroup(scope, { vpcId, name: 'tried', description: 'tried' }).run(undisturbed);
  const { securityGroups } = await readLaunchChoices(scope);
  return theFirst(
    securityGroups.filter(({ name }) => name === 'tried'),
    'such group',
  );
}

const { id: _id, ...wantedRule } = rule();

export const faultedInstances: readonly FaultedOperation[] = [
  {
    name: 'create a role with its profile',
    prepare: async ({ scope }) => planInstanceRole(scope, 'tried'),
  },
  {
    name: 'launch an instance with a role and a group of its own',
    async prepare({ scope, clock, stores }) {
      const choices = await readLaunchChoices(scope);
      const answers = { securityGroupIds: undefined, waitsUntilOnline: false };
      return planLaunch(scope, choices, planLaunchRequest(choices, answers), { clock, store: stores.instances });
    },
  },
  {
    name: 'attach a new profile to an instance',
    async prepare(ground) {
      const instance = await bareInstance(ground);
      return planProfileAttachment(ground.scope, instance, { kind: 'make', name: 'tried' }, ground.stores.instances);
    },
  },
  {
    name: 'stop an instance',
    prepare: async ground => planInstanceStop(ground.scope, await instanceOf(ground), ground.stores.instances),
  },
  {
    name: 'start an instance',
    async prepare(ground) {
      const instance = await instanceOf(ground);
      const { instances } = await ground.scope.gateways();
      await instances.stopInstance(instance.id);
      await delay(ground.clock, 5 * 60_000);
      return planInstanceStart(ground.scope, instance, ground.stores.instances);
    },
  },
  {
    name: 'terminate an instance',
    prepare: async ground => planTermination(ground.scope, await instanceOf(ground), ground.stores.instances),
  },
  {
    name: 'create a security group',
    async prepare({ scope }) {
      const { id: vpcId } = theFirst((await readLaunchChoices(scope)).vpcs, 'VPC');
      return planSecurityGroup(scope, { vpcId, name: 'tried', description: 'tried' });
    },
  },
  {
    name: 'add a rule to a security group',
    prepare: async ground => planRule(ground.scope, await groupOf(ground), wantedRule),
  },
  {
    name: 'remove a rule from a security group',
    async prepare(ground) {
      const group = await groupOf(ground);
      const id = await planRule(ground.scope, group, wantedRule).run(undisturbed);
      return planRuleRemoval(ground.scope, group, { ...wantedRule, id });
    },
  },
  {
    name: 'delete a security group',
    prepare: async ground => planSecurityGroupRemoval(ground.scope, await groupOf(ground), []),
  },
];
