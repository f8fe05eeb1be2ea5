/** The CLI's own paging (aws/aws-cli:awscli/customizations/paginate.py, boto/botocore:botocore/paginate.py) over the API's tokens. */
import { generalFailure } from './failures';
import { isList, type PlainStructure, type PlainValue } from './output/plainValue';
import type { Paginator } from './paginators';

/** What `--max-items`, `--page-size` and `--starting-token` ask for. */
export interface PageRequest {
  readonly maxItems: number | undefined;
  readonly pageSize: number | undefined;
  readonly startingToken: string | undefined;
}

/** Where a result that was cut goes on: the API's token of a page, and how many of its items were shown already. */
interface ResumePoint {
  readonly token: string | undefined;
  readonly shownItems: number;
}

type Input = Readonly<Record<string, unknown>>;
export type CallPage = (input: Input) => Promise<PlainStructure>;

/** Follows the pages as far as is asked for; the last thing it gives is what `--starting-token` takes to go on, when the result was cut. */
export async function* pagesOf(
  paginator: Paginator,
  call: CallPage,
  input: Input,
  request: PageRequest,
): AsyncGenerator<PlainStructure, string | undefined> {
  const start = readToken(request.startingToken, paginator);
  const size = request.pageSize === undefined ? {} : { [paginator.limit]: request.pageSize };
  let { token, shownItems } = start;
  let left = request.maxItems ?? Number.POSITIVE_INFINITY;
  for (let isFirst = true; ; isFirst = false) {
    const next = token === undefined ? {} : { [paginator.inputToken]: token };
    const answer = await call({ ...input, ...size, ...next });
    const page = isFirst && request.startingToken !== undefined ? withoutShown(answer, paginator, shownItems) : answer;
    const count = itemsOf(page, paginator.resultLists[0]).length;
    if (count > left) {
      yield { ...page, [paginator.resultLists[0] ?? '']: itemsOf(page, paginator.resultLists[0]).slice(0, left) };
      return writeToken({ token, shownItems: shownItems + left }, paginator);
    }
    yield page;
    left -= count;
    shownItems = 0;
    const following = nextToken(page, paginator);
    if (following === undefined) return undefined;
    if (left === 0) return writeToken({ token: following, shownItems: 0 }, paginator);
    if (following === token)
      throw generalFailure(
        `Error during pagination: The same next token was received twice: {'${paginator.inputToken}': '${token}'}`,
      );
    token = following;
  }
}

/** One answer of all pages: only the lists, what else the paginator names, and the token to go on with. */
export async function joinPages(
  pages: AsyncGenerator<PlainStructure, string | undefined>,
  paginator: Paginator,
): Promise<PlainStructure> {
  const joined = new Map<string, PlainValue>();
  let others: PlainStructure | undefined;
  for (;;) {
    const { done, value } = await pages.next();
    if (done) {
      const more = value === undefined ? {} : { NextToken: value };
      return { ...Object.fromEntries(joined), ...others, ...more };
    }
    others ??= otherPart(value, paginator);
    for (const name of paginator.resultLists) {
      if (value[name] !== undefined)
        joined.set(name, [...itemsOf(Object.fromEntries(joined), name), ...itemsOf(value, name)]);
    }
  }
}

/** What a page shows when it is shown by itself; lists that it lacks are null. */
export function pagePart(page: PlainStructure, paginator: Paginator, isFirst: boolean): PlainStructure {
  const lists = Object.fromEntries(paginator.resultLists.map(name => [name, page[name] ?? null]));
  return { ...(isFirst ? otherPart(page, paginator) : {}), ...lists };
}

function otherPart(page: PlainStructure, { otherMembers }: Paginator): PlainStructure {
  return Object.fromEntries(otherMembers.map(name => [name, page[name] ?? null]));
}

function itemsOf(page: PlainStructure, name: string | undefined): readonly PlainValue[] {
  const value = name === undefined ? undefined : page[name];
  return isList(value) ? value : [];
}

/** The lists that items are not counted in were shown with the page before. */
function withoutShown(page: PlainStructure, { resultLists }: Paginator, shownItems: number): PlainStructure {
  const [first, ...others] = resultLists;
  const emptied = others.filter(name => page[name] !== undefined).map(name => [name, []] as const);
  return { ...page, [first ?? '']: itemsOf(page, first).slice(shownItems), ...Object.fromEntries(emptied) };
}

function nextToken(page: PlainStructure, paginator: Paginator): string | undefined {
  if (paginator.moreResults !== undefined && page[paginator.moreResults] !== true) return undefined;
  const token = page[paginator.outputToken] ?? lastKey(page, paginator);
  return typeof token === 'string' && token !== '' ? token : undefined;
}

/** S3's first listing goes on behind the last key when it names no marker. */
function lastKey(page: PlainStructure, { outputToken }: Paginator): PlainValue | undefined {
  if (outputToken !== 'NextMarker') return undefined;
  const last = itemsOf(page, 'Contents').at(-1);
  return typeof last === 'object' && last !== null && 'Key' in last ? last.Key : undefined;
}

/** botocore's TokenEncoder: JSON as Python writes it, in base64. */
function writeToken({ token, shownItems }: ResumePoint, { inputToken }: Paginator): string {
  const amount = shownItems > 0 ? `, "boto_truncate_amount": ${shownItems}` : '';
  return btoa(`{"${inputToken}": ${JSON.stringify(token ?? null)}${amount}}`);
}

/** Any other text is taken for a token of the API, which will judge it. */
function readToken(text: string | undefined, { inputToken }: Paginator): ResumePoint {
  if (text === undefined) return { token: undefined, shownItems: 0 };
  try {
    const value = JSON.parse(atob(text)) as Readonly<Record<string, unknown>> | null;
    if (typeof value === 'object' && value !== null && inputToken in value) {
      const { [inputToken]: token, boto_truncate_amount: amount = 0 } = value;
      const shownItems = Number(amount);
      if (Number.isSafeInteger(shownItems) && shownItems >= 0)
        return { token: typeof token === 'string' ? token : undefined, shownItems };
    }
  } catch {
    // Neither base64 nor JSON: not made by the CLI.
  }
  return { token: text, shownItems: 0 };
}
