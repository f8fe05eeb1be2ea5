import type { GroupAction } from '../../../labs/labAction';
import { ruleWords } from '../../../words/securityGroupRules';
import { t } from '../../../words/translation';
import { ruleText } from '../things/groupThings';
import type { ActionKinds } from './actionKind';
import { mustBeOwn } from './networkActions';

export const groupActions: ActionKinds<GroupAction> = {
  createSecurityGroup: {
    words: action => t('Make security group {0} in {1}', action.name, action.vpcId),
    perform: ({ name, vpcId, description }, maker) =>
      maker.make({ kind: 'securityGroup', name, vpcId }, tags =>
        maker.gateways.network.createSecurityGroup({ vpcId, name, description, tags }, maker.call),
      ),
  },
  addSecurityGroupRule: {
    words: ({ groupId, rule }) => t('Add the rule “{0}” to {1}', ruleWords(rule), groupId),
    perform: ({ groupId, rule }, maker) => {
      const { direction } = rule;
      return maker.change(groupId, { kind: 'securityGroupRule', groupId, direction, rule: ruleText(rule) }, () =>
        maker.gateways.securityGroups.addRule(groupId, rule, maker.call),
      );
    },
  },
  removeSecurityGroupRule: {
    words: ({ groupId, rule }) => t('Remove the rule “{0}” from {1}', ruleWords(rule), groupId),
    perform: async ({ groupId, rule }, maker) => {
      await mustBeOwn(groupId, maker);
      return maker.gateways.securityGroups.removeRule(groupId, rule, maker.call);
    },
  },
};
