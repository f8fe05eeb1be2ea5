import type { AccountId } from '../../core/ids';
import type { Tags } from '../../core/network';
import { findManagedPolicy } from './managedPolicies';
import { decide, type PolicyDecision, type PolicyDocument, parsePolicy, trusts } from './policyDocument';

export interface IamRole {
  readonly name: string;
  /** `AROA…` */
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly trustPolicy: string;
  readonly description: string | undefined;
  readonly maxSessionSeconds: number;
  readonly policyArns: readonly string[];
  readonly createdAtMs: number;
  readonly tags: Tags;
}

export interface InstanceProfile {
  readonly name: string;
  /** `AIPA…` */
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  /** At most one ("IAM and AWS STS quotas"). */
  readonly roleName: string | undefined;
  readonly createdAtMs: number;
  /** IAM knows a profile at once, EC2 some seconds later. */
  readonly visibleToEc2AtMs: number;
  readonly tags: Tags;
}

/** What IAM knows of one account; IAM is global, so this belongs to no region. */
export interface Account {
  readonly name: string;
  readonly id: AccountId;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** `AIDA…`, the account's one user. */
  readonly userId: string;
  readonly roles: Map<string, IamRole>;
  readonly instanceProfiles: Map<string, InstanceProfile>;
}

export function documentsOf(role: IamRole): readonly PolicyDocument[] {
  return role.policyArns.flatMap(arn => findManagedPolicy(arn)?.document ?? []);
}

export function decideForRole(role: IamRole, action: string, resource: string): PolicyDecision {
  return decide(documentsOf(role), action, resource);
}

/** The role that an instance with this profile can use: present, and trusting EC2. */
export function usableRole(account: Account, instanceProfileArn: string | undefined): IamRole | undefined {
  const profile = [...account.instanceProfiles.values()].find(({ arn }) => arn === instanceProfileArn);
  const role = profile?.roleName === undefined ? undefined : account.roles.get(profile.roleName);
  const trust = role && parsePolicy(role.trustPolicy);
  return trust && trusts(trust, 'ec2.amazonaws.com') ? role : undefined;
}
