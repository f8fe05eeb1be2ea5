import type { NetworkInterfaceId, VpcEndpointId } from './ids';
import type { NameReason } from './rules/resolveName';

/** What a capture is to prove: traffic from this interface to this service. */
export interface VerdictTarget {
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly serviceName: string;
  /** 443 for AWS services, the listener's for others. */
  readonly port: number;
}

/** What is missing before a verdict can be given. */
export type MissingEvidence =
  | 'noPackets'
  | 'onlyOtherTraffic'
  | 'noAnswerYet'
  | 'tooManyConversations'
  | 'routeTableUnread'
  | 'pathOutOfSight'
  | 'interfacesUnread'
  | 'endpointsUnread'
  | 'noTarget'
  /** The packets come from a file, which says nothing of their network. */
  | 'fromFile';

/** Why traffic did not take the private path, or did not arrive. */
export type PathCause =
  | NameReason
  /** The name leads to the endpoint now, so the address was learnt before. */
  | 'staleName'
  | 'securityGroupLacksPort'
  | 'securityGroupBlocksEgress'
  | 'networkAclDenies'
  | 'noRoute'
  | 'blackhole'
  | 'noPublicAddress'
  | 'nobodyAtAddress'
  | 'refused'
  | 'noEndpoint'
  | 'endpointInOtherVpc'
  /** What would tell was not read; the subject is the API call. */
  | 'causeUnread'
  | 'unexplained';

/** One sentence about a capture. `words/verdict` writes it. */
export type Verdict =
  | {
      readonly kind: 'private';
      readonly endpointId: VpcEndpointId;
      /** Undefined for a gateway endpoint, which has no interface. */
      readonly networkInterfaceId: NetworkInterfaceId | undefined;
      readonly address: string;
      readonly availabilityZone: string | undefined;
      /** The name that was asked for, when its answer was captured. */
      readonly name: string | undefined;
      readonly packets: number;
      readonly ofPackets: number;
    }
  | {
      readonly kind: 'notPrivate';
      /** `left`: went to a public address. `noAnswer`: SYN again and again. `refused`: reset. */
      readonly how: 'left' | 'noAnswer' | 'refused';
      readonly address: string;
      /** The gateway it left through, when it left. */
      readonly through: string | undefined;
      readonly endpointId: VpcEndpointId | undefined;
      readonly cause: PathCause;
      /** What the cause speaks of: a security group id, an attribute's name. */
      readonly subject: string | undefined;
      readonly name: string | undefined;
      readonly packets: number;
      readonly ofPackets: number;
      /** SYNs beyond the first of their conversation. */
      readonly synRetries: number;
      /** 1-based number of the first packet that disagrees. */
      readonly firstDisagreeing: number | undefined;
    }
  | { readonly kind: 'cannotTell'; readonly missing: MissingEvidence; readonly packets: number };
