/** Keys of what outlives a window: known to those who only want to see whether there is anything. */
export const savedScopesKey = 'vpcLabs.scopes';
export const unendedSessionsKey = 'vpcLabs.unendedSessions';
export const practiceWasStartedKey = 'practice.wasStarted';

/** Policies of endpoints that were edited and not applied, by workspace. */
export const policyDraftsKey = 'vpcLabs.policyDrafts';
