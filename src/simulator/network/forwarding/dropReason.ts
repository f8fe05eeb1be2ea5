/** Why the network swallowed a packet. Nobody is told: on the wire all of these are silence. */
export type DropReason =
  | 'noInterface'
  | 'sourceNotOwn'
  | 'securityGroup'
  | 'networkAcl'
  | 'noRoute'
  | 'blackhole'
  | 'gatewayDetached'
  | 'noPublicAddress'
  | 'targetNotSimulated'
  | 'addressUnused'
  | 'tooLarge'
  | 'flood';
