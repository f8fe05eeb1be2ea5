import type { NetworkInterfaceId } from '../core/ids';
import type { Prediction } from '../core/prediction/prediction';
import { predictPath } from '../core/prediction/predictPath';
import { valueOr } from '../core/reading';
import { HTTPS } from '../core/rules/flow';
import { privateNamesOfService } from '../core/serviceNames';
import type { NetworkSnapshot } from '../core/snapshot';

/** What a program on the instance will meet that opens the service's own name. */
export function predictService(
  snapshot: NetworkSnapshot,
  networkInterfaceId: NetworkInterfaceId,
  serviceName: string,
): Prediction {
  const name = ownNameOf(serviceName, snapshot);
  return predictPath(snapshot, { networkInterfaceId, name, port: HTTPS, publicAddresses: [] });
}

/** AWS's services by rule; somebody's own by what AWS lists at an endpoint. A wildcard stands for any label under it. */
function ownNameOf(serviceName: string, snapshot: NetworkSnapshot): string {
  const endpoints = valueOr(snapshot.endpoints, []);
  const listed = endpoints
    .filter(endpoint => endpoint.serviceName === serviceName)
    .flatMap(({ dnsEntries }) => dnsEntries.map(({ name }) => name))
    .sort((a, b) => Number(/^(?:\*\.)?vpce-/.test(a)) - Number(/^(?:\*\.)?vpce-/.test(b)));
  return (privateNamesOfService(serviceName)[0] ?? listed[0] ?? serviceName).replace(/^\*\./, 'any.');
}
