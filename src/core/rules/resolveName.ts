import type { DhcpOptions, NetworkInterface, Vpc, VpcDnsAttributes, VpcEndpoint } from '../network';

/** What the resolver of one VPC knows. */
export interface ResolverView {
  readonly region: string;
  readonly vpc: Vpc;
  readonly attributes: VpcDnsAttributes;
  readonly dhcpOptions: DhcpOptions | undefined;
  /** Endpoints of every VPC that the caller knows: their own names (`vpce-…`) resolve everywhere. */
  readonly endpoints: readonly VpcEndpoint[];
  readonly networkInterfaces: readonly NetworkInterface[];
  /** Addresses that the public DNS gives for a name; undefined when the name does not exist there. */
  readonly publicAddresses: (name: string) => readonly string[] | undefined;
  /** Private DNS names that endpoints of a service take over, such as `ec2.ap-south-1.amazonaws.com`; `*.` matches one label or more. */
  readonly privateNamesOf: (serviceName: string) => readonly string[];
}

export type NameReason =
  | 'privateDnsOfEndpoint'
  | 'endpointName'
  | 'vpcHostName'
  | 'publicDns'
  | 'privateDnsOff'
  | 'endpointNotAvailable'
  | 'dnsAttributesOff'
  | 'dnsSupportOff'
  | 'foreignNameServer'
  | 'noSuchName';

export interface NameAnswer {
  readonly outcome: 'addresses' | 'noSuchName' | 'noResolver';
  readonly addresses: readonly string[];
  /** Why this answer; for a public answer, why it is not private. */
  readonly reason: NameReason;
  /** The endpoint that answered, or the one that would have, had the reason not stood in the way. */
  readonly endpoint: VpcEndpoint | undefined;
}

/** Amazon-provided resolver (VPC base+2, 169.254.169.253), A records. `aws-behaviour` §9 Names. */
export type ResolveName = (name: string, view: ResolverView) => NameAnswer;
