import type { Tags } from '../../core/network';

/** How much attention a state asks for, the most last. */
export const severities = ['off', 'good', 'moving', 'waiting', 'bad'] as const;
export type Severity = (typeof severities)[number];

/** A state in our words, and how it compares with others. */
export interface StateFacet {
  readonly words: string;
  readonly severity: Severity;
}

/** What a view can group by; `tag:Team` is the tag of that key. */
export type Grouping = 'vpc' | 'service' | 'state' | `tag:${string}`;

/** What one kind of resource can be grouped and found by. A kind that has no VPC, service or tags leaves the function out. */
export interface ResourceFacets<T> {
  stateOf(item: T): StateFacet;
  vpcOf?(item: T): string | undefined;
  serviceOf?(item: T): string | undefined;
  tagsOf?(item: T): Tags;
  /** What a text filter finds it by: name, id, service, addresses; its tags and its state are found anyway. */
  textsOf(item: T): readonly (string | undefined)[];
}
