import type { AwsCredentials } from './connection';

/** A profile of the shared config and credentials files. Holds no secret. */
export interface ProfileEntry {
  readonly name: string;
  readonly region: string | undefined;
  readonly endpointUrl: string | undefined;
}

/** Profiles of both files, `default` first, then by name. Files that are not there are empty. */
export async function listProfiles(): Promise<readonly ProfileEntry[]> {
  const { loadSharedConfigFiles } = await import('./services/profiles');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return [...names]
    .filter(name => !/^(?:sso-session|services)\./.test(name))
    .sort((a, b) => Number(b === 'default') - Number(a === 'default') || a.localeCompare(b, 'en'))
    .map(name => ({
      name,
      // The config file is the place for both; the SDKs read the credentials file as well.
      region: configFile[name]?.region ?? credentialsFile[name]?.region,
      endpointUrl: configFile[name]?.endpoint_url ?? credentialsFile[name]?.endpoint_url,
    }));
}

/** Credentials of a profile by the SDK's own rules: static keys, assumed roles, SSO, `credential_process`. Read anew at each call. */
export function profileCredentials(profile: string): () => Promise<AwsCredentials> {
  return async () => {
    const { fromIni } = await import('./services/profiles');
    return fromIni({ profile, ignoreCache: true })();
  };
}
