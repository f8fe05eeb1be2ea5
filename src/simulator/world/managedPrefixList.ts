import type { AccountId, PrefixListId } from '../../core/ids';
import type { Tags } from '../../core/network';
import type { PlaceState } from './placeState';

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

/** How many routes or rules a reference to a list counts as: what it may hold; the lists of AWS for S3 and DynamoDB weigh one. */
export function prefixListWeight(region: PlaceState, id: PrefixListId): number {
  return region.managedPrefixLists.get(id)?.maxEntries ?? 1;
}
