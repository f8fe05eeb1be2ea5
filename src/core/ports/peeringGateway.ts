import type { AccountId, PeeringConnectionId, Region, VpcId } from '../ids';
import type { Tags } from '../network';
import type { PeeringConnection } from '../peering';
import type { CallOptions } from './calls';

export interface CreatePeeringInput {
  readonly vpcId: VpcId;
  readonly peerVpcId: VpcId;
  readonly peerAccountId: AccountId;
  readonly peerRegion: Region;
  readonly tags: Tags;
}

export interface PeeringGateway {
  /** Of this account in this region, from either side; those that ended stay in sight for a while. */
  listPeeringConnections(options?: CallOptions): Promise<readonly PeeringConnection[]>;
  /** Undefined when this account has, or knows, no such connection. */
  findPeeringConnection(id: PeeringConnectionId, options?: CallOptions): Promise<PeeringConnection | undefined>;
  /** Resolves as soon as it exists, whatever becomes of it: see {@link settled}. */
  createPeeringConnection(input: CreatePeeringInput, options?: CallOptions): Promise<PeeringConnection>;
  /**
   * Waits until it neither begins nor is provisioned or deleted. Rejects with `peeringFailed` when AWS has found something wrong after it had
   * taken the request (ranges that overlap, an account that has no such VPC).
   */
  settled(id: PeeringConnectionId, options?: CallOptions): Promise<PeeringConnection>;
  /** As the accepter's account, in the accepter's region. */
  acceptPeeringConnection(id: PeeringConnectionId, options?: CallOptions): Promise<void>;
  rejectPeeringConnection(id: PeeringConnectionId, options?: CallOptions): Promise<void>;
  deletePeeringConnection(id: PeeringConnectionId, options?: CallOptions): Promise<void>;
  /** Whether public host names of this side's VPC resolve to private addresses over there. Each owner sets his own side. */
  allowRemoteDns(
    id: PeeringConnectionId,
    side: 'requester' | 'accepter',
    isAllowed: boolean,
    options?: CallOptions,
  ): Promise<void>;
}
