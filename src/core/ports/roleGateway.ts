import type { Tags } from '../network';
import type { CallOptions } from './calls';

export interface CreateInstanceRoleInput {
  readonly name: string;
  readonly policyArns: readonly string[];
  /** Who may assume it, such as `ec2.amazonaws.com`. */
  readonly trustedService: string;
  readonly tags: Tags;
}

export interface InstanceRole {
  readonly roleName: string;
  readonly instanceProfileName: string;
}

/** The role behind an instance profile, as far as it says who may wear it and what it allows. */
export interface ProfileRole {
  readonly roleName: string;
  /** JSON, decoded. */
  readonly trustPolicy: string;
  readonly policyArns: readonly string[];
  /** Policies that are part of the role itself; undefined when they may not be read. */
  readonly inlinePolicies?: readonly InlinePolicy[] | undefined;
}

export interface InlinePolicy {
  readonly name: string;
  /** JSON, decoded. */
  readonly document: string;
}

/** What an instance can wear: a profile with at most one role. */
export interface InstanceProfile {
  readonly name: string;
  readonly arn: string;
  readonly roleName: string | undefined;
}

export interface RoleGateway {
  listInstanceProfiles(options?: CallOptions): Promise<readonly InstanceProfile[]>;
  hasRole(name: string, options?: CallOptions): Promise<boolean>;
  /** Makes role, attachments and instance profile of one name; each part that exists already is kept. */
  createInstanceRole(input: CreateInstanceRoleInput, options?: CallOptions): Promise<InstanceRole>;
  /** Undefined when profile or role is missing. */
  listPoliciesOfProfile(instanceProfileArn: string, options?: CallOptions): Promise<ProfileRole | undefined>;
  /** Takes profile, attachments and role away, in that order; what is missing already is fine. */
  deleteInstanceRole(name: string, options?: CallOptions): Promise<void>;
}
