/** Why the network swallowed a packet. Nobody is told: on the wire all of these are silence. */
export type DropReason =
  | 'noInterface'
  | 'sourceNotOwn'
  /** An interface took a packet for somebody else, and routes nothing. */
  | 'destinationNotOwn'
  | 'securityGroup'
  | 'networkAcl'
  | 'noRoute'
  | 'blackhole'
  | 'gatewayDetached'
  | 'noPublicAddress'
  | 'targetNotSimulated'
  /** What a route names is not in service: a NAT gateway, a gateway endpoint, a peering connection. */
  | 'targetNotAvailable'
  /** A way through another VPC's edge, or through two peering connections. */
  | 'edgeToEdge'
  | 'addressUnused'
  | 'timeToLiveExceeded'
  | 'tooLarge'
  | 'flood'
  /** A translating machine knows no conversation that the packet belongs to. */
  | 'noTranslation'
  /** A load balancer has no target for the packet in its zone. */
  | 'noTarget'
  /** A client would reach itself through a load balancer that keeps client addresses. */
  | 'hairpin';
