import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Sts } from '../../protocols/wireTypes';
import type { IamRole } from '../../world/account';
import type { Principal } from '../../world/principal';
import type { CallContext, OperationTable } from '../operation';
import { giveKeys } from './giveKeys';
import { permittedRole } from './permittedRole';
import { sessionPolicies } from './sessionPolicies';

const standardSeconds = 3600;
const leastSeconds = 900;
/** A role's session may begin another role's for an hour at most ("Role chaining"). */
const chainedSeconds = 3600;
const nameForm = /^[\w+=,.@-]{2,64}$/;

/** Members that would change what happens and are not simulated. */
const refusedMembers = [
  'SerialNumber',
  'TokenCode',
  'SourceIdentity',
  'TransitiveTagKeys',
  'ProvidedContexts',
] as const;

/** Temporary keys of a role for who is trusted ("AssumeRole"). */
function assumeRole(input: Sts.AssumeRoleRequest, context: CallContext): Sts.AssumeRoleResponse {
  const { caller } = context;
  const { RoleArn = '', RoleSessionName: sessionName = '' } = input;
  const member = refusedMembers.find(name => input[name] !== undefined);
  if (member)
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not simulate ${member} of AssumeRole.`);
  if (!nameForm.test(sessionName)) throw invalid('roleSessionName', sessionName);
  const tags: Tags = Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  const { account, role } = permittedRole(context, RoleArn, { sessionName, externalId: input.ExternalId, tags });
  const seconds = checkedSeconds(input.DurationSeconds, role, caller);
  const arn = `arn:aws:sts::${account.id}:assumed-role/${role.name}/${sessionName}`;
  const userId = `${role.id}:${sessionName}`;
  const session = { policies: sessionPolicies(input, account), tags };
  const named = { kind: 'role' as const, accountId: account.id, roleName: role.name };
  const Credentials = giveKeys(context, { ...named, sessionName, userId, arn, session }, seconds);
  return { Credentials, AssumedRoleUser: { AssumedRoleId: userId, Arn: arn } };
}

function invalid(member: string, value: string): ServiceFault {
  return new ServiceFault(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
  );
}

function checkedSeconds(asked: number | undefined, role: IamRole, caller: Principal): number {
  const seconds = asked ?? standardSeconds;
  if (seconds < leastSeconds) throw tooShort(seconds);
  if (seconds > role.maxSessionSeconds)
    throw new ServiceFault(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  if (caller.kind === 'role' && seconds > chainedSeconds)
    throw new ServiceFault(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  return seconds;
}

function tooShort(seconds: number): ServiceFault {
  return new ServiceFault(
    'ValidationError',
    `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to ${leastSeconds}`,
  );
}

const tokenSeconds = { standard: 43_200, most: 129_600 };

/** Temporary keys of a user's own; they say of themselves what the user's keys say. */
function getSessionToken(input: Sts.GetSessionTokenRequest, context: CallContext): Sts.GetSessionTokenResponse {
  const { caller } = context;
  const { DurationSeconds: seconds = tokenSeconds.standard, SerialNumber } = input;
  if (caller.kind !== 'user')
    throw new ServiceFault('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403);
  if (SerialNumber !== undefined)
    throw new ServiceFault(
      'UnsupportedOperation',
      'The practice cloud does not simulate SerialNumber of GetSessionToken.',
    );
  if (seconds < leastSeconds) throw tooShort(seconds);
  const { accountId, name, userId, arn } = caller;
  // Told again from a journal, a caller's members may come in another order.
  const owner = { kind: 'user' as const, accountId, name, userId, arn };
  return { Credentials: giveKeys(context, owner, Math.min(seconds, tokenSeconds.most)) };
}

export const temporaryKeyOperations: OperationTable = { AssumeRole: assumeRole, GetSessionToken: getSessionToken };
