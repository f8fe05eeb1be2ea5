import { serviceLabel } from '../core/serviceNames';
import { spanOf } from './times';
import { t } from './translation';

type RequestTold =
  | {
      readonly kind: 'endpoint';
      readonly serviceId: string;
      readonly serviceName: string | undefined;
      readonly label: string | undefined;
    }
  | { readonly kind: 'peering'; readonly vpcId: string };

/** What somebody wants: a service by its name and id, or a VPC. */
export function wantedWords(request: RequestTold): string {
  if (request.kind === 'peering') return t('peering with {0}', request.vpcId);
  const id = request.serviceName === undefined ? request.serviceId : serviceLabel(request.serviceName);
  return request.label === undefined ? id : `${request.label} (${id})`;
}

/** The same where there is little room: a service that has a name goes by it. */
export function wishWords(request: RequestTold): string {
  return (request.kind === 'endpoint' ? request.label : undefined) ?? wantedWords(request);
}

/** One request in a line of the dialog: who, with what, for what. */
export function requestWords(request: RequestTold & { readonly id: string; readonly ownerId: string }): string {
  return request.kind === 'peering'
    ? t('Account {0} asks by {1} for {2}.', request.ownerId, request.id, wantedWords(request))
    : t('Account {0} asks by {1} for the service {2}.', request.ownerId, request.id, wantedWords(request));
}

/** How long somebody has been waiting. */
export function ageWords(ageMs: number): string {
  const { unit, count } = spanOf(ageMs);
  switch (unit) {
    case 'moment':
      return t('just now');
    case 'minutes':
      return t('for {0} min', count);
    case 'hours':
      return t('for {0} h', count);
    case 'days':
      return t('for {0} days', count);
  }
}

/** The badge's own words. */
export function waitingWords(count: number): string {
  return count === 1 ? t('1 request waits for an answer') : t('{0} requests wait for an answer', count);
}

/** The one state of what the inbox holds. */
export function requestStateWords(): string {
  return t('waiting for your answer');
}
