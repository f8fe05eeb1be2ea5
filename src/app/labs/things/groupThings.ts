/** Security groups and their rules. */
import * as v from 'valibot';
import { type SecurityGroupId, securityGroupId } from '../../../core/ids';
import type { SecurityGroup, SecurityGroupRule } from '../../../core/network';
import { need } from '../../../core/reading';
import { runTag } from '../../../labs/labWorld';
import { t } from '../../../words/translation';
import { askNetwork, isMadeAs, type Removal, takeAway } from './removal';
import { resourceKind, type ThingKind } from './thingKind';
import { text } from './thingText';

export const securityGroupSchema = v.object({ kind: v.literal('securityGroup'), name: text, vpcId: text });
/** A rule in a group that the run did not make. */
export const securityGroupRuleSchema = v.object({
  kind: v.literal('securityGroupRule'),
  groupId: text,
  direction: v.picklist(['ingress', 'egress']),
  /** See {@link ruleText}. */
  rule: text,
});

/** All that tells one rule of a group from another. */
export function ruleText({ protocol, fromPort, toPort, peer }: Omit<SecurityGroupRule, 'id'>): string {
  return JSON.stringify([protocol, fromPort ?? null, toPort ?? null, peer]);
}

export const securityGroupKind = resourceKind<v.InferOutput<typeof securityGroupSchema>>({
  words: name => t('security group {0}', name),
  find: ({ name }, removal) =>
    askNetwork(
      removal,
      ['securityGroups'],
      ({ securityGroups }) => need(securityGroups).find(isMadeAs(removal, name))?.id,
    ),
  remove: async (id, removal) => {
    await letGo(securityGroupId(id), removal);
    return takeAway(removal, () => removal.gateways.network.deleteSecurityGroup(securityGroupId(id), removal));
  },
});

/** Groups that name each other keep each other: the names go first, in this group and in those that the run made as well. */
async function letGo(id: SecurityGroupId, removal: Removal): Promise<void> {
  const groups = await askNetwork(removal, ['securityGroups'], ({ securityGroups }) =>
    need(securityGroups).filter(group => group.id === id || group.tags[runTag] === removal.runId),
  );
  for (const group of groups) {
    const naming = group.rules.filter(({ peer }) => peer.kind === 'group' && (group.id === id || peer.groupId === id));
    for (const rule of naming)
      await takeAway(removal, () => removal.gateways.securityGroups.removeRule(group.id, rule, removal));
  }
}

export const securityGroupRuleKind: ThingKind<v.InferOutput<typeof securityGroupRuleSchema>> = {
  words: thing => t('rule in security group {0}', thing.groupId),
  remove: async ({ groupId, direction, rule }, _resourceId, removal) => {
    const group = await findGroup(securityGroupId(groupId), removal);
    const found = group?.rules.find(each => each.direction === direction && ruleText(each) === rule);
    if (!group || !found) return true;
    return takeAway(removal, () => removal.gateways.securityGroups.removeRule(group.id, found, removal));
  },
};

function findGroup(id: SecurityGroupId, removal: Removal): Promise<SecurityGroup | undefined> {
  return askNetwork(removal, ['securityGroups'], snapshot =>
    need(snapshot.securityGroups).find(each => each.id === id),
  );
}
