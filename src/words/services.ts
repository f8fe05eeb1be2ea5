import type { PrincipalProblem } from '../core/allowedPrincipals';
import type { AllowedPrincipal, EndpointService, ServicePrivateDnsName } from '../core/endpointService';
import type { NetworkLoadBalancer, TargetHealth } from '../core/loadBalancing';
import { t } from './translation';

export function serviceStateWords(state: EndpointService['state']): string {
  switch (state) {
    case 'pending':
      return t('being created');
    case 'available':
      return t('available');
    case 'deleting':
      return t('being deleted');
    case 'deleted':
      return t('deleted');
    case 'failed':
      return t('failed');
  }
}

export function loadBalancerStateWords(state: NetworkLoadBalancer['state']): string {
  switch (state) {
    case 'provisioning':
      return t('being set up');
    case 'active':
      return t('active');
    case 'activeImpaired':
      return t('active, but lacks resources');
    case 'failed':
      return t('failed');
  }
}

export function targetHealthWords(health: TargetHealth): string {
  switch (health) {
    case 'healthy':
      return t('healthy');
    case 'unhealthy':
      return t('unhealthy');
    case 'initial':
      return t('being checked');
    case 'unused':
      return t('not in use');
    case 'draining':
      return t('draining');
    case 'unavailable':
      return t('health unknown');
  }
}

/** How the targets of a group do, in a few words. */
export function healthSummaryWords(targets: readonly { readonly health: TargetHealth }[]): string {
  const healthy = targets.filter(({ health }) => health === 'healthy').length;
  return targets.length === 0 ? t('no targets') : t('{0} of {1} healthy', healthy, targets.length);
}

export function privateDnsStateWords(state: ServicePrivateDnsName['state']): string {
  switch (state) {
    case 'verified':
      return t('verified');
    case 'pendingVerification':
      return t('not verified yet');
    case 'failed':
      return t('verification failed');
  }
}

export function acceptanceWords(isRequired: boolean): string {
  return isRequired ? t('acceptance required') : t('accepts by itself');
}

export function principalKindWords(kind: AllowedPrincipal['kind']): string {
  switch (kind) {
    case 'all':
      return t('everybody');
    case 'service':
      return t('an AWS service');
    case 'organizationUnit':
      return t('an organizational unit');
    case 'account':
      return t('a whole account');
    case 'user':
      return t('a user');
    case 'role':
      return t('a role');
  }
}

export function principalProblemWords(problem: PrincipalProblem): string {
  switch (problem) {
    case 'empty':
      return t('Name an account by its 12 digits, a user or role by its ARN, or * for everybody.');
    case 'otherPartition':
      return t('This ARN belongs to another partition; nobody there can reach this region.');
    case 'path':
      return t('AWS wants the ARN without a path: …:role/Name.');
    case 'form':
      return t('This is neither an account’s 12 digits, nor the ARN of an account, user or role, nor *.');
  }
}
