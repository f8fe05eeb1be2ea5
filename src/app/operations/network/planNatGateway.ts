import type { SubnetId } from '../../../core/ids';
import type { NatGateway } from '../../../core/natGateway';
import type { CallOptions } from '../../../core/ports/calls';
import { hourlyPriceUsd } from '../../../core/prices';
import { t } from '../../../words/translation';
import type { Scope } from '../../appModel';
import { asLabError } from '../../asLabError';
import { awsCommand, RawWord, tagFlag } from '../../changes/awsCommand';
import type { ChangeContext, PlannedChange, PlannedRemoval } from '../../changes/plannedChange';
import { nameFact, nameTags } from './nameFact';

export interface NatGatewayInput {
  /** A subnet whose table leads to an internet gateway. */
  readonly subnetId: SubnetId;
  readonly name: string | undefined;
}

/** A public NAT gateway with an address of its own. Resolves when it is available. */
export function planNatGateway(scope: Scope, input: NatGatewayInput): PlannedChange<NatGateway> {
  const tags = nameTags(input.name);
  const allocate = awsCommand(scope, 'ec2', 'allocate-address', {
    domain: 'vpc',
    query: 'AllocationId',
    output: 'text',
  });
  return {
    label: t('Create the NAT gateway'),
    doing: t('Creating the NAT gateway'),
    facts: [
      ...nameFact(input.name),
      { icon: 'type-hierarchy', label: t('Subnet'), text: input.subnetId },
      { icon: 'globe', label: t('Address'), text: t('a new Elastic IP address') },
    ],
    warnings: [t('AWS bills it until it is deleted, used or not, and for each GB besides.')],
    hourlyPriceUsd: hourlyPriceUsd.natGateway + hourlyPriceUsd.publicAddress,
    commandLines: [
      `ALLOCATION_ID=$(${allocate})`,
      awsCommand(scope, 'ec2', 'create-nat-gateway', {
        'subnet-id': input.subnetId,
        'allocation-id': new RawWord('"$ALLOCATION_ID"'),
        'tag-specifications': tagFlag('natgateway', tags),
      }),
    ],
    rehearse: async call => (await scope.gateways()).internetAccess.allocateAddress(tags, call),
    run: context => createNatGateway(scope, input, context),
  };
}

async function createNatGateway(scope: Scope, input: NatGatewayInput, context: ChangeContext): Promise<NatGateway> {
  const { internetAccess } = await scope.gateways();
  const tags = nameTags(input.name);
  const { id: allocationId, publicIpAddress } = await internetAccess.allocateAddress(tags);
  context.made({
    id: allocationId,
    label: t('address {0}', publicIpAddress),
    remove: options => internetAccess.releaseAddress(allocationId, options),
  });
  context.signal.throwIfAborted();
  const { id } = await internetAccess.createNatGateway({
    subnetId: input.subnetId,
    allocationId,
    tags,
    clientToken: crypto.randomUUID(),
  });
  context.made({
    id,
    label: t('NAT gateway {0}', id),
    // The address is free only when the gateway is gone.
    remove: async options => {
      await internetAccess.deleteNatGateway(id, options);
      await internetAccess.settledNatGateway(id, options).catch(failedIsGone);
    },
  });
  context.report(t('Waiting for {0}, a minute or two', id));
  const settled = await internetAccess.settledNatGateway(id, { signal: context.signal });
  return settled as NatGateway;
}

function failedIsGone(error: unknown): void {
  if (asLabError(error).code !== 'natGatewayFailed') throw error;
}

function unlessReleased(error: unknown): void {
  if (asLabError(error).code !== 'resourceNotFound') throw error;
}

/** Deleting a NAT gateway; when it is gone, its address is released. */
export function planNatGatewayRemoval(scope: Scope, gateway: NatGateway): PlannedRemoval {
  const { id, subnetId, publicIpAddress } = gateway;
  return {
    verb: t('Delete NAT Gateway'),
    question: t('Delete {0}', id),
    doing: t('Deleting {0}', id),
    losses: [
      t('Subnets that leave by it, in {0} or elsewhere, lose the internet; routes to it become black holes.', subnetId),
      ...(publicIpAddress ? [t('Its address {0} is given back.', publicIpAddress)] : []),
      t(
        'It stops costing about {0} USD an hour.',
        (hourlyPriceUsd.natGateway + hourlyPriceUsd.publicAddress).toFixed(2),
      ),
    ],
    run: context => removeNatGateway(scope, gateway, context),
  };
}

async function removeNatGateway(
  scope: Scope,
  { id, allocationId, publicIpAddress = '' }: NatGateway,
  { signal, report, made }: ChangeContext,
): Promise<void> {
  const { internetAccess } = await scope.gateways();
  const release = async (call: CallOptions) => {
    await internetAccess.settledNatGateway(id, call).catch(failedIsGone);
    if (allocationId) await internetAccess.releaseAddress(allocationId, call).catch(unlessReleased);
  };
  const left = { id: allocationId ?? id, label: t('address {0}', publicIpAddress), remove: release };
  try {
    await internetAccess.deleteNatGateway(id);
    report(t('Waiting until {0} is gone, to give its address back', id));
    await release({ signal });
  } catch (error) {
    // It is billed on its own once the gateway is on its way out.
    if (allocationId && (await isLeaving(scope, id))) made(left);
    throw error;
  }
}

async function isLeaving(scope: Scope, id: NatGateway['id']): Promise<boolean> {
  const { network } = await scope.gateways();
  const { natGateways } = await network.readSnapshot(['natGateways']);
  // Not seen: better named once too often.
  if (!natGateways?.known) return true;
  const found = natGateways.value.find(gateway => gateway.id === id);
  return found === undefined || found.state === 'deleting' || found.state === 'deleted';
}
