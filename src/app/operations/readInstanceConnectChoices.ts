import { gapError } from '../../core/gaps';
import type { CallOptions } from '../../core/ports/calls';
import { valueOr } from '../../core/reading';
import type { Scope } from '../appModel';
import type { InstanceConnectChoices } from './planInstanceConnectEndpoint';

/** Reads what creating an Instance Connect endpoint chooses from. Rejects when there is no subnet to be seen. */
export async function readInstanceConnectChoices(
  scope: Scope,
  options: CallOptions = {},
): Promise<InstanceConnectChoices> {
  const gateways = await scope.gateways();
  const [existing, snapshot] = await Promise.all([
    gateways.instanceConnectEndpoints.listInstanceConnectEndpoints(options),
    gateways.network.readSnapshot(['subnets', 'securityGroups'], options),
  ]);
  if (!snapshot.subnets.known) throw gapError(snapshot.subnets.gap);
  return { existing, subnets: snapshot.subnets.value, groups: valueOr(snapshot.securityGroups, []) };
}
