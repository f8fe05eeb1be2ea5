import type { Clock } from '../base/clock';
import type { InstanceConnectEndpoint } from '../core/instanceConnectEndpoint';
import type { CloudGateways } from '../core/ports/gateways';
import type { InstanceConnectDetails, Scope } from './appModel';
import { asLabError } from './asLabError';
import { EndpointJoiner } from './endpointJoiner';
import { ResourceList } from './resourceList';

/** EC2 Instance Connect Endpoints of each scope with their interfaces and security groups. */
export class InstanceConnectStore extends ResourceList<InstanceConnectDetails> {
  constructor(clock: Clock) {
    super(
      {
        read: readInstanceConnectEndpoints,
        idOf: details => details.instanceConnect.id,
        fingerprint: details => JSON.stringify(details),
        isMoving: ({ instanceConnect }) => /InProgress$/.test(instanceConnect.state),
      },
      clock,
    );
  }
}

async function readInstanceConnectEndpoints(
  scope: Scope,
  signal: AbortSignal,
): Promise<readonly InstanceConnectDetails[]> {
  const gateways = await scope.gateways();
  const endpoints = await listOffered(gateways, signal);
  if (endpoints.length === 0) return [];
  const parts = ['networkInterfaces', 'subnets', 'securityGroups'] as const;
  const joiner = new EndpointJoiner(await gateways.network.readSnapshot(parts, { signal }));
  return endpoints.map(endpoint => joiner.instanceConnect(endpoint));
}

/** A backend that has no such thing has none of them: its other endpoints are to be seen all the same. */
async function listOffered(gateways: CloudGateways, signal: AbortSignal): Promise<readonly InstanceConnectEndpoint[]> {
  try {
    return await gateways.instanceConnectEndpoints.listInstanceConnectEndpoints({ signal });
  } catch (error) {
    if (/^(?:InvalidAction|UnknownAction|UnsupportedOperation|NotImplemented)/.test(asLabError(error).cloudCode ?? ''))
      return [];
    throw error;
  }
}
