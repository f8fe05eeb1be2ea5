import {
  readSharedProfiles,
  type SharedProfile,
  type SharedProfiles,
  type SignInWay,
  signInWayOf,
} from './signIn/sharedProfiles';

/** A profile of the shared config and credentials files. Holds no secret. */
export interface ProfileEntry {
  readonly name: string;
  readonly region: string | undefined;
  /** Takes the place of every service's own address. */
  readonly endpointUrl: string | undefined;
  /** Addresses of single services by their id (`ec2`, `elastic_load_balancing_v2`), where the profile names a `services` section. */
  readonly serviceEndpointUrls: Readonly<Record<string, string>>;
  readonly way: SignInWay;
}

/** Profiles of both files, `default` first, then by name. Files that are not there are empty. */
export async function listProfiles(): Promise<readonly ProfileEntry[]> {
  const shared = await readSharedProfiles();
  return Object.entries(shared.profiles)
    .sort(([a], [b]) => Number(b === 'default') - Number(a === 'default') || a.localeCompare(b, 'en'))
    .map(([name, profile]) => ({
      name,
      region: profile.region,
      ...endpointUrlsOf(profile, shared),
      way: signInWayOf(profile),
    }));
}

/** "AWS SDKs and Tools Reference Guide: Service-specific endpoints"; the environment has no say, because each scope is one profile. */
function endpointUrlsOf(profile: SharedProfile, { services }: SharedProfiles) {
  if (profile.ignore_configured_endpoint_urls?.toLowerCase() === 'true')
    return { endpointUrl: undefined, serviceEndpointUrls: {} };
  const section = services[profile.services ?? ''] ?? {};
  return {
    endpointUrl: profile.endpoint_url,
    serviceEndpointUrls: Object.fromEntries(
      Object.entries(section).flatMap(([key, url]) => {
        const [, service] = /^([^.]+)\.endpoint_url$/.exec(key) ?? [];
        return service && url ? [[service, url]] : [];
      }),
    ),
  };
}
