import type { EndpointServiceOffer } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import { serviceRegionOf } from '../../core/serviceNames';
import type { Scope } from '../appModel';

/** What AWS says of a service's name. */
export type ServiceVerification =
  | {
      readonly kind: 'found';
      readonly offers: readonly EndpointServiceOffer[];
      readonly otherRegion: string | undefined;
    }
  /** It does not exist, or its owner has not allowed this account. */
  | { readonly kind: 'notFound'; readonly otherRegion: string | undefined }
  | { readonly kind: 'malformed' };

/** Asks in the region that the name says. Rejects with a `LabError` when AWS cannot be asked. */
export async function verifyService(
  scope: Scope,
  serviceName: string,
  options: CallOptions = {},
): Promise<ServiceVerification> {
  const name = serviceName.trim();
  if (!isServiceName(name)) return { kind: 'malformed' };
  const region = serviceRegionOf(name);
  const otherRegion = region !== undefined && region !== scope.region ? region : undefined;
  const { endpoints } = await scope.gateways();
  const offers = await endpoints.findService(name, otherRegion, options);
  return offers.length > 0 ? { kind: 'found', offers, otherRegion } : { kind: 'notFound', otherRegion };
}

/** Whether a text has the form of a service's name: labels with dots, such as `com.amazonaws.ap-south-1.ec2`. */
export function isServiceName(text: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9_-]+){2,}$/i.test(text);
}
