import type { ResourceFacets } from './facets';

/** What was joined for an item once; items are values, so a newer one is another key. */
const joinedTexts = new WeakMap<object, string>();

/** A predicate for a filter as typed: every word must occur somewhere in the item, in upper or lower case. Without words all match. */
export function matchText<T extends object>(facets: ResourceFacets<T>, filter: string): (item: T) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return item => {
    const text = joinedTexts.get(item) ?? joinTexts(facets, item);
    return words.every(word => text.includes(word));
  };
}

function joinTexts<T extends object>(facets: ResourceFacets<T>, item: T): string {
  const tags = Object.entries(facets.tagsOf?.(item) ?? {}).map(([key, value]) => `${key}=${value}`);
  const texts = [...facets.textsOf(item), facets.vpcOf?.(item), facets.stateOf(item).words, ...tags];
  const joined = texts.filter(Boolean).join('\n').toLowerCase();
  joinedTexts.set(item, joined);
  return joined;
}
