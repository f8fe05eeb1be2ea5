/**
 * Where an address leads, seen from the interface that captured it. The number alone says nothing: both practice accounts, and half
 * of the world's default VPCs, use 172.31.0.0/16.
 */
import type { NetworkInterfaceId, VpcEndpointId } from './ids';
import type { Route } from './network';

export type AddressClass =
  | 'endpointInterface'
  | 'gatewayEndpoint'
  | 'instance'
  | 'loadBalancer'
  | 'local'
  | 'resolver'
  | 'linkLocal'
  | 'peering'
  | 'natGateway'
  | 'internetGateway'
  | 'noRoute'
  | 'unknown'
  /** The capturing interface itself, and addresses that never leave a host. */
  | 'ownAddress'
  /** An interface in the VPC that is none of the kinds above: of a NAT gateway, a function, a database. */
  | 'otherInterface'
  | 'metadata'
  | 'timeSync'
  /** Multicast and broadcast, which a VPC does not route. */
  | 'multicast'
  | 'egressOnlyGateway'
  /** By a route whose target says nothing of what follows: a transit gateway, an appliance's interface. */
  | 'otherTarget';

/** Order is wire format between host and page: append only. */
export const addressClasses: readonly AddressClass[] = [
  'unknown',
  'endpointInterface',
  'gatewayEndpoint',
  'instance',
  'loadBalancer',
  'local',
  'resolver',
  'linkLocal',
  'peering',
  'natGateway',
  'internetGateway',
  'noRoute',
  'ownAddress',
  'otherInterface',
  'metadata',
  'timeSync',
  'multicast',
  'egressOnlyGateway',
  'otherTarget',
];

/** Index into {@link addressClasses}, as the columns of packets hold it. */
export const classIndexOf = (addressClass: AddressClass): number => addressClasses.indexOf(addressClass);

export interface AddressPlace {
  readonly addressClass: AddressClass;
  readonly endpointId: VpcEndpointId | undefined;
  readonly networkInterfaceId: NetworkInterfaceId | undefined;
  /** The route of the capturing subnet that covers the address; undefined when none does or the table is a gap. */
  readonly route: Route | undefined;
}
