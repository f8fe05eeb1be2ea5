import { nameUnder, ownNames, privateNames } from '../core/endpointNames';
import type { NetworkInterfaceId } from '../core/ids';
import type { Prediction } from '../core/prediction/prediction';
import { predictPath } from '../core/prediction/predictPath';
import { valueOr } from '../core/reading';
import { HTTPS } from '../core/rules/flow';
import type { NetworkSnapshot } from '../core/snapshot';

/** What a program on the instance will meet that opens the service's own name; without one, a name of an endpoint's. */
export function predictService(
  snapshot: NetworkSnapshot,
  networkInterfaceId: NetworkInterfaceId,
  serviceName: string,
): Prediction {
  const endpoints = valueOr(snapshot.endpoints, []);
  const [name] = [...privateNames(serviceName, endpoints), ...ownNames(serviceName, endpoints), serviceName];
  return predictPath(snapshot, { networkInterfaceId, name: nameUnder(name), port: HTTPS, publicAddresses: [] });
}
