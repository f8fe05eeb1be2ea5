import type { SharedProfile, SharedProfiles } from './sharedProfiles';

/** Where a profile signs in with IAM Identity Center. */
export interface SsoSession {
  /** Name of the `sso-session` section, else the start URL: what the SDKs keep a token under. */
  readonly key: string;
  readonly startUrl: string;
  readonly region: string;
}

/** Undefined when the keys that it takes are not all there. */
export function ssoSessionOf(profile: SharedProfile, { ssoSessions }: SharedProfiles): SsoSession | undefined {
  const section = profile.sso_session === undefined ? profile : ssoSessions[profile.sso_session];
  const { sso_start_url: startUrl, sso_region: region } = section ?? {};
  return startUrl && region ? { key: profile.sso_session ?? startUrl, startUrl, region } : undefined;
}
