import type { LabError } from '../../core/errors';
import type { AccountId, EndpointServiceId, PeeringConnectionId, Region, VpcEndpointId, VpcId } from '../../core/ids';
import type { CallOptions } from '../../core/ports/calls';
import type { CloudGateways } from '../../core/ports/gateways';

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

export type Answer = 'accept' | 'reject';

/** An answer that AWS did not take. */
export interface RefusedAnswer {
  readonly request: PendingRequest;
  readonly error: LabError;
}

/** One kind of request: how those that wait in an account's region are read, and answered. */
export interface RequestSource {
  readonly kind: PendingRequest['kind'];
  /** Rejects with a `LabError`. */
  read(gateways: CloudGateways, options: CallOptions): Promise<readonly PendingRequest[]>;
  /** Answers those of its own kind; resolves with what AWS did not take. */
  answer(
    gateways: CloudGateways,
    answer: Answer,
    requests: readonly PendingRequest[],
    options: CallOptions,
  ): Promise<readonly RefusedAnswer[]>;
}

export function isRequest(entry: InboxEntry): entry is PendingRequest {
  return entry.kind !== 'unread';
}
