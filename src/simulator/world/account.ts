import type { AccountId } from '../../core/ids';
import type { Tags } from '../../core/network';
import { findManagedPolicy } from './managedPolicies';
import { decide, type PolicyDecision, type PolicyDocument, parsePolicy, trusts } from './policyDocument';
import type { RequestFacts } from './policyVariables';
import type { IssuedKeys, Principal } from './principal';

/** What policies hang on: a role or a user. */
export interface PolicyHolder {
  /** Of attached managed policies. */
  readonly policyArns: readonly string[];
  /** Texts by name. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
}

export interface IamRole extends PolicyHolder {
  readonly name: string;
  /** `AROA…` */
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly trustPolicy: string;
  readonly description: string | undefined;
  readonly maxSessionSeconds: number;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

export interface IamUser extends PolicyHolder {
  readonly name: string;
  /** `AIDA…` */
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

export interface PolicyVersion {
  /** `v1` */
  readonly id: string;
  readonly document: string;
  readonly createdAtMs: number;
}

/** A managed policy of the account's own. */
export interface CustomerPolicy {
  readonly name: string;
  /** `ANPA…` */
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** At most five, oldest first. */
  readonly versions: readonly PolicyVersion[];
  readonly defaultVersionId: string;
  /** Number of the latest version, of one that is deleted too. */
  readonly latestVersion: number;
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

/** An access key that a user was given. */
export interface UserKeys extends IssuedKeys {
  readonly userName: string;
  readonly createdAtMs: number;
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
  readonly users: Map<string, IamUser>;
  /** By ARN. */
  readonly policies: Map<string, CustomerPolicy>;
  /** Temporary keys that STS gave out, by access key id. */
  readonly temporaryKeys: Map<string, IssuedKeys>;
  /** Of users, by access key id, besides the one that the account was made with. */
  readonly userKeys: Map<string, UserKeys>;
  readonly instanceProfiles: Map<string, InstanceProfile>;
}

/** The documents in force of a role or a user. */
export function documentsOf(account: Account, { policyArns, inlinePolicies }: PolicyHolder): readonly PolicyDocument[] {
  const managed = policyArns.flatMap(arn => managedDocument(account, arn) ?? []);
  return [...managed, ...Object.values(inlinePolicies).flatMap(text => parsePolicy(text) ?? [])];
}

/** A managed policy's version in force; AWS's policies are the same for every account. */
export function managedDocument({ policies }: Account, arn: string): PolicyDocument | undefined {
  const own = policies.get(arn);
  if (!own) return findManagedPolicy(arn)?.document;
  const version = own.versions.find(({ id }) => id === own.defaultVersionId);
  return version && parsePolicy(version.document);
}

/** The name of a managed policy that may be attached; undefined for one that there is not. */
export function managedPolicyName({ policies }: Account, arn: string): string | undefined {
  return policies.get(arn)?.name ?? findManagedPolicy(arn)?.name;
}

/** What a role's policies say, with nothing known of the request unless `facts` tell. */
export function decideForRole(
  account: Account,
  role: IamRole,
  action: string,
  resource: string,
  facts?: RequestFacts,
): PolicyDecision {
  return decide(documentsOf(account, role), action, resource, facts);
}

/** The role or user behind a principal; undefined when it was deleted, even if another has its name now. */
export function holderOf(account: Account, principal: Principal): IamRole | IamUser | undefined {
  const holder = principal.kind === 'user' ? account.users.get(principal.name) : account.roles.get(principal.roleName);
  return holder && principal.userId.split(':')[0] === holder.id ? holder : undefined;
}

/** What the policies of whoever calls say; a session's own policies can only take away ("Session policies"). */
export function decideForCaller(
  account: Account,
  caller: Principal,
  action: string,
  resource: string,
  facts?: RequestFacts,
): PolicyDecision {
  const holder = holderOf(account, caller);
  if (!holder) return 'implicitDeny';
  const byIdentity = decide(documentsOf(account, holder), action, resource, facts);
  const narrowing = caller.kind === 'role' ? caller.session?.policies : undefined;
  if (byIdentity !== 'allowed' || !narrowing) return byIdentity;
  return decide(
    narrowing.flatMap(text => parsePolicy(text) ?? []),
    action,
    resource,
    facts,
  );
}

/** The role that an instance with this profile can use: present, and trusting EC2. */
export function usableRole(account: Account, instanceProfileArn: string | undefined): IamRole | undefined {
  const profile = [...account.instanceProfiles.values()].find(({ arn }) => arn === instanceProfileArn);
  const role = profile?.roleName === undefined ? undefined : account.roles.get(profile.roleName);
  const trust = role && parsePolicy(role.trustPolicy);
  return trust && trusts(trust, 'ec2.amazonaws.com') ? role : undefined;
}
