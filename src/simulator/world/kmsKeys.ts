import type { Tags } from '../../core/network';

/** A symmetric key of AWS KMS with its one version of key material. */
export interface KmsKey {
  /** A UUID; multi-Region keys, whose ids look otherwise, are not simulated. */
  readonly id: string;
  readonly arn: string;
  /** 32 bytes. */
  readonly material: Uint8Array;
  readonly state: 'Enabled' | 'Disabled' | 'PendingDeletion';
  readonly manager: 'CUSTOMER' | 'AWS';
  readonly description: string;
  readonly policy: string;
  readonly tags: Tags;
  readonly createdAtMs: number;
  readonly deletionAtMs: number | undefined;
  readonly isRotated: boolean;
}

export interface KmsAlias {
  /** With `alias/` before it. */
  readonly name: string;
  readonly keyId: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}
