import { ServiceFault } from '../../protocols/serviceFault';
import type { Iam } from '../../protocols/wireTypes';
import { type Account, documentsOf } from '../../world/account';
import { decide, type PolicyDocument, parsePolicy } from '../../world/policyDocument';
import type { CallContext, OperationTable } from '../operation';
import { noSuchEntity } from './iamFaults';
import { iamPage } from './iamPaging';

/** What each action would be answered, resource by resource, by the policies of a role or of the account's user. */
function simulatePrincipalPolicy(
  input: Iam.SimulatePrincipalPolicyRequest,
  { account }: CallContext,
): Iam.SimulatePolicyResponse {
  return evaluate(documentsOfPrincipal(account, input.PolicySourceArn ?? ''), input);
}

/** The same for policies that are only given. */
function simulateCustomPolicy(input: Iam.SimulateCustomPolicyRequest): Iam.SimulatePolicyResponse {
  const documents = (input.PolicyInputList ?? []).map(text => {
    const document = parsePolicy(text);
    if (!document) throw new ServiceFault('InvalidInput', 'Invalid Policy Document');
    return document;
  });
  return evaluate(documents, input);
}

type Question = Pick<Iam.SimulateCustomPolicyRequest, 'ActionNames' | 'Marker' | 'MaxItems' | 'ResourceArns'>;

function evaluate(documents: readonly PolicyDocument[], input: Question): Iam.SimulatePolicyResponse {
  const resources = input.ResourceArns?.length ? input.ResourceArns : ['*'];
  const results = (input.ActionNames ?? []).flatMap(action =>
    resources.map(resource => ({
      EvalActionName: checkedAction(action),
      EvalResourceName: resource,
      EvalDecision: decide(documents, action, resource),
      MatchedStatements: [],
      MissingContextValues: [],
    })),
  );
  const page = iamPage(
    results,
    input,
    ({ EvalActionName, EvalResourceName }) => `${EvalActionName} ${EvalResourceName}`,
  );
  return { EvaluationResults: [...page.items], ...page.ending };
}

function documentsOfPrincipal(account: Account, arn: string): readonly PolicyDocument[] {
  const holders = [...account.roles.values(), ...account.users.values()];
  const holder = holders.find(candidate => candidate.arn === arn);
  if (!holder) throw noSuchEntity(`The principal ${arn} cannot be found.`);
  return documentsOf(account, holder);
}

function checkedAction(action: string): string {
  if (!/^[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+$/.test(action))
    throw new ServiceFault('InvalidInput', `Invalid Entity Action: ${action}`);
  return action;
}

export const simulationOperations: OperationTable = {
  SimulateCustomPolicy: simulateCustomPolicy,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
};
