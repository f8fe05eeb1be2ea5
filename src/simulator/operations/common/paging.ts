import { ServiceFault } from '../../protocols/serviceFault';

/** What a page's size may be; a missing end is not checked, `cap` lowers what is too much without refusing it. */
export interface PageLimits {
  readonly least?: number;
  readonly most?: number;
  readonly cap?: number;
  /** How the service refuses a token that it did not give; as EC2 and Systems Manager do when left out. */
  readonly wrongToken?: () => ServiceFault;
}

export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

const defaultPageSize = 1000;

/** One page of a list. The token says where the page before ended: its last key, and how far that was. */
export function pageOf<T>(
  items: readonly T[],
  request: PageRequest,
  limits: PageLimits,
  keyOf: (item: T) => string,
): Page<T> {
  const asked = request.MaxResults;
  if (asked !== undefined) checkSize(asked, limits);
  const size = Math.min(asked ?? defaultPageSize, limits.cap ?? Number.POSITIVE_INFINITY);
  const first = request.NextToken ? startAfter(items, readToken(request.NextToken, limits), keyOf) : 0;
  const page = items.slice(first, first + size);
  const last = page.at(-1);
  const end = first + page.length;
  return { items: page, nextToken: last && end < items.length ? tokenOf(end, keyOf(last)) : undefined };
}

function checkSize(size: number, { least = 1, most }: PageLimits): void {
  if (!Number.isInteger(size)) throw invalidSize(size, 'Expecting a whole number.');
  if (size < least) throw invalidSize(size, `Expecting a value greater than or equal to ${least}.`);
  if (most !== undefined && size > most) throw invalidSize(size, `Expecting a value less than or equal to ${most}.`);
}

function invalidSize(size: number, expected: string): ServiceFault {
  return new ServiceFault(
    'InvalidParameterValue',
    `Value ( ${size} ) for parameter maxResults is invalid. ${expected}`,
  );
}

/** Keys may hold any characters, base64 takes only bytes. */
function tokenOf(end: number, lastKey: string): string {
  return btoa(encodeURIComponent(JSON.stringify([end, lastKey]))).replaceAll('=', '');
}

/** Where to go on; when the last item has gone meanwhile, what followed it has moved up by one. */
function startAfter<T>(
  items: readonly T[],
  [end, lastKey]: readonly [number, string],
  keyOf: (item: T) => string,
): number {
  const at = items.findIndex(item => keyOf(item) === lastKey);
  return at >= 0 ? at + 1 : Math.max(0, end - 1);
}

function readToken(token: string, { wrongToken = invalidToken }: PageLimits): readonly [number, string] {
  try {
    const parsed: unknown = JSON.parse(decodeURIComponent(atob(token)));
    if (Array.isArray(parsed) && typeof parsed[0] === 'number' && typeof parsed[1] === 'string')
      return [parsed[0], parsed[1]];
  } catch {
    // Falls through to the refusal that any other unreadable token gets.
  }
  throw wrongToken();
}

function invalidToken(): ServiceFault {
  return new ServiceFault('InvalidNextToken', 'The specified NextToken is not valid.');
}
