/** Which resources a step is about: chosen by property, so that hand-made ones count. The run's own tag breaks ties, then the newest. */
import type { SecurityGroup, Tags } from '../core/network';
import { need } from '../core/reading';
import { type LabSite, runTag } from './labWorld';

interface Tagged {
  readonly tags: Tags;
}

/** Made by this run. */
export const isOwn = ({ runId }: Pick<LabSite, 'runId'>, { tags }: Tagged) => tags[runTag] === runId;

/** What the run made under this name, where it made several of a kind. */
export const isOwnNamed = (site: Pick<LabSite, 'runId'>, candidate: Tagged, name: string) =>
  isOwn(site, candidate) && candidate.tags.Name === name;

/** The security group that the run made under this name. */
export const ownGroup = (site: LabSite, name: string): SecurityGroup | undefined =>
  need(site.snapshot.securityGroups).find(group => isOwnNamed(site, group, name));

/** Own first, then those that satisfy the wish, then the newest. */
export function best<T extends Tagged>(
  site: Pick<LabSite, 'runId'>,
  candidates: readonly T[],
  wish: (candidate: T) => boolean = () => false,
  ageOf: (candidate: T) => number = () => 0,
): T | undefined {
  const rank = (candidate: T) => (isOwn(site, candidate) ? 2 : 0) + (wish(candidate) ? 1 : 0);
  return [...candidates].sort((a, b) => rank(b) - rank(a) || ageOf(b) - ageOf(a))[0];
}
