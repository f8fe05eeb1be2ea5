import { LabError } from '../../core/errors';
import type { AccountId, Region, VpcId } from '../../core/ids';
import type { Tags } from '../../core/network';
import type { PeeringConnection } from '../../core/peering';
import { errorLine } from '../../words/errors';
import { t } from '../../words/translation';
import type { ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import { awsCommand, RawWord, tagFlag } from '../changes/awsCommand';
import type { ChangeContext, MadeThing, PlannedChange } from '../changes/plannedChange';
import { isLive, type PeeringDetails, rangesMeet } from '../peering/peeringDetails';

/** One VPC of a peering that is to be, as far as it is known. */
export interface PeeringEnd {
  readonly accountId: AccountId;
  readonly region: Region;
  readonly vpcId: VpcId;
  /** Empty when nobody here can see it. */
  readonly cidrBlocks: readonly string[];
}

export interface PeeringRequestInput {
  readonly own: PeeringEnd;
  readonly other: PeeringEnd;
  readonly name: string | undefined;
  /** The accepter's scope, when it shall accept at once. */
  readonly accepter?: Scope;
}

export interface PeeringPlanOptions {
  /** Connections that this account has already. */
  readonly existing?: readonly PeeringConnection[];
  readonly store?: ResourceStore<PeeringDetails>;
}

/** Why AWS would refuse it, or let it fail later: seen before anything is asked. */
export function peeringObstacle(
  { own, other }: Pick<PeeringRequestInput, 'own' | 'other'>,
  existing: readonly PeeringConnection[] = [],
): LabError | undefined {
  if (own.vpcId === other.vpcId && own.region === other.region) return new LabError('peeringWithItself');
  for (const one of own.cidrBlocks)
    for (const two of other.cidrBlocks)
      if (rangesMeet(one, two)) return new LabError('peeringOverlap', { own: one, other: two });
  const both = (connection: PeeringConnection) => {
    const ids = [connection.requester.vpcId, connection.accepter.vpcId];
    return ids.includes(own.vpcId) && ids.includes(other.vpcId);
  };
  const live = existing.find(connection => isLive(connection) && both(connection));
  return live && new LabError('peeringExists', { id: live.id });
}

/** Asking for a peering of two VPCs, and accepting it when the other account is at hand. Rejects when it fails after AWS has taken it. */
export function planPeering(
  scope: Scope,
  input: PeeringRequestInput,
  { existing = [], store }: PeeringPlanOptions = {},
): PlannedChange<PeeringConnection> {
  const { own, other, accepter } = input;
  const obstacle = peeringObstacle(input, existing);
  return {
    label: accepter ? t('Create the peering and accept it') : t('Ask for the peering'),
    doing: t('Creating the peering'),
    facts: [
      ...(input.name === undefined ? [] : [{ icon: 'tag', label: t('Name'), text: input.name }]),
      { icon: 'cloud', label: t('From'), text: endText(own) },
      { icon: 'cloud', label: t('To'), text: endText(other) },
      {
        icon: 'check-all',
        label: t('Acceptance'),
        text: accepter ? t('by {0}, at once', accepter.label) : t('by account {0}, within 7 days', other.accountId),
      },
    ],
    warnings: [
      ...(obstacle ? [errorLine(obstacle)] : []),
      ...(other.cidrBlocks.length === 0
        ? [t('The ranges of {0} are not known here: they must not overlap.', other.vpcId)]
        : []),
      t('Nothing passes until both sides have routes and security groups that admit the other.'),
    ],
    hourlyPriceUsd: 0,
    commandLines: commandLines(scope, input),
    rehearse: async call => (await scope.gateways()).peering.createPeeringConnection(wireInput(input), call),
    run: context => createPeering(scope, input, context, store),
  };
}

async function createPeering(
  scope: Scope,
  input: PeeringRequestInput,
  context: ChangeContext,
  store: ResourceStore<PeeringDetails> | undefined,
): Promise<PeeringConnection> {
  const { peering } = await scope.gateways();
  const obstacle = peeringObstacle(input, await peering.listPeeringConnections({ signal: context.signal }));
  if (obstacle) throw obstacle;
  const { id } = await peering.createPeeringConnection(wireInput(input));
  const thing = madePeering(scope, id);
  try {
    context.report(t('Waiting for AWS to check {0}', id));
    const asked = await peering.settled(id, { signal: context.signal });
    if (!input.accepter) return asked;
    context.report(t('Accepting {0} as {1}', id, input.accepter.label));
    return await acceptAtOnce(input.accepter, id, context.signal);
  } catch (error) {
    // A failed one cannot be deleted; AWS forgets it by itself.
    if (asLabError(error).code !== 'peeringFailed') context.made(thing);
    throw error;
  } finally {
    void store?.noteChange(scope, id);
    if (input.accepter) void store?.noteChange(input.accepter, id);
  }
}

async function acceptAtOnce(
  accepter: Scope,
  id: PeeringConnection['id'],
  signal: AbortSignal,
): Promise<PeeringConnection> {
  if (accepter.isReadOnly) throw new LabError('scopeReadOnly', { scope: accepter.label });
  const { peering } = await accepter.gateways();
  await peering.settled(id, { signal });
  await peering.acceptPeeringConnection(id);
  return peering.settled(id, { signal });
}

function madePeering(scope: Scope, id: PeeringConnection['id']): MadeThing {
  return {
    id,
    label: t('peering connection {0}', id),
    remove: async options => (await scope.gateways()).peering.deletePeeringConnection(id, options),
  };
}

function wireInput({ own, other, name }: PeeringRequestInput) {
  const tags: Tags = name === undefined ? {} : { Name: name };
  return {
    vpcId: own.vpcId,
    peerVpcId: other.vpcId,
    peerAccountId: other.accountId,
    peerRegion: other.region,
    tags,
  };
}

function endText({ vpcId, accountId, region, cidrBlocks }: PeeringEnd): string {
  return [vpcId, cidrBlocks.join(', '), accountId, region].filter(Boolean).join(' · ');
}

function commandLines(scope: Scope, { own, other, name, accepter }: PeeringRequestInput): readonly string[] {
  const make = awsCommand(scope, 'ec2', 'create-vpc-peering-connection', {
    'vpc-id': own.vpcId,
    'peer-vpc-id': other.vpcId,
    'peer-owner-id': other.accountId,
    'peer-region': other.region,
    'tag-specifications': tagFlag('vpc-peering-connection', name === undefined ? {} : { Name: name }),
    ...(accepter ? { query: 'VpcPeeringConnection.VpcPeeringConnectionId', output: 'text' } : {}),
  });
  if (!accepter) return [make];
  const id = new RawWord('"$PEERING_ID"');
  return [
    `PEERING_ID=$(${make})`,
    awsCommand(accepter, 'ec2', 'wait vpc-peering-connection-exists', { 'vpc-peering-connection-ids': id }),
    awsCommand(accepter, 'ec2', 'accept-vpc-peering-connection', { 'vpc-peering-connection-id': id }),
  ];
}
