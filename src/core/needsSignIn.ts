import { type ErrorCode, LabError } from './errors';

/** What a person can mend by signing in again. */
const codes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'credentialsExpired',
  'credentialsMissing',
  'credentialsRefused',
  'credentialProcessFailed',
  'mfaCodeNeeded',
  'mfaCodeRefused',
  'signInFailed',
  'profileMissing',
]);

/** Whether signing in again may help against this error. */
export function needsSignIn(error: unknown): boolean {
  return error instanceof LabError && codes.has(error.code);
}
