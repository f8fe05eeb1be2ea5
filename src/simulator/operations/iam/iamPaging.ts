import { ServiceFault } from '../../protocols/serviceFault';
import { pageOf } from '../common/paging';

const defaultItems = 100;
const maximumItems = 1000;

const wrongToken = () => new ServiceFault('ValidationError', 'The specified Marker is not valid.');

/** IAM's paging: `MaxItems`, `Marker`, `IsTruncated`. */
export function iamPage<T>(
  items: readonly T[],
  request: { readonly MaxItems?: number | undefined; readonly Marker?: string | undefined },
  keyOf: (item: T) => string,
): { readonly items: readonly T[]; readonly ending: { IsTruncated: boolean; Marker?: string } } {
  const { MaxItems = defaultItems, Marker } = request;
  if (MaxItems < 1 || MaxItems > maximumItems)
    throw new ServiceFault(
      'ValidationError',
      `1 validation error detected: Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and ${maximumItems}`,
    );
  const page = pageOf(items, { MaxResults: MaxItems, NextToken: Marker }, { wrongToken }, keyOf);
  const { nextToken } = page;
  return {
    items: page.items,
    ending: { IsTruncated: nextToken !== undefined, ...(nextToken === undefined ? {} : { Marker: nextToken }) },
  };
}
