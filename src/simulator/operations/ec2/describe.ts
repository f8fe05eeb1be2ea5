import type { Tags } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import { applyFilters, type FilterTable } from '../common/filters';
import { type Page, type PageLimits, type PageRequest, pageOf } from '../common/paging';
import { findAll, type ResourceKind } from '../common/resourceIds';

/** How one kind of resource is listed. */
export interface Listing<T> {
  readonly kind: ResourceKind;
  readonly filters: FilterTable<T>;
  readonly tagsOf?: (item: T) => Tags;
  readonly limits: PageLimits;
}

export interface ListRequest extends PageRequest {
  readonly Filters?: readonly Ec2.Filter[] | undefined;
}

/** What every Describe does: ids, then filters, then a page. */
export function list<T extends { readonly id: string }>(
  listing: Listing<T>,
  table: ReadonlyMap<string, T>,
  ids: readonly string[] | undefined,
  request: ListRequest,
): Page<T> {
  const chosen = findAll(listing.kind, table, ids);
  const matching = applyFilters(chosen, request.Filters, listing.filters, listing.tagsOf);
  return pageOf(matching, request, listing.limits, item => item.id);
}

/** Filter values are text. */
export const text = (value: boolean | number | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

/** Optional members that are absent stay absent on the wire. */
export const optional = <T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
