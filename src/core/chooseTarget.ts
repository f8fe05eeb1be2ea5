import { type Classifier, classifyAddress } from './createClassifier';
import { type CaptureEvidence, namesByAddress } from './evidence';
import type { NetworkInterfaceId } from './ids';
import { valueOr } from './reading';
import { HTTPS, TCP } from './rules/flow';
import { serviceOfPublicName } from './serviceNames';
import type { NetworkSnapshot } from './snapshot';
import type { VerdictTarget } from './verdict';

/**
 * The service that a capture is most likely about, when nobody named one: the service of the endpoint last talked to, else the last service
 * whose name was captured (those with an endpoint in the account first), else the only service that has endpoints. Undefined otherwise.
 */
export function chooseTarget(
  evidence: CaptureEvidence,
  snapshot: NetworkSnapshot,
  networkInterfaceId: NetworkInterfaceId,
  classifier: Classifier,
): VerdictTarget | undefined {
  const endpoints = valueOr(snapshot.endpoints, []);
  const offered = [...new Set(endpoints.map(({ serviceName }) => serviceName))];
  const latest = evidence.conversations
    .filter(({ protocol, destinationPort }) => protocol === TCP && destinationPort === HTTPS)
    .sort((a, b) => b.firstPacket - a.firstPacket);
  const atEndpoint = latest.flatMap(({ destination }) => {
    const id = classifyAddress(classifier, destination)?.place.endpointId;
    return endpoints.find(endpoint => endpoint.id === id)?.serviceName ?? [];
  });
  const namesOf = namesByAddress(evidence);
  const named = latest.flatMap(({ destination }) =>
    (namesOf.get(destination) ?? []).flatMap(name => serviceOfPublicName(name) ?? []),
  );
  const serviceName =
    atEndpoint[0] ??
    named.find(service => offered.includes(service)) ??
    named[0] ??
    (offered.length === 1 ? offered[0] : undefined);
  return serviceName === undefined ? undefined : { networkInterfaceId, serviceName, port: HTTPS };
}
