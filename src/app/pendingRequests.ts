import { awaitsAcceptance } from '../core/endpointServiceConfiguration';
import type { LabError } from '../core/errors';
import type { AccountId, EndpointServiceId, PeeringConnectionId, Region, VpcEndpointId, VpcId } from '../core/ids';
import { nameTag } from '../core/network';
import type { CallOptions } from '../core/ports/calls';
import type { CloudGateways } from '../core/ports/gateways';

interface Request {
  /** Whose request it is. */
  readonly ownerId: AccountId;
  readonly ownerRegion: Region;
  readonly askedAtMs: number;
}

/** An endpoint of somebody's that waits for the owner of its service. */
export interface EndpointRequest extends Request {
  readonly kind: 'endpoint';
  readonly id: VpcEndpointId;
  readonly serviceId: EndpointServiceId;
  /** Undefined when the service could not be read. */
  readonly serviceName: string | undefined;
  /** The service's Name tag. */
  readonly label: string | undefined;
}

/** A peering connection that waits for the owner of the VPC it was asked of. */
export interface PeeringRequest extends Request {
  readonly kind: 'peering';
  readonly id: PeeringConnectionId;
  readonly vpcId: VpcId;
  readonly expiresAtMs: number | undefined;
}

/** Something of somebody else's that waits for a yes or a no. */
export type PendingRequest = EndpointRequest | PeeringRequest;

/** Requests of one kind that could not be read. */
export interface UnreadRequests {
  readonly kind: 'unread';
  readonly id: string;
  readonly error: LabError;
}

/** A line of the inbox. */
export type InboxEntry = PendingRequest | UnreadRequests;

/** Reads the requests of one kind that wait in an account's region. Rejects with a `LabError`. */
export interface RequestSource {
  readonly kind: PendingRequest['kind'];
  read(gateways: CloudGateways, options: CallOptions): Promise<readonly PendingRequest[]>;
}

export function isRequest(entry: InboxEntry): entry is PendingRequest {
  return entry.kind !== 'unread';
}

/** Endpoints that wait for acceptance by one of this account's services. */
export const endpointRequests: RequestSource = {
  kind: 'endpoint',
  read: async ({ endpointServices }, options) => {
    const waiting = (await endpointServices.listConnections(options)).filter(awaitsAcceptance);
    if (waiting.length === 0) return [];
    const services = await endpointServices.listOwnServices(options);
    return waiting.map(connection => {
      const service = services.find(({ id }) => id === connection.serviceId);
      return {
        kind: 'endpoint',
        id: connection.endpointId,
        ownerId: connection.ownerId,
        ownerRegion: connection.endpointRegion,
        askedAtMs: connection.createdAtMs,
        serviceId: connection.serviceId,
        serviceName: service?.serviceName,
        label: service && nameTag(service.tags),
      };
    });
  },
};
