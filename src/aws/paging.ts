import { LabError } from '../core/errors';

/** Small enough that reading one page does not hold up the acknowledgements of a running capture, and allowed by every EC2 list. */
export const PAGE_SIZE = 100;

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
