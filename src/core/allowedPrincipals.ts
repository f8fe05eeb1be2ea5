import type { AllowedPrincipal } from './endpointService';
import { iamArn, partitionOf } from './partition';

/** Why AWS would not take a principal ("AWS PrivateLink Guide: Configure an endpoint service, manage permissions"). */
export type PrincipalProblem = 'empty' | 'otherPartition' | 'path' | 'form';

/**
 * What a person types, as AWS takes it: `*` for everybody, an ARN, or an account's twelve digits for all of that account, in the partition of
 * the service's region.
 */
export function principalArn(text: string, region: string): string {
  const typed = text.trim();
  const digits = typed.replaceAll('-', '');
  return /^\d{12}$/.test(digits) ? iamArn(region, digits, 'root') : typed;
}

export function principalProblem(text: string, region: string): PrincipalProblem | undefined {
  const principal = principalArn(text, region);
  if (principal === '') return 'empty';
  if (principal === '*') return undefined;
  const [, partition, rest = ''] = /^arn:(aws[a-z-]*):(.*)$/.exec(principal) ?? [];
  if (!partition) return 'form';
  if (partition !== partitionOf(region).id) return 'otherPartition';
  if (/^iam::\d{12}:(?:user|role)\/.+\//.test(rest)) return 'path';
  const isIam = /^iam::\d{12}:(?:root|(?:user|role)\/[\w+=,.@-]{1,64})$/.test(rest);
  const isOrganization = /^organizations::\d{12}:ou\/o-[a-z0-9]+\/ou-[a-z0-9-]+$/.test(rest);
  return isIam || isOrganization ? undefined : 'form';
}

/** Whether everybody may ask for the service. */
export function admitsEverybody(principals: readonly Pick<AllowedPrincipal, 'principal'>[]): boolean {
  return principals.some(({ principal }) => principal === '*');
}
