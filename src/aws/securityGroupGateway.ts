import type { SecurityGroupId } from '../core/ids';
import type { SecurityGroupRule } from '../core/network';
import type { CallOptions } from '../core/ports/calls';
import type { NewSecurityGroupRule, SecurityGroupGateway } from '../core/ports/securityGroupGateway';
import { ipPermission } from '../core/rules/ipPermission';
import { requiredText } from './mapping/fields';
import type { Ec2 } from './services/connect';

/** Rules of security groups, each by its own id. */
export class AwsSecurityGroupGateway implements SecurityGroupGateway {
  readonly #ec2: Ec2;

  constructor(ec2: Ec2) {
    this.#ec2 = ec2;
  }

  addRule(GroupId: SecurityGroupId, rule: NewSecurityGroupRule, options: CallOptions = {}): Promise<string> {
    const isInbound = rule.direction === 'ingress';
    return this.#ec2.call(
      isInbound ? 'ec2:AuthorizeSecurityGroupIngress' : 'ec2:AuthorizeSecurityGroupEgress',
      async (client, api, http) => {
        const input = { GroupId, IpPermissions: [ipPermission(rule)] };
        const answer = isInbound
          ? await client.send(new api.AuthorizeSecurityGroupIngressCommand(input), http)
          : await client.send(new api.AuthorizeSecurityGroupEgressCommand(input), http);
        return requiredText('SecurityGroupRuleId', answer.SecurityGroupRules?.[0]?.SecurityGroupRuleId);
      },
      options,
    );
  }

  removeRule(
    GroupId: SecurityGroupId,
    { id, direction }: Pick<SecurityGroupRule, 'id' | 'direction'>,
    options: CallOptions = {},
  ): Promise<void> {
    const isInbound = direction === 'ingress';
    return this.#ec2.call(
      isInbound ? 'ec2:RevokeSecurityGroupIngress' : 'ec2:RevokeSecurityGroupEgress',
      async (client, api, http) => {
        const input = { GroupId, SecurityGroupRuleIds: [id] };
        if (isInbound) await client.send(new api.RevokeSecurityGroupIngressCommand(input), http);
        else await client.send(new api.RevokeSecurityGroupEgressCommand(input), http);
      },
      options,
    );
  }
}
