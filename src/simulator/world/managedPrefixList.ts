import type { AccountId, PrefixListId } from '../../core/ids';
import type { Tags } from '../../core/network';

export interface PrefixListEntry {
  readonly cidr: string;
  readonly description: string | undefined;
}

/** What EC2 keeps of a customer's prefix list besides its name and its ranges, which stand among the lists of AWS. */
export interface ManagedPrefixList {
  readonly id: PrefixListId;
  readonly ownerId: AccountId;
  readonly maxEntries: number;
  readonly version: number;
  readonly state: 'create-complete' | 'modify-complete';
  /** Entries by version; the last one is in force. */
  readonly versions: Readonly<Record<number, readonly PrefixListEntry[]>>;
  readonly tags: Tags;
}
