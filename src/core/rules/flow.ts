import type { IpProtocol } from '../network';

/** One direction of a conversation, as the rules look at it. Ports are undefined for protocols without them (ICMP: type and code). */
export interface Flow {
  readonly protocol: IpProtocol;
  readonly source: string;
  readonly sourcePort: number | undefined;
  readonly destination: string;
  readonly destinationPort: number | undefined;
}

export const TCP = 6;
export const UDP = 17;
export const ICMP = 1;
export const ALL_PROTOCOLS = -1;
