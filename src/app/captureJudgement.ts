import { chooseTarget } from '../core/chooseTarget';
import { type Classifier, classifyAddress } from '../core/createClassifier';
import type { CaptureEvidence } from '../core/evidence';
import type { VpcEndpointId } from '../core/ids';
import { judge } from '../core/judge';
import type { Prediction } from '../core/prediction/prediction';
import { valueOr } from '../core/reading';
import { HTTPS } from '../core/rules/flow';
import { awsServiceName } from '../core/serviceNames';
import type { NetworkSnapshot } from '../core/snapshot';
import type { Verdict, VerdictTarget } from '../core/verdict';
import type { NameRow } from './captureModel';
import type { CaptureNetwork } from './captureNetwork';

const NAMES_SHOWN = 100;

/** What follows from the packets so far and the network as it was read. */
export interface CaptureJudgement {
  readonly verdict: Verdict;
  readonly prediction: Prediction | undefined;
  readonly names: readonly NameRow[];
}

/** `endpointId`: what the capture is about; without it the evidence decides. */
export function judgeCapture(
  evidence: CaptureEvidence,
  network: CaptureNetwork | undefined,
  endpointId: VpcEndpointId | undefined,
): CaptureJudgement {
  const classifier = network?.classifier;
  const names = evidence.names.slice(-NAMES_SHOWN).map(seen => ({
    ...seen,
    isPrivate: seen.addresses.length > 0 && seen.addresses.every(address => isEndpointAddress(address, classifier)),
  }));
  const networkInterfaceId = network?.instance.networkInterfaceId;
  if (!network || !classifier || !networkInterfaceId) {
    const verdict: Verdict = { kind: 'cannotTell', missing: 'interfacesUnread', packets: evidence.packets };
    return { verdict, prediction: undefined, names };
  }
  const { snapshot } = network;
  const serviceName = serviceOf(endpointId, snapshot);
  const target: VerdictTarget | undefined = serviceName
    ? { networkInterfaceId, serviceName, port: HTTPS }
    : chooseTarget(evidence, snapshot, networkInterfaceId, classifier);
  return {
    verdict: judge(evidence, snapshot, target, classifier),
    prediction: network.predict(target?.serviceName ?? awsServiceName(snapshot.place.region, 'ec2')),
    names,
  };
}

function serviceOf(endpointId: VpcEndpointId | undefined, snapshot: NetworkSnapshot): string | undefined {
  return valueOr(snapshot.endpoints, []).find(({ id }) => id === endpointId)?.serviceName;
}

function isEndpointAddress(address: string, classifier: Classifier | undefined): boolean {
  const classified = classifier && classifyAddress(classifier, address);
  return classified?.place.addressClass === 'endpointInterface';
}
