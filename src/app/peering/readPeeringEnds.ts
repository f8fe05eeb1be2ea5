import { gapError } from '../../core/gaps';
import { nameOrId } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import type { Scope } from '../appModel';
import type { PeeringEnd } from '../operations/planPeering';

/** A VPC that can be one end, and through whom it is seen. */
export interface PeeringEndChoice extends PeeringEnd {
  readonly scope: Scope;
  readonly name: string;
  readonly isDefault: boolean;
}

/** The VPCs of a scope, those made by hand first: default VPCs have one range everywhere. Rejects when they cannot be read. */
export async function readPeeringEnds(scope: Scope, options: CallOptions = {}): Promise<readonly PeeringEndChoice[]> {
  const { network } = await scope.gateways();
  const { place, vpcs } = await network.readSnapshot(['vpcs'], options);
  if (!vpcs.known) throw gapError(vpcs.gap);
  return vpcs.value
    .map(vpc => ({
      scope,
      name: nameOrId(vpc),
      isDefault: vpc.isDefault,
      accountId: place.accountId,
      region: place.region,
      vpcId: vpc.id,
      cidrBlocks: vpc.cidrBlocks,
    }))
    .sort((one, other) => Number(one.isDefault) - Number(other.isDefault) || one.name.localeCompare(other.name, 'en'));
}
