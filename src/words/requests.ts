import { serviceLabel } from '../core/serviceNames';
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

/** One request in a line of the dialog: who, with what, for what. */
export function requestWords(request: RequestTold & { readonly id: string; readonly ownerId: string }): string {
  return request.kind === 'peering'
    ? t('Account {0} asks by {1} for {2}.', request.ownerId, request.id, wantedWords(request))
    : t('Account {0} asks by {1} for the service {2}.', request.ownerId, request.id, wantedWords(request));
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long somebody has been waiting. */
export function ageWords(ageMs: number): string {
  if (ageMs < minuteMs) return t('just now');
  if (ageMs < hourMs) return t('for {0} min', Math.floor(ageMs / minuteMs));
  if (ageMs < 2 * dayMs) return t('for {0} h', Math.floor(ageMs / hourMs));
  return t('for {0} days', Math.floor(ageMs / dayMs));
}

/** The badge's own words. */
export function waitingWords(count: number): string {
  return count === 1 ? t('1 request waits for an answer') : t('{0} requests wait for an answer', count);
}

/** The one state of what the inbox holds. */
export function requestStateWords(): string {
  return t('waiting for your answer');
}
