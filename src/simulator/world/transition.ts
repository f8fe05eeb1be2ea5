import type { Place } from '../../core/network';

/** A change that comes about at a moment of its own: data, so that a saved world carries what is still to come. */
export interface Transition {
  /** Names the rule that brings it about, such as `endpointAvailable`. */
  readonly kind: string;
  readonly place: Place;
  /** Id of the resource that changes; it may be gone by then. */
  readonly subject: string;
  /** What the rule needs besides, as plain data. */
  readonly detail?: Readonly<Record<string, unknown>>;
}
