import { LabError } from '../../core/errors';

/** Keys of one profile of both shared files; those of the credentials file win ("AWS SDKs and Tools Reference Guide: Shared files"). */
export type SharedProfile = Readonly<Record<string, string | undefined>>;

/** What both files say now. */
export interface SharedProfiles {
  readonly profiles: Readonly<Record<string, SharedProfile>>;
  /** Sections `[sso-session …]` by name. */
  readonly ssoSessions: Readonly<Record<string, SharedProfile>>;
  /** Sections `[services …]` by name; keys such as `ec2.endpoint_url`. */
  readonly services: Readonly<Record<string, SharedProfile>>;
}

/** Read anew at each call. Files that are not there are empty. */
export async function readSharedProfiles(): Promise<SharedProfiles> {
  const { loadSharedConfigFiles, loadSsoSessionData } = await import('../services/profiles');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  const isProfile = (name: string) => !/^(?:sso-session|services)\./.test(name);
  return {
    profiles: Object.fromEntries(
      [...names].filter(isProfile).map(name => [name, { ...configFile[name], ...credentialsFile[name] }]),
    ),
    ssoSessions: await loadSsoSessionData({}),
    services: Object.fromEntries(
      Object.entries(configFile).flatMap(([name, keys]) =>
        name.startsWith('services.') ? [[name.slice('services.'.length), keys]] : [],
      ),
    ),
  };
}

/** How a profile signs in, as far as its own keys say; `none` when it names no way. */
export type SignInWay = 'keys' | 'role' | 'sso' | 'login' | 'process' | 'webIdentity' | 'none';

/** In the order in which the SDK looks. */
export function signInWayOf(profile: SharedProfile): SignInWay {
  if (profile.role_arn && (profile.source_profile || profile.credential_source)) return 'role';
  if (profile.aws_access_key_id && profile.aws_secret_access_key) return 'keys';
  if (profile.web_identity_token_file && profile.role_arn) return 'webIdentity';
  if (profile.credential_process) return 'process';
  if (profile.sso_session || profile.sso_start_url || profile.sso_account_id) return 'sso';
  return profile.login_session ? 'login' : 'none';
}

/**
 * The profile and those that its roles are assumed from, the last one with the keys. Rejects a profile that is not here with
 * `profileMissing`.
 */
export function profileChain({ profiles }: SharedProfiles, name: string): readonly [SharedProfile, ...SharedProfile[]] {
  const profile = profiles[name];
  if (!profile) throw new LabError('profileMissing', { profile: name });
  const chain: [SharedProfile, ...SharedProfile[]] = [profile];
  const seen = new Set([name]);
  for (let next = sourceOf(profile); next !== undefined && !seen.has(next); next = sourceOf(profiles[next])) {
    seen.add(next);
    const source = profiles[next];
    if (!source) throw new LabError('profileMissing', { profile: next, neededBy: name });
    chain.push(source);
  }
  return chain;
}

function sourceOf(profile: SharedProfile | undefined): string | undefined {
  return profile?.role_arn ? profile.source_profile : undefined;
}
