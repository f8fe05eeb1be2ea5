import { LabError } from '../../core/errors';
import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import type { Instance } from '../../core/network';
import type { CloudGateways } from '../../core/ports/gateways';
import type { SnapshotPart } from '../../core/ports/networkGateway';
import type { ScreenSize, SecureShell, SecureShellClient } from '../../core/ports/secureShell';
import { predictDelivery } from '../../core/prediction/predictDelivery';
import type { Scope } from '../appModel';

export interface ConnectShellOptions {
  readonly client: SecureShellClient;
  readonly size: ScreenSize;
  readonly signal?: AbortSignal;
}

/** Of Amazon Linux, and what the AWS CLI takes when it is not told ("aws ec2-instance-connect ssh: --os-user"). */
export const defaultUserName = 'ec2-user';

const sshPort = 22;
const partsToExplain: readonly SnapshotPart[] = [
  'subnets',
  'routeTables',
  'networkAcls',
  'networkInterfaces',
  'securityGroups',
  'prefixLists',
  'endpoints',
];

/**
 * Logs in through an EC2 Instance Connect Endpoint with a key that is made for this one login. Rejects with a `LabError`, `tunnelBlocked` when
 * the rules tell why nobody answers, or with the signal's reason; no tunnel is then left open.
 */
export async function openConnectShell(
  scope: Scope,
  instance: Instance,
  endpoint: InstanceConnectEndpoint,
  { client, size, signal }: ConnectShellOptions,
): Promise<SecureShell> {
  const gateways = await scope.gateways();
  const { id: instanceId, privateIpAddress = '' } = instance;
  const key = client.makeKey();
  const login = { userName: defaultUserName, key, size, signal };
  try {
    await gateways.tunnels.pushKey({ instanceId, userName: login.userName, publicKey: key.publicKey }, { signal });
    const tunnel = await gateways.tunnels.openSshTunnel({ endpoint, privateIpAddress }, { signal });
    return await client.openShell(tunnel, login);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof LabError)) throw error;
    throw about(instance, (await explained(error, gateways, instance, endpoint, signal)) ?? error);
  }
}

/** Which rule keeps the endpoint from the instance; undefined when none that was read does. */
async function explained(
  error: LabError,
  { network }: CloudGateways,
  { privateIpAddress }: Instance,
  endpoint: InstanceConnectEndpoint,
  signal: AbortSignal | undefined,
): Promise<LabError | undefined> {
  const [networkInterfaceId] = endpoint.networkInterfaceIds;
  if (error.code !== 'tunnelUnanswered' || !networkInterfaceId || !privateIpAddress) return undefined;
  const snapshot = await network.readSnapshot(partsToExplain, { signal }).catch(() => undefined);
  if (!snapshot) return undefined;
  const question = { networkInterfaceId, address: privateIpAddress, port: sshPort };
  const { end, hops } = predictDelivery(snapshot, question);
  if (end.kind !== 'dropped') return undefined;
  // The rules were asked about the endpoint's address; what reaches the instance then bears the client's.
  const stop = hops.find(({ decision }) => decision === 'stop');
  if (endpoint.preservesClientIp && stop?.rule !== 'egressGroups') return undefined;
  const { cause, subject = '' } = end;
  return new LabError('tunnelBlocked', { ...error.parameters, cause, subject }, { cause: error });
}

function about({ id }: Instance, { code, parameters, cause, cloudCode, requestId }: LabError): LabError {
  return new LabError(
    code,
    { ...parameters, instanceId: id },
    { cause, ...(cloudCode === undefined ? {} : { cloudCode }), ...(requestId === undefined ? {} : { requestId }) },
  );
}
