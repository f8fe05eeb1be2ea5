import type { SecurityGroupId } from '../ids';
import type { SecurityGroupRule } from '../network';
import type { CallOptions } from './calls';

/** A rule before AWS has given it its id. */
export type NewSecurityGroupRule = Omit<SecurityGroupRule, 'id'>;

export interface SecurityGroupGateway {
  /** Resolves with the rule's id, `sgr-…`. AWS refuses the same rule twice with `InvalidPermission.Duplicate`. */
  addRule(groupId: SecurityGroupId, rule: NewSecurityGroupRule, options?: CallOptions): Promise<string>;
  removeRule(
    groupId: SecurityGroupId,
    rule: Pick<SecurityGroupRule, 'id' | 'direction'>,
    options?: CallOptions,
  ): Promise<void>;
}
