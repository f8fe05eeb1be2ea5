import type { VpcEndpoint } from '../../../core/network';
import type { PlacedInterface } from './worldLookup';

/** Whatever takes packets at the end of a path. */
export interface NetworkNode {
  receive(packet: Uint8Array, senderMac: string): void;
}

/** Who is there, asked anew for each packet. */
export interface NodeDirectory {
  /** The machine behind an interface; undefined when nobody answers. */
  behind(owner: PlacedInterface): NetworkNode | undefined;
  resolverOf(owner: PlacedInterface): NetworkNode;
  metadataOf(owner: PlacedInterface): NetworkNode | undefined;
  /** The host at a public address outside every VPC. */
  publicHost(address: string): NetworkNode | undefined;
  /** The service at a public address as it is met through a gateway endpoint. */
  gatewayService(endpoint: VpcEndpoint, address: string): NetworkNode | undefined;
}
