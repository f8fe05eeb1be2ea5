import type { RuleOptions } from '../../app/operations/securityGroupRules';
import type { CommandTable } from '../contributions';
import type { CommandParts } from './commandParts';

/** Security groups and their rules. */
export function securityGroupCommands({ scopes, stores, views }: CommandParts) {
  const options: RuleOptions = {
    onChange: scope => {
      void stores.endpoints.noteChange(scope);
      views.instances.redrawAll();
    },
  };
  const groups = () => import('../commands/securityGroups');
  return {
    'vpcLabs.securityGroup.create': async target => (await groups()).createSecurityGroupCommand(scopes)(target),
    'vpcLabs.securityGroup.delete': async target => (await groups()).deleteSecurityGroupCommand(scopes)(target),
    'vpcLabs.securityGroup.addRule': async target =>
      (await import('../commands/addSecurityGroupRule')).addRuleCommand(scopes, options)(target),
    'vpcLabs.securityGroup.removeRule': async target => (await groups()).removeRuleCommand(scopes, options)(target),
  } satisfies Partial<CommandTable>;
}
