import type { RouteTableId, SubnetId, VpcId } from '../ids';
import type { RouteTable, RouteTarget, Tags } from '../network';
import type { CallOptions } from './calls';

/** What a route can be led to by hand; gateway endpoints write their own routes. */
export type WritableRouteTarget = Extract<
  RouteTarget,
  { readonly kind: 'internetGateway' | 'natGateway' | 'peeringConnection' | 'networkInterface' }
>;

export interface RouteInput {
  readonly routeTableId: RouteTableId;
  /** IPv4, such as `10.1.0.0/16`. */
  readonly destination: string;
  readonly target: WritableRouteTarget;
}

export interface RouteGateway {
  createRouteTable(input: { readonly vpcId: VpcId; readonly tags: Tags }, options?: CallOptions): Promise<RouteTable>;
  deleteRouteTable(id: RouteTableId, options?: CallOptions): Promise<void>;
  /** Also when the subnet has a table of its own already: that one is replaced. */
  associateSubnet(id: RouteTableId, subnetId: SubnetId, options?: CallOptions): Promise<void>;
  /** The subnet then uses the VPC's main table. None associated is no error. */
  disassociateSubnet(subnetId: SubnetId, options?: CallOptions): Promise<void>;
  /** Rejects with `routeExists` when the table has a route for just this range. */
  createRoute(route: RouteInput, options?: CallOptions): Promise<void>;
  replaceRoute(route: RouteInput, options?: CallOptions): Promise<void>;
  deleteRoute(route: Pick<RouteInput, 'routeTableId' | 'destination'>, options?: CallOptions): Promise<void>;
}
