import type { IpProtocol } from '../network';

/**
 * One direction of a conversation, as the rules look at it. For ICMP `sourcePort` carries the type and `destinationPort` the code;
 * other protocols without ports leave both undefined.
 */
export interface Flow {
  readonly protocol: IpProtocol;
  readonly source: string;
  readonly sourcePort: number | undefined;
  readonly destination: string;
  readonly destinationPort: number | undefined;
}

/** The port at which every AWS service, and so every interface endpoint of one, answers. */
export const HTTPS = 443;

export const TCP = 6;
export const UDP = 17;
export const ICMP = 1;
export const ICMPV6 = 58;
export const ALL_PROTOCOLS = -1;
