import type { VpcId } from './ids';
import type { NatGateway } from './natGateway';
import type {
  DhcpOptions,
  Instance,
  InternetGateway,
  NetworkAcl,
  NetworkInterface,
  Place,
  PrefixList,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcDnsAttributes,
  VpcEndpoint,
} from './network';
import type { PeeringConnection } from './peering';

/** Why a part of a snapshot could not be read. */
export interface Gap {
  /** `outOfSight`: no call of this account shows it, such as the inside of a peer's VPC. */
  readonly code: 'accessDenied' | 'notSupported' | 'failed' | 'notRead' | 'outOfSight' | 'fromFile';
  /** What was being read, as its API call: `ec2:DescribeRouteTables`; out of sight, the id or the name of the thing. */
  readonly reading: string;
  readonly detail: string | undefined;
}

/** A value that was read, or the reason why it is missing. A gap is never treated as "none". */
export type Reading<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly gap: Gap };

export const known = <T>(value: T): Reading<T> => ({ known: true, value });
export const unknown = (gap: Gap): Reading<never> => ({ known: false, gap });

/** One account's network in one region as it was read, gap by gap. */
export interface NetworkSnapshot {
  readonly place: Place;
  readonly takenAtMs: number;
  readonly vpcs: Reading<readonly Vpc[]>;
  /** One entry for each VPC that was asked about. */
  readonly dnsAttributes: ReadonlyMap<VpcId, Reading<VpcDnsAttributes>>;
  readonly dhcpOptions: Reading<readonly DhcpOptions[]>;
  readonly subnets: Reading<readonly Subnet[]>;
  readonly routeTables: Reading<readonly RouteTable[]>;
  readonly prefixLists: Reading<readonly PrefixList[]>;
  readonly internetGateways: Reading<readonly InternetGateway[]>;
  readonly securityGroups: Reading<readonly SecurityGroup[]>;
  readonly networkAcls: Reading<readonly NetworkAcl[]>;
  readonly networkInterfaces: Reading<readonly NetworkInterface[]>;
  readonly endpoints: Reading<readonly VpcEndpoint[]>;
  readonly instances: Reading<readonly Instance[]>;
  /** Left out by readers that do not ask for them: a route to one is then the end of what is known. */
  readonly natGateways?: Reading<readonly NatGateway[]>;
  /** Left out as well by readers that do not ask; a peered VPC is then out of sight. */
  readonly peeringConnections?: Reading<readonly PeeringConnection[]>;
}
