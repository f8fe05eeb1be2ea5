import { LabError } from '../core/errors';

/** Small enough that reading one page does not hold up the acknowledgements of a running capture, and allowed by every EC2 list. */
export const PAGE_SIZE = 100;

/** Drawn while the rest is still being read, by code that runs for the first time. */
const FIRST_PAGE_SIZE = 25;

/** How many items to ask for in the page with this token, where the first rows are shown as they come. */
export const rampedPageSize = (token: string | undefined) => (token === undefined ? FIRST_PAGE_SIZE : PAGE_SIZE);

export interface Page<T> {
  readonly items: readonly T[] | undefined;
  /** An empty token ends the list like an absent one. */
  readonly nextToken: string | undefined;
}

/** All pages as one list; each is handed up as it comes. A page may be empty and still have a successor. */
export async function allPages<T>(
  action: string,
  readPage: (nextToken: string | undefined) => Promise<Page<T>>,
  onPage?: (items: readonly T[]) => void,
): Promise<readonly T[]> {
  const all: T[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await readPage(token);
    const items = page.items ?? [];
    all.push(...items);
    onPage?.(items);
    token = page.nextToken || undefined;
    if (token !== undefined && seen.has(token)) {
      throw new LabError('notAnAwsEndpoint', { action, detail: 'the same page was offered twice' });
    }
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return all;
}
