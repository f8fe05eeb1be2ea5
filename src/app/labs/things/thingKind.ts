import type { Removal } from './removal';

/** A kind of thing that runs of labs make or change: how it is called, and how it goes. */
export interface ThingKind<Thing> {
  /** As it stands in "… was deleted": `security group sg-…`. */
  words(thing: Thing, resourceId: string | undefined): string;
  /** Takes it away, or gives the value back. `resourceId` is missing after a crash. Resolves with whether it is gone. */
  remove(thing: Thing, resourceId: string | undefined, removal: Removal): Promise<boolean>;
}

/** A kind that AWS knows by ids. One without an id, left by a crash, is looked for: not found, it was never made. */
export interface ResourceKind<Thing> {
  words(name: string): string;
  find(thing: Thing, removal: Removal): Promise<string | undefined>;
  remove(id: string, removal: Removal, thing: Thing): Promise<boolean>;
}

export function resourceKind<Thing extends { readonly name: string }>(kind: ResourceKind<Thing>): ThingKind<Thing> {
  return {
    words: ({ name }, resourceId) => kind.words(resourceId ?? name),
    remove: async (thing, resourceId, removal) => {
      const id = resourceId ?? (await kind.find(thing, removal));
      return id === undefined || kind.remove(id, removal, thing);
    },
  };
}
