import type { Tags } from '../../core/network';

export interface ParameterVersion {
  readonly version: number;
  readonly type: 'String' | 'StringList';
  readonly value: string;
  readonly description: string | undefined;
  readonly allowedPattern: string | undefined;
  readonly dataType: string;
  readonly modifiedAtMs: number;
  readonly modifiedBy: string;
}

/** A parameter of the account's in Parameter Store. */
export interface OwnedParameter {
  readonly name: string;
  readonly tier: 'Standard' | 'Advanced';
  /** At most 100, oldest first. */
  readonly versions: readonly ParameterVersion[];
  readonly tags: Tags;
}
