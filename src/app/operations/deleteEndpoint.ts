import { isOwnName } from '../../core/endpointNames';
import type { VpcEndpointId } from '../../core/ids';
import { nameTag } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import type { EndpointDetails, ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import type { EndpointLoss } from '../endpointPlan';

/** What the dialog names before an endpoint is deleted. */
export function endpointLoss({ endpoint, interfaces }: EndpointDetails): EndpointLoss {
  return {
    endpointId: endpoint.id,
    name: nameTag(endpoint.tags),
    serviceName: endpoint.serviceName,
    interfaces: interfaces.map(item => ({ address: item.privateIpAddress, availabilityZone: item.availabilityZone })),
    privateDnsNames: endpoint.privateDnsEnabled
      ? endpoint.dnsEntries.map(({ name }) => name).filter(name => !isOwnName(name))
      : [],
  };
}

/** Resolves when AWS has accepted the request; an endpoint that is gone already is no error. Rejects with a `LabError`. */
export async function deleteEndpoint(
  scope: Scope,
  id: VpcEndpointId,
  options: CallOptions & { readonly store?: ResourceStore<EndpointDetails> } = {},
): Promise<void> {
  const gateways = await scope.gateways();
  try {
    await gateways.endpoints.deleteEndpoint(id, { signal: options.signal });
  } catch (error) {
    if (asLabError(error).code !== 'endpointNotFound') throw error;
  } finally {
    void options.store?.noteChange(scope, id);
  }
}
