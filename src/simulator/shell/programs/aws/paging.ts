/** The CLI's own paging (aws/aws-cli:awscli/customizations/paginate.py, boto/botocore:botocore/paginate.py) over the API's `NextToken`. */
import type { OperationModel } from '../../../protocols/clientCodec';
import { CommandLineError } from './commandLine';

/** What `--max-items`, `--page-size` and `--starting-token` ask for. */
export interface Paging {
  readonly maxItems: number | undefined;
  readonly pageSize: number | undefined;
  readonly start: ResumePoint;
}

/** Where a result that was cut goes on: the API's token of a page, and how many of its items were shown already. */
interface ResumePoint {
  readonly token: string | undefined;
  readonly shownItems: number;
}

export interface PagedResult {
  /** All pages in one, without `NextToken`. */
  readonly output: Readonly<Record<string, unknown>>;
  /** What `--starting-token` takes to go on, when the result was cut. */
  readonly resumeToken: string | undefined;
}

type Members = Readonly<Record<string, unknown>>;
export type CallPage = (input: Members) => Promise<Members>;

const flagNames = ['max-items', 'page-size', 'starting-token'] as const;

/** Takes the flags out of the arguments of an operation that has pages. Throws {@link CommandLineError}. */
export function takePaging(
  operation: OperationModel,
  args: readonly string[],
): { readonly paging: Paging; readonly rest: readonly string[]; readonly given: readonly string[] } {
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    const [, name, joined] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (!hasPages(operation) || !flagNames.some(flag => flag === name)) rest.push(arg);
    else values.set(name as string, joined ?? valueAfter(args, index++));
  }
  const paging = {
    maxItems: wholeNumber('max-items', values.get('max-items')),
    pageSize: wholeNumber('page-size', values.get('page-size')),
    start: readToken(values.get('starting-token')),
  };
  return { paging, rest, given: flagNames.filter(name => values.has(name)) };
}

/** Follows the pages as far as is asked for. */
export async function callPages(
  operation: OperationModel,
  call: CallPage,
  input: Members,
  paging: Paging,
): Promise<PagedResult> {
  const listName = primaryList(operation);
  const size = paging.pageSize === undefined ? {} : { MaxResults: paging.pageSize };
  let joined: Members = {};
  let token = paging.start.token;
  let skipped = paging.start.shownItems;
  let left = paging.maxItems ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const page = await call({ ...input, ...size, ...(token === undefined ? {} : { NextToken: token }) });
    const items = itemsOf(page, listName).slice(skipped);
    joined = joinPages(joined, { ...page, ...(listName in page ? { [listName]: items.slice(0, left) } : {}) });
    if (items.length > left) return { output: joined, resumeToken: writeToken({ token, shownItems: skipped + left }) };
    left -= items.length;
    skipped = 0;
    token = typeof page.NextToken === 'string' && page.NextToken !== '' ? page.NextToken : undefined;
    if (token === undefined) return { output: joined, resumeToken: undefined };
    if (left === 0) return { output: joined, resumeToken: writeToken({ token, shownItems: 0 }) };
  }
}

export function hasPages({ input }: OperationModel): boolean {
  if (!input.isStructSchema()) return false;
  const names = new Set([...input.structIterator()].map(([name]) => name));
  return names.has('NextToken') && names.has('MaxResults');
}

function valueAfter(args: readonly string[], index: number): string {
  const value = args[index + 1];
  if (value === undefined || value.startsWith('--'))
    throw new CommandLineError(`aws: error: argument ${args[index]}: expected one argument`, true);
  return value;
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\s*\+?\d+\s*$/.test(text)) return Number(text);
  throw new CommandLineError(`aws: error: argument --${name}: invalid int value: '${text}'`, true);
}

/** The list that items are counted in: the answer's first. */
function primaryList({ output }: OperationModel): string {
  if (!output.isStructSchema()) return '';
  return [...output.structIterator()].find(([, member]) => member.isListSchema())?.[0] ?? '';
}

function itemsOf(page: Members, name: string): readonly unknown[] {
  const value = page[name];
  return Array.isArray(value) ? value : [];
}

function joinPages(before: Members, { NextToken: _, ...page }: Members): Members {
  const lists = Object.entries(page).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...itemsOf(before, name), ...value] : (before[name] ?? value),
  ]);
  return { ...before, ...Object.fromEntries(lists) };
}

/** botocore's TokenEncoder: JSON as Python writes it, in base64. */
function writeToken({ token, shownItems }: ResumePoint): string {
  const amount = shownItems > 0 ? `, "boto_truncate_amount": ${shownItems}` : '';
  return btoa(`{"NextToken": ${JSON.stringify(token ?? null)}${amount}}`);
}

/** Any other text is taken for a token of the API, which will judge it. */
function readToken(text: string | undefined): ResumePoint {
  if (text === undefined) return { token: undefined, shownItems: 0 };
  try {
    const value: unknown = JSON.parse(atob(text));
    if (typeof value === 'object' && value !== null && 'NextToken' in value) {
      const amount = 'boto_truncate_amount' in value ? Number(value.boto_truncate_amount) : 0;
      const token = typeof value.NextToken === 'string' ? value.NextToken : undefined;
      if (Number.isSafeInteger(amount) && amount >= 0) return { token, shownItems: amount };
    }
  } catch {
    // Neither base64 nor JSON: not made by the CLI.
  }
  return { token: text, shownItems: 0 };
}
