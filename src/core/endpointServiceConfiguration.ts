import type { EndpointConnection, EndpointService, ServicePrivateDnsName } from './endpointService';
import type { AccountId } from './ids';

/** What AWS tells the owner of an endpoint service in one answer; who may use it is another call. */
export interface EndpointServiceConfiguration
  extends Pick<
    EndpointService,
    | 'id'
    | 'serviceName'
    | 'state'
    | 'isAcceptanceRequired'
    | 'loadBalancerArns'
    | 'gatewayLoadBalancerArns'
    | 'supportedRegions'
    | 'ipAddressTypes'
    | 'tags'
  > {
  /** Names in this account. */
  readonly availabilityZones: readonly string[];
  readonly privateDnsName: Omit<ServicePrivateDnsName, 'isRecordPublished'> | undefined;
}

/** Where the TXT record stands that proves a domain: `_1d367jvbg34znqvyefrj.api.example.com`; a name for all under `*.` is proved without it. */
export function verificationRecordName({
  name,
  recordName,
}: Pick<ServicePrivateDnsName, 'name' | 'recordName'>): string {
  return `${recordName}.${name.replace(/^\*\./, '')}`;
}

/** Whether an endpoint waits for the owner of its service. */
export function awaitsAcceptance({ state }: Pick<EndpointConnection, 'state'>): boolean {
  return state === 'pendingAcceptance';
}

/** Whether an endpoint keeps its service from being deleted. */
export function holdsService({ state }: Pick<EndpointConnection, 'state'>): boolean {
  return state === 'pendingAcceptance' || state === 'pending' || state === 'available';
}

/** The account that an IAM ARN belongs to; undefined for `*` and whatever names none. */
export function accountOfPrincipal(principal: string): AccountId | undefined {
  const [, account] = /^arn:aws[a-z-]*:iam::(\d{12}):/.exec(principal) ?? [];
  return account as AccountId | undefined;
}
