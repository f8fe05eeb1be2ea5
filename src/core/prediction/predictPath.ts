import type { VpcId } from '../ids';
import { orGap } from '../reading';
import { type NameAnswer, resolveName } from '../rules/resolveName';
import type { Gap, NetworkSnapshot } from '../snapshot';
import { interfaceIn } from '../snapshotLookup';
import { type Delivery, type DeliveryEnd, predictDelivery } from './predictDelivery';
import type { Hop, PathOutcome, PathQuestion, Prediction } from './prediction';
import { publicSamples } from './publicSamples';
import { resolverViewOf } from './resolverViewOf';
import { type NotPrivate, whyNotPrivate } from './whyNotPrivate';

/**
 * Explains where a connection will go, from a snapshot with gaps. Composes the rules by itself and shares nothing with the simulator's
 * forwarding, so that their agreement means something. What hangs on a gap is `unknown`, never a guess.
 */
export function predictPath(snapshot: NetworkSnapshot, question: PathQuestion): Prediction {
  const asked = orGap(() => askName(snapshot, question));
  if (!asked.known) return unknownName(question, asked.gap);
  const { answer, notPrivate } = asked.value;
  const stop = refusedName(answer);
  if (stop) return { question, answer, hops: [stop.hop], outcome: stop.outcome };
  const name: Hop = { rule: 'name', subjects: answer.endpoint ? [answer.endpoint.id] : [], decision: 'pass' };
  const deliveries = orGap(() => deliver(snapshot, question, answer));
  if (!deliveries.known) {
    return { question, answer, hops: [name], outcome: { kind: 'unknown', gap: deliveries.gap } };
  }
  const { outcome, shown } = merge(deliveries.value, notPrivate, isSampled(answer), question);
  return { question, answer, hops: [name, ...(shown?.hops ?? [])], outcome };
}

interface Asked {
  readonly answer: NameAnswer;
  /** Undefined for a private answer. */
  readonly notPrivate: NotPrivate | undefined;
}

function askName(snapshot: NetworkSnapshot, question: PathQuestion): Asked {
  const vpcId: VpcId = interfaceIn(snapshot, question.networkInterfaceId).vpcId;
  const answer = resolveName(
    question.name,
    resolverViewOf(snapshot, vpcId, () => question.publicAddresses),
  );
  return { answer, notPrivate: isPrivate(answer) ? undefined : whyNotPrivate(snapshot, vpcId, question.name, answer) };
}

const isPrivate = (answer: NameAnswer) =>
  answer.reason === 'privateDnsOfEndpoint' || answer.reason === 'endpointName' || answer.reason === 'vpcHostName';

/** A public answer of which nobody knows the addresses. */
const isSampled = (answer: NameAnswer) => !isPrivate(answer) && answer.addresses.length === 0;

function unknownName(question: PathQuestion, gap: Gap): Prediction {
  const hop: Hop = { rule: 'name', subjects: [], decision: 'unknown', gap };
  return { question, answer: undefined, hops: [hop], outcome: { kind: 'unknown', gap } };
}

/** Ends that the name alone decides; undefined when there are addresses to follow. */
function refusedName(answer: NameAnswer): { readonly hop: Hop; readonly outcome: PathOutcome } | undefined {
  const subjects = answer.endpoint ? [answer.endpoint.id] : [];
  if (answer.reason === 'foreignNameServer' && answer.addresses.length === 0) {
    const gap: Gap = { code: 'outOfSight', reading: 'dns', detail: undefined };
    return { hop: { rule: 'name', subjects, decision: 'unknown', gap }, outcome: { kind: 'unknown', gap } };
  }
  if (answer.outcome === 'addresses') return undefined;
  return {
    hop: { rule: 'name', subjects, decision: 'stop', cause: answer.reason },
    outcome: { kind: 'dropped', cause: answer.reason, subject: subjects[0], nameCause: undefined },
  };
}

function deliver(snapshot: NetworkSnapshot, question: PathQuestion, answer: NameAnswer): readonly Delivery[] {
  const { networkInterfaceId, port } = question;
  const { addresses, routes } = isSampled(answer)
    ? publicSamples(snapshot, networkInterfaceId, question.name)
    : { addresses: answer.addresses, routes: undefined };
  return addresses.map(address =>
    predictDelivery(snapshot, { networkInterfaceId, address, port, ...(routes && { routes }) }),
  );
}

interface Merged {
  readonly outcome: PathOutcome;
  readonly shown: Delivery | undefined;
}

function merge(
  deliveries: readonly Delivery[],
  notPrivate: NotPrivate | undefined,
  areSamples: boolean,
  question: PathQuestion,
): Merged {
  const [first] = deliveries;
  if (!first) return outOfSight(question.name);
  const odd = deliveries.find(({ end }) => fate(end) !== fate(first.end));
  if (!odd) return { outcome: sameFate(deliveries, first, notPrivate), shown: first };
  if (areSamples) return outOfSight(question.name);
  const unread = deliveries.find(({ end }) => end.kind === 'unknown');
  if (unread?.end.kind === 'unknown') return { outcome: unread.end, shown: unread };
  const failing = deliveries.filter(({ end }) => end.kind === 'dropped' || end.kind === 'sometimes');
  const [worst] = failing;
  if (worst && 'cause' in worst.end) {
    const failingAddresses = failing.map(({ address }) => address);
    return { outcome: { ...worst.end, kind: 'partly', failingAddresses }, shown: worst };
  }
  return outOfSight(question.name);
}

const outOfSight = (reading: string): Merged => ({
  outcome: { kind: 'unknown', gap: { code: 'outOfSight', reading, detail: undefined } },
  shown: undefined,
});

/** Two ends of one fate need no telling apart: the addresses of one endpoint, or the way through one gateway. */
function fate(end: DeliveryEnd): string {
  switch (end.kind) {
    case 'endpoint':
      return `endpoint ${end.endpoint.id}`;
    case 'interface':
      return `interface ${end.networkInterfaceId}`;
    case 'outside':
      return `outside ${'id' in end.through ? end.through.id : end.through.kind}`;
    case 'dropped':
    case 'sometimes':
      return `${end.kind} ${end.cause} ${end.subject}`;
    case 'unknown':
      return `unknown ${end.gap.reading}`;
  }
}

function sameFate(
  deliveries: readonly Delivery[],
  { end, address }: Delivery,
  notPrivate: NotPrivate | undefined,
): PathOutcome {
  switch (end.kind) {
    case 'endpoint': {
      const networkInterfaceIds = deliveries.flatMap(other =>
        other.end.kind === 'endpoint' && other.end.networkInterfaceId ? [other.end.networkInterfaceId] : [],
      );
      const addresses = end.networkInterfaceId ? deliveries.map(other => other.address) : [];
      return { kind: 'reachesEndpoint', endpointId: end.endpoint.id, networkInterfaceIds, addresses };
    }
    case 'interface':
      return { kind: 'reachesInterface', networkInterfaceId: end.networkInterfaceId, address };
    case 'outside': {
      const cause = notPrivate?.cause ?? 'unexplained';
      return { kind: 'leaves', through: end.through, cause, endpointId: notPrivate?.endpoint?.id };
    }
    case 'dropped':
      return { kind: 'dropped', cause: end.cause, subject: end.subject, nameCause: notPrivate?.cause };
    case 'sometimes':
      return { kind: 'partly', failingAddresses: [], cause: end.cause, subject: end.subject };
    case 'unknown':
      return end;
  }
}
