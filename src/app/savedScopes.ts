import * as v from 'valibot';
import { isRegion } from '../core/ids';
import type { SavedScope } from './appModel';

const schemaVersion = 1;

const savedScope = v.object({
  profile: v.pipe(v.string(), v.minLength(1)),
  region: v.pipe(v.string(), v.check(isRegion)),
  endpointUrl: v.optional(v.pipe(v.string(), v.url())),
  serviceEndpointUrls: v.optional(v.record(v.string(), v.pipe(v.string(), v.url()))),
  isReadOnly: v.optional(v.boolean()),
});
const savedScopesFile = v.object({ version: v.literal(schemaVersion), scopes: v.array(v.unknown()) });

/** Entries that cannot be read are left out; a file of another version is empty to us and stays untouched until something is saved. */
export function readSavedScopes(stored: unknown): readonly SavedScope[] {
  const file = v.safeParse(savedScopesFile, stored);
  if (!file.success) return [];
  return file.output.scopes.flatMap(entry => {
    const parsed = v.safeParse(savedScope, entry);
    if (!parsed.success) return [];
    const { profile, region, endpointUrl, serviceEndpointUrls, isReadOnly } = parsed.output;
    return [
      {
        profile,
        region,
        ...(endpointUrl === undefined ? {} : { endpointUrl }),
        ...(serviceEndpointUrls === undefined ? {} : { serviceEndpointUrls }),
        ...(isReadOnly ? { isReadOnly } : {}),
      },
    ];
  });
}

/** As {@link readSavedScopes} reads them. */
export function writeSavedScopes(scopes: readonly SavedScope[]): unknown {
  return { version: schemaVersion, scopes };
}
