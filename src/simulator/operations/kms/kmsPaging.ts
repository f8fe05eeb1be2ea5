import { ServiceFault } from '../../protocols/serviceFault';
import { pageOf } from '../common/paging';
import { constraint } from './kmsFaults';

const mostItems = 1000;
const defaultItems = 100;

/** How a list of KMS says whether it goes on. */
interface Ending {
  readonly Truncated: boolean;
  readonly NextMarker?: string;
}

interface PageInput {
  readonly Limit?: number | undefined;
  readonly Marker?: string | undefined;
}

export function kmsPage<T>(
  items: readonly T[],
  { Limit = defaultItems, Marker }: PageInput,
  keyOf: (item: T) => string,
): { readonly items: readonly T[]; readonly ending: Ending } {
  if (Limit < 1) throw constraint('limit', Limit, 'value greater than or equal to 1');
  if (Limit > mostItems) throw constraint('limit', Limit, `value less than or equal to ${mostItems}`);
  const wrongToken = () => new ServiceFault('InvalidMarkerException', 'Could not deserialize marker');
  const page = pageOf(items, { MaxResults: Limit, NextToken: Marker }, { wrongToken }, keyOf);
  const { nextToken } = page;
  return {
    items: page.items,
    ending: nextToken === undefined ? { Truncated: false } : { Truncated: true, NextMarker: nextToken },
  };
}
