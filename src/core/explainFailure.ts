import { nameUnder } from './endpointNames';
import type { VpcEndpointId } from './ids';
import { predictDelivery } from './prediction/predictDelivery';
import { privateNamesIn, resolverViewOf } from './prediction/resolverViewOf';
import { type NotPrivate, whyNotPrivate } from './prediction/whyNotPrivate';
import { orGap } from './reading';
import { resolveName } from './rules/resolveName';
import type { NetworkSnapshot } from './snapshot';
import { interfaceIn } from './snapshotLookup';
import type { PathCause, Verdict, VerdictTarget } from './verdict';

/** What a capture saw of a conversation that did not go the private way, or not at all. */
export interface FailureSeen {
  readonly how: 'left' | 'noAnswer' | 'refused';
  readonly address: string;
  readonly isEndpoint: boolean;
  readonly endpointId: VpcEndpointId | undefined;
  /** The name whose captured answer led to the address. */
  readonly name: string | undefined;
}

type Explanation = Pick<Extract<Verdict, { kind: 'notPrivate' }>, 'endpointId' | 'cause' | 'subject'>;

/**
 * The cause that the rules give for what was seen. What the rules need and the snapshot lacks becomes `causeUnread`; what they would have
 * let pass becomes `unexplained`.
 */
export function explainFailure(snapshot: NetworkSnapshot, target: VerdictTarget, seen: FailureSeen): Explanation {
  if (seen.how === 'refused') return { endpointId: seen.endpointId, cause: 'refused', subject: undefined };
  if (seen.isEndpoint) return { endpointId: seen.endpointId, ...explainSilence(snapshot, target, seen.address) };
  const name = orGap(() => explainName(snapshot, target, seen.name));
  if (!name.known) return { endpointId: undefined, cause: 'causeUnread', subject: name.gap.reading };
  const endpointId = name.value.endpoint?.id;
  if (seen.how === 'noAnswer' && name.value.cause === 'noEndpoint') {
    return { endpointId, ...explainSilence(snapshot, target, seen.address) };
  }
  return { endpointId, cause: name.value.cause, subject: name.value.subject };
}

function explainSilence(
  snapshot: NetworkSnapshot,
  { networkInterfaceId, port }: VerdictTarget,
  address: string,
): { readonly cause: PathCause; readonly subject: string | undefined } {
  const { end } = predictDelivery(snapshot, { networkInterfaceId, address, port });
  if (end.kind === 'dropped' || end.kind === 'sometimes') return { cause: end.cause, subject: end.subject };
  if (end.kind === 'unknown') return { cause: 'causeUnread', subject: end.gap.reading };
  return { cause: 'unexplained', subject: undefined };
}

function explainName(
  snapshot: NetworkSnapshot,
  { networkInterfaceId, serviceName }: VerdictTarget,
  seenName: string | undefined,
): NotPrivate & { readonly subject: string | undefined } {
  const { vpcId } = interfaceIn(snapshot, networkInterfaceId);
  const name = seenName ?? nameUnder(privateNamesIn(snapshot, serviceName)[0] ?? '');
  const view = resolverViewOf(snapshot, vpcId, () => []);
  const answer = resolveName(name, view);
  if (answer.reason === 'privateDnsOfEndpoint') return { cause: 'staleName', endpoint: answer.endpoint, subject: name };
  const { cause, endpoint } = whyNotPrivate(snapshot, vpcId, name, answer);
  return { cause, endpoint, subject: subjectOf(cause, view) ?? endpoint?.id };
}

/** The attribute that is off; other causes speak of the endpoint. */
function subjectOf(cause: PathCause, view: ReturnType<typeof resolverViewOf>): string | undefined {
  if (cause === 'dnsSupportOff') return 'enableDnsSupport';
  if (cause === 'foreignNameServer') return view.dhcpOptions?.domainNameServers[0];
  if (cause !== 'dnsAttributesOff') return undefined;
  return view.attributes.enableDnsSupport ? 'enableDnsHostnames' : 'enableDnsSupport';
}
