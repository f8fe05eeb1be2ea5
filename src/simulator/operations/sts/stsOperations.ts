import type { Sts } from '../../protocols/wireTypes';
import type { CallContext, OperationTable } from '../operation';

function getCallerIdentity(
  _input: Sts.GetCallerIdentityRequest,
  { caller }: CallContext,
): Sts.GetCallerIdentityResponse {
  return { UserId: caller.userId, Account: caller.accountId, Arn: caller.arn };
}

/** Everything that the simulated STS does. */
export const stsOperations: OperationTable = { GetCallerIdentity: getCallerIdentity };
