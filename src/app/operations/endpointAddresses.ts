import type { VpcEndpointId } from '../../core/ids';
import { valueOr } from '../../core/reading';
import type { Scope } from '../appModel';

/** The private addresses of an endpoint's interfaces as they are now; empty for one without interfaces, or that could not be read. Rejects with a `LabError`. */
export async function endpointAddresses(scope: Scope, id: VpcEndpointId): Promise<readonly string[]> {
  const { network } = await scope.gateways();
  const { endpoints, networkInterfaces } = await network.readSnapshot(['endpoints', 'networkInterfaces']);
  const ids = new Set(valueOr(endpoints, []).find(endpoint => endpoint.id === id)?.networkInterfaceIds);
  return valueOr(networkInterfaces, []).flatMap(item => (ids.has(item.id) ? [item.privateIpAddress] : []));
}
