import type { AccountId, PeeringConnectionId, Region, VpcId } from './ids';
import type { Tags } from './network';

export type PeeringState =
  | 'initiatingRequest'
  | 'pendingAcceptance'
  | 'provisioning'
  | 'active'
  | 'rejected'
  | 'expired'
  | 'failed'
  | 'deleting'
  | 'deleted';

/** One VPC of a peering connection, with what its owner set on this side. */
export interface PeeringSide {
  readonly accountId: AccountId;
  readonly region: Region;
  readonly vpcId: VpcId;
  /** Primary range first; empty while the other side is not to be known. */
  readonly cidrBlocks: readonly string[];
  /** Public host names of this VPC resolve to private addresses when they are asked from the other one. */
  readonly allowsRemoteDnsResolution: boolean;
  /** Tags are seen only on the side that set them. */
  readonly tags: Tags;
}

export interface PeeringConnection {
  readonly id: PeeringConnectionId;
  readonly requester: PeeringSide;
  readonly accepter: PeeringSide;
  readonly state: PeeringState;
  /** As AWS words it: `Pending Acceptance by 444455556666`. */
  readonly statusMessage: string;
  /** Of a request that nobody has answered. */
  readonly expiresAtMs: number | undefined;
}
