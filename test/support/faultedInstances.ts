/** The writes around instances that the fault runs try. */
import { runChange } from '../../src/app/changes/runChange';
import { planTermination } from '../../src/app/operations/changeInstanceState';
import { planLaunch } from '../../src/app/operations/launchInstance';
import { planLaunchRequest, readLaunchChoices } from '../../src/app/operations/readLaunchChoices';
import { planRule } from '../../src/app/operations/securityGroupRules';
import { planSecurityGroup } from '../../src/app/operations/securityGroups';
import type { FaultedOperation } from './faultedOperations';
import { HandClock } from './handClock';
import { rule } from './networkBuilders';

export const faultedInstances: readonly FaultedOperation[] = [
  {
    name: 'launch an instance with a role and a group of its own',
    async prepare(scope, { instances: store }) {
      const choices = await readLaunchChoices(scope);
      const answers = { securityGroupIds: undefined, waitsUntilOnline: false };
      return planLaunch(scope, choices, planLaunchRequest(choices, answers), { clock: new HandClock(), store });
    },
  },
  {
    name: 'terminate an instance',
    async prepare(scope, { instances: store }) {
      const [entry] = await store.load(scope);
      if (!entry) throw new Error('The world has no instance');
      return planTermination(scope, entry.instance, store);
    },
  },
  {
    name: 'create a security group',
    async prepare(scope) {
      const [vpc] = (await readLaunchChoices(scope)).vpcs;
      if (!vpc) throw new Error('The world has no VPC');
      return planSecurityGroup(scope, { vpcId: vpc.id, name: 'tried', description: 'tried' });
    },
  },
  {
    name: 'add a rule to a security group',
    async prepare(scope) {
      const [vpc] = (await readLaunchChoices(scope)).vpcs;
      if (!vpc) throw new Error('The world has no VPC');
      await runChange(scope, planSecurityGroup(scope, { vpcId: vpc.id, name: 'tried', description: 'tried' }));
      const group = (await readLaunchChoices(scope)).securityGroups.find(({ name }) => name === 'tried');
      if (!group) throw new Error('The group was not made');
      const { id: _id, ...wanted } = rule();
      return planRule(scope, group, wanted);
    },
  },
];
