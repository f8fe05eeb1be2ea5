import type { PrefixListId } from '../../../core/ids';
import type { PlaceState } from '../../world/placeState';

/** How many routes or rules a reference to a list counts as: what it may hold; the lists of AWS for S3 and DynamoDB weigh one. */
export function prefixListWeight(region: PlaceState, id: PrefixListId): number {
  return region.managedPrefixLists.get(id)?.maxEntries ?? 1;
}
