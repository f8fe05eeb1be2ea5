/** What `aws s3 sync` has to do (aws/aws-cli:awscli/customizations/s3/syncstrategy). */
import type { TransferItem } from './transferItems';
import type { TransferKind } from './transferWork';

export interface SyncOptions {
  readonly kind: TransferKind;
  readonly isSizeOnly: boolean;
  readonly isTimeExact: boolean;
}

/** Items of the source that the target lacks, or has in another size or of an older time. */
export function itemsToSend(
  source: readonly TransferItem[],
  target: readonly TransferItem[],
  options: SyncOptions,
): readonly TransferItem[] {
  const present = new Map(target.map(item => [item.name, item]));
  return source.filter(item => {
    const other = present.get(item.name);
    return !other || other.sizeBytes !== item.sizeBytes || isOutdated(item, other, options);
  });
}

function isOutdated(item: TransferItem, other: TransferItem, { kind, isSizeOnly, isTimeExact }: SyncOptions): boolean {
  if (isSizeOnly) return false;
  const difference = Math.trunc(other.modifiedMs / 1_000) - Math.trunc(item.modifiedMs / 1_000);
  if (kind !== 'download') return difference < 0;
  return isTimeExact ? difference !== 0 : difference > 0;
}

/** Items of the target that the source does not have. */
export function itemsToDelete(
  source: readonly TransferItem[],
  target: readonly TransferItem[],
): readonly TransferItem[] {
  const names = new Set(source.map(({ name }) => name));
  return target.filter(({ name }) => !names.has(name));
}
