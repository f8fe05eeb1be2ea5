import { LabError } from '../../core/errors';
import { translateError } from '../errors';
import type { SignInWay } from './sharedProfiles';

/** Codes of a network that failed, where the SDK has made a sentence of them. */
const networkCode = /\b(?:ENOTFOUND|ECONN\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPROXY)\b/;

/**
 * What kept a profile from signing in, as one of ours. `way` is that of the profile at the end of its chain, which has the keys. Words of a
 * `credential_process` are left out: nobody knows what it prints.
 */
export function translateSignInError(caught: unknown, profile: string, way: SignInWay): LabError {
  if (caught instanceof LabError) return caught;
  const { name, message } = caught as Error;
  if (!/^(?:CredentialsProviderError|TokenProviderError)$/.test(name)) return refusedByService(caught, profile);
  if (way === 'process') return new LabError('credentialProcessFailed', { profile });
  const [reason] = networkCode.exec(message) ?? [];
  if (reason) return new LabError('cloudUnreachable', { profile, reason }, { cause: caught });
  if (/ForbiddenException/.test(message))
    return new LabError('accessDenied', { profile, action: 'sso:GetRoleCredentials' }, { cause: caught });
  const isOver =
    (way === 'sso' || way === 'login') && /aws (?:sso )?login|Unauthorized|expired|reauthenticate/i.test(message);
  return new LabError(
    isOver ? 'credentialsExpired' : 'credentialsMissing',
    { profile, detail: message },
    { cause: caught },
  );
}

/** Roles are assumed at STS ("AWS STS API Reference: AssumeRole"). */
function refusedByService(caught: unknown, profile: string): LabError {
  const { code, parameters, cause, cloudCode, requestId } = translateError(caught, 'sts:AssumeRole');
  const isMfa = code === 'accessDenied' && /MultiFactorAuthentication failed/i.test(parameters.detail ?? '');
  return new LabError(
    isMfa ? 'mfaCodeRefused' : code,
    { ...parameters, profile },
    { cause, ...(cloudCode ? { cloudCode } : {}), ...(requestId ? { requestId } : {}) },
  );
}
