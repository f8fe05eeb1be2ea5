import type { AddressClass } from './classification';
import { addressesOf, type Classified, type Classifier, classifyAddress, createClassifier } from './createClassifier';
import { type CaptureEvidence, type Conversation, fateOf, namesByAddress } from './evidence';
import { explainFailure } from './explainFailure';
import type { VpcEndpointId } from './ids';
import type { NetworkInterface } from './network';
import { privateNamesIn } from './prediction/resolverViewOf';
import { orGap, valueOr } from './reading';
import { TCP } from './rules/flow';
import { matchesName } from './serviceNames';
import type { NetworkSnapshot } from './snapshot';
import { interfaceIn } from './snapshotLookup';
import type { MissingEvidence, Verdict, VerdictTarget } from './verdict';

/**
 * The one sentence about a capture. Private only when every conversation with the service went to an endpoint and was answered; the first
 * that did not decides the rest. What was not read makes it `cannotTell`, or leaves the cause open, and is never guessed.
 */
export function judge(
  evidence: CaptureEvidence,
  snapshot: NetworkSnapshot,
  target: VerdictTarget | undefined,
  classifier?: Classifier,
): Verdict {
  const cannotTell = (missing: MissingEvidence): Verdict => ({
    kind: 'cannotTell',
    missing,
    packets: evidence.packets,
  });
  if (!snapshot.networkInterfaces.known) return cannotTell('interfacesUnread');
  if (!snapshot.endpoints.known) return cannotTell('endpointsUnread');
  if (evidence.packets === 0) return cannotTell('noPackets');
  if (!target) return cannotTell('noTarget');
  const own = orGap(() => interfaceIn(snapshot, target.networkInterfaceId));
  if (!own.known) return cannotTell('interfacesUnread');
  const sight = classifier ?? createClassifier(snapshot, target.networkInterfaceId);
  const sightings = concerning(evidence, snapshot, target, own.value, sight);
  const isComplete = evidence.untrackedPackets === 0;
  if (sightings.length === 0) return cannotTell(isComplete ? 'onlyOtherTraffic' : 'tooManyConversations');
  if (sightings.some(({ way }) => way === 'unseen')) {
    return cannotTell(sight.routeTable.known ? 'pathOutOfSight' : 'routeTableUnread');
  }
  const bad = sightings.find(({ way }) => way === 'left' || way === 'noAnswer' || way === 'refused');
  if (bad) return notPrivate(bad, sightings, snapshot, target);
  if (!isComplete) return cannotTell('tooManyConversations');
  const good = sightings.filter(({ way }) => way === 'private');
  return good[0] ? allPrivate(good, sightings, sight) : cannotTell('noAnswerYet');
}

type Way = 'private' | 'left' | 'noAnswer' | 'refused' | 'waiting' | 'unseen';

/** A conversation with the service, and where it went. */
interface Sighting {
  readonly conversation: Conversation;
  readonly classified: Classified;
  readonly name: string | undefined;
  readonly way: Way;
}

function concerning(
  evidence: CaptureEvidence,
  snapshot: NetworkSnapshot,
  target: VerdictTarget,
  own: NetworkInterface,
  classifier: Classifier,
): readonly Sighting[] {
  const isOfService = serviceTest(snapshot, target);
  const namesOf = namesByAddress(evidence);
  const ownAddresses = addressesOf(own);
  const sightings: Sighting[] = [];
  for (const conversation of evidence.conversations) {
    if (conversation.protocol !== TCP || conversation.destinationPort !== target.port) continue;
    const classified = ownAddresses.includes(conversation.source)
      ? classifyAddress(classifier, conversation.destination)
      : undefined;
    if (!classified) continue;
    const names = namesOf.get(conversation.destination) ?? [];
    if (!isOfService(classified, names, conversation)) continue;
    sightings.push({ conversation, classified, name: names[0], way: wayOf(conversation, classified) });
  }
  return sightings.sort((a, b) => a.conversation.firstPacket - b.conversation.firstPacket);
}

/**
 * Whether a conversation is with the service. An endpoint's interface tells it by itself. Elsewhere the captured name does; without a name a
 * conversation that began during the capture counts, since calling it other traffic would make a leak look private.
 */
function serviceTest(snapshot: NetworkSnapshot, target: VerdictTarget) {
  const endpoints = valueOr(snapshot.endpoints, []);
  const serviceOf = new Map<VpcEndpointId, string>(endpoints.map(({ id, serviceName }) => [id, serviceName]));
  const patterns = orGap(() => privateNamesIn(snapshot, target.serviceName));
  return ({ place }: Classified, names: readonly string[], { synCount }: Conversation): boolean => {
    if (place.endpointId) return serviceOf.get(place.endpointId) === target.serviceName;
    if (neighbours.has(place.addressClass)) return false;
    if (names.length === 0) return synCount > 0;
    return patterns.known && names.some(name => patterns.value.some(pattern => matchesName(pattern, name)));
  };
}

/** Addresses of the VPC itself and of its hosts, which are no endpoint's. */
const neighbours: ReadonlySet<AddressClass> = new Set<AddressClass>([
  'ownAddress',
  'resolver',
  'linkLocal',
  'metadata',
  'timeSync',
  'multicast',
  'instance',
  'loadBalancer',
  'otherInterface',
  'local',
]);

/** Ways that end out of this account's sight. */
const unseen: ReadonlySet<AddressClass> = new Set<AddressClass>(['unknown', 'peering', 'otherTarget']);

function wayOf(conversation: Conversation, { place }: Classified): Way {
  const fate = fateOf(conversation);
  if (fate !== 'answered') return fate;
  if (place.addressClass === 'endpointInterface' || place.addressClass === 'gatewayEndpoint') return 'private';
  return unseen.has(place.addressClass) ? 'unseen' : 'left';
}

const packetsOf = (sightings: readonly Sighting[]) =>
  sightings.reduce((sum, { conversation }) => sum + conversation.packets, 0);

/** `good` is not empty. */
function allPrivate(good: readonly Sighting[], all: readonly Sighting[], classifier: Classifier): Verdict {
  const { classified, conversation, name } = good.at(-1)!;
  const row = classifier.endpointInterfaces[classified.interfaceRow - 1];
  return {
    kind: 'private',
    endpointId: classified.place.endpointId!,
    networkInterfaceId: classified.place.networkInterfaceId,
    address: conversation.destination,
    availabilityZone: row?.availabilityZone,
    name,
    packets: packetsOf(good),
    ofPackets: packetsOf(all),
  };
}

function notPrivate(
  bad: Sighting,
  all: readonly Sighting[],
  snapshot: NetworkSnapshot,
  target: VerdictTarget,
): Verdict {
  const how = bad.way as 'left' | 'noAnswer' | 'refused';
  const explained = explainFailure(snapshot, target, {
    how,
    address: bad.conversation.destination,
    isEndpoint: bad.classified.place.addressClass === 'endpointInterface',
    endpointId: bad.classified.place.endpointId,
    name: bad.name,
  });
  const alike = all.filter(({ way }) => way === how);
  const routeTarget = bad.classified.place.route?.target;
  return {
    kind: 'notPrivate',
    how,
    address: bad.conversation.destination,
    through: how === 'left' && routeTarget && 'id' in routeTarget ? routeTarget.id : undefined,
    ...explained,
    name: bad.name,
    packets: packetsOf(alike),
    ofPackets: packetsOf(all),
    synRetries: alike.reduce((sum, { conversation }) => sum + Math.max(0, conversation.synCount - 1), 0),
    firstDisagreeing: bad.conversation.firstPacket,
  };
}
