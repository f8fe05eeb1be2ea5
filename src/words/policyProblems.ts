import { POLICY_MAX_LENGTH } from '../core/endpointPolicy';
import type { PolicyProblem } from '../core/policyProblems';
import { t } from './translation';

/** What is wrong with a policy, beside the place in its text. */
export function policyProblemWords({ code, name = '' }: Pick<PolicyProblem, 'code' | 'name'>): string {
  switch (code) {
    case 'notJson':
      return t('This is no JSON from here on.');
    case 'tooLong':
      return t('An endpoint’s policy has at most {0} characters.', POLICY_MAX_LENGTH);
    case 'notAnObject':
      return t('An object in braces belongs here.');
    case 'unknownElement':
      return t('A policy has no element {0}; upper and lower case count.', name);
    case 'elementTwice':
      return t('{0} stands here a second time.', name);
    case 'missingElement':
      return t('{0} is missing.', name);
    case 'bothElements':
      return t('Use {0} or its opposite, not both.', name);
    case 'wrongVersion':
      return t('The version is 2012-10-17 or 2008-10-17.');
    case 'wrongEffect':
      return t('The effect is Allow or Deny.');
    case 'notTextOrList':
      return t('{0} takes a text or a list of texts.', name);
    case 'notAnAction':
      return t('An action reads like s3:GetObject, s3:* or *.');
    case 'notAnArn':
      return t('A resource is an ARN, such as arn:aws:s3:::bucket/*, or *.');
    case 'wrongPrincipal':
      return t('A principal is * or an object such as {"AWS": "arn:aws:iam::111122223333:root"}.');
    case 'wrongCondition':
      return t('A condition is an object of operators, each with its keys and values.');
  }
}
