import { decodeAuthorizationMessage } from '../../permissions/authorizationMessage';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Sts } from '../../protocols/wireTypes';
import type { CallContext, OperationTable } from '../operation';
import { temporaryKeyOperations } from './assumeRole';

function getCallerIdentity(
  _input: Sts.GetCallerIdentityRequest,
  { caller }: CallContext,
): Sts.GetCallerIdentityResponse {
  return { UserId: caller.userId, Account: caller.accountId, Arn: caller.arn };
}

/** The account that a key belongs to; whether it is still in force is not said. */
function getAccessKeyInfo(input: Sts.GetAccessKeyInfoRequest, { world }: CallContext): Sts.GetAccessKeyInfoResponse {
  const keys = world.issuedKeys(input.AccessKeyId ?? '');
  if (!keys) throw new ServiceFault('ValidationError', `The access key ${input.AccessKeyId} is not valid.`);
  return { Account: keys.principal.accountId };
}

function decodeMessage(input: Sts.DecodeAuthorizationMessageRequest): Sts.DecodeAuthorizationMessageResponse {
  const DecodedMessage = decodeAuthorizationMessage(input.EncodedMessage ?? '');
  if (DecodedMessage === undefined)
    throw new ServiceFault('InvalidAuthorizationMessageException', 'Message is not valid');
  return { DecodedMessage };
}

/** Everything that the simulated STS does. */
export const stsOperations: OperationTable = {
  ...temporaryKeyOperations,
  DecodeAuthorizationMessage: decodeMessage,
  GetAccessKeyInfo: getAccessKeyInfo,
  GetCallerIdentity: getCallerIdentity,
};
