import type { NetworkInterfaceId, VpcEndpointId } from '../ids';
import type { RouteTarget } from '../network';
import type { NameAnswer } from '../rules/resolveName';
import type { Gap } from '../snapshot';
import type { PathCause } from '../verdict';

/** "What will happen when a program behind this interface opens `name:port`?" */
export interface PathQuestion {
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly name: string;
  readonly port: number;
  /** What the public DNS is known to answer; empty when nobody asked it. */
  readonly publicAddresses: readonly string[];
}

export type HopRule =
  | 'name'
  | 'egressGroups'
  | 'route'
  | 'egressAcl'
  | 'ingressAcl'
  | 'ingressGroups'
  | 'endpointState'
  | 'replyAcl';

/** One rule's word on the way. `subjects` are the ids that it rests on: tables, groups, lists, interfaces, endpoints. */
export type Hop = { readonly rule: HopRule; readonly subjects: readonly string[] } & (
  | { readonly decision: 'pass' }
  | { readonly decision: 'stop'; readonly cause: PathCause }
  /** Passes for some source ports only. */
  | { readonly decision: 'sometimes'; readonly cause: PathCause }
  | { readonly decision: 'unknown'; readonly gap: Gap }
);

export type PathOutcome =
  /** Private. `networkInterfaceIds` is empty for a gateway endpoint. */
  | {
      readonly kind: 'reachesEndpoint';
      readonly endpointId: VpcEndpointId;
      readonly networkInterfaceIds: readonly NetworkInterfaceId[];
      readonly addresses: readonly string[];
    }
  /** An interface of the VPC that is no endpoint's. */
  | { readonly kind: 'reachesInterface'; readonly networkInterfaceId: NetworkInterfaceId; readonly address: string }
  /** Out of the VPC. `cause` says why not through an endpoint. */
  | {
      readonly kind: 'leaves';
      readonly through: RouteTarget;
      readonly cause: PathCause;
      readonly endpointId: VpcEndpointId | undefined;
    }
  /** `nameCause` says why the name led to a public address, when it did. */
  | {
      readonly kind: 'dropped';
      readonly cause: PathCause;
      readonly subject: string | undefined;
      readonly nameCause: PathCause | undefined;
    }
  /** Depends on which of the name's addresses the program takes, or on its source port. */
  | {
      readonly kind: 'partly';
      /** Empty when it is a matter of the source port. */
      readonly failingAddresses: readonly string[];
      readonly cause: PathCause;
      readonly subject: string | undefined;
    }
  | { readonly kind: 'unknown'; readonly gap: Gap };

export interface Prediction {
  readonly question: PathQuestion;
  /** Undefined when the name's answer hangs on something unread. */
  readonly answer: NameAnswer | undefined;
  /** In the order in which a packet meets them; of several addresses, those of the first that decides the outcome. */
  readonly hops: readonly Hop[];
  readonly outcome: PathOutcome;
}
