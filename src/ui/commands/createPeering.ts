import type { ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import { type PeeringEnd, peeringObstacle, planPeering } from '../../app/operations/planPeering';
import type { PeeringDetails } from '../../app/peering/peeringDetails';
import { type PeeringEndChoice, readPeeringEnds } from '../../app/peering/readPeeringEnds';
import { LabError } from '../../core/errors';
import { accountId, isRegion, region, vpcId } from '../../core/ids';
import type { PeeringConnection } from '../../core/peering';
import { errorLine } from '../../words/errors';
import { t } from '../../words/translation';
import { carryOut } from '../changes/carryOut';
import { summaryStep } from '../changes/summaryStep';
import { pickScope } from '../pickers/pickScope';
import { placeText } from '../scopeText';
import type { ScopeTarget } from '../views/targets';
import { whileReading } from '../whileReading';
import { enterText, type PickItem, pickOne, runSteps, type Step } from '../wizard';

interface Answers {
  own: PeeringEndChoice;
  other: PeeringEnd & { readonly scope?: Scope };
  acceptsAtOnce: boolean;
  name: string | undefined;
}

/** Asks for both VPCs, and makes the peering. Resolves with it, or undefined when given up. */
export function createPeeringCommand(scopes: ScopeStore, store: ResourceStore<PeeringDetails>) {
  return async (target: ScopeTarget | undefined): Promise<PeeringConnection | undefined> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Ask for the peering from which scope?')));
    if (!scope) return undefined;
    const { own, all, existing } = await whileReading(t('Reading the VPCs of all scopes…'), async signal => {
      const [mine, peerings] = await Promise.all([
        readPeeringEnds(scope, { signal }),
        scope.gateways().then(({ peering }) => peering.listPeeringConnections({ signal })),
      ]);
      const rest = scopes.scopes.filter(other => other !== scope);
      const read = await Promise.allSettled(rest.map(other => readPeeringEnds(other, { signal })));
      const others = read.flatMap(result => (result.status === 'fulfilled' ? result.value : []));
      return { own: mine, all: [...others, ...mine], existing: peerings };
    });
    const [first] = own;
    if (!first) throw new LabError('resourceNotFound', { kind: t('a VPC') });
    const fitting = all.find(other => !peeringObstacle({ own: first, other }, existing));
    const answers: Answers = { own: first, other: fitting ?? first, acceptsAtOnce: true, name: undefined };
    const plan = () => {
      const { scope: accepter } = answers.other;
      return planPeering(
        scope,
        { ...answers, ...(accepter && answers.acceptsAtOnce && !accepter.isReadOnly ? { accepter } : {}) },
        { existing, store },
      );
    };
    const finished = await runSteps(t('Create Peering ({0})', scope.label), [
      ownStep(own, answers),
      otherStep(all, existing, answers),
      acceptStep(answers),
      nameStep(answers),
      summaryStep(scope, plan),
    ]);
    return finished ? carryOut(scope, plan()) : undefined;
  };
}

function ownStep(own: readonly PeeringEndChoice[], answers: Answers): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('Which of this account’s VPCs?'),
        active: answers.own,
        items: own.map(end => ({
          label: end.name,
          description: end.cidrBlocks.join(', '),
          detail: end.vpcId,
          value: end,
        })),
      },
      end => {
        answers.own = end;
      },
    );
}

function otherStep(all: readonly PeeringEndChoice[], existing: readonly PeeringConnection[], answers: Answers): Step {
  return async frame => {
    for (;;) {
      let chosen: PeeringEndChoice | 'byHand' | undefined;
      const outcome = await pickOne<PeeringEndChoice | 'byHand'>(
        frame,
        {
          placeholder: t('Which VPC on the other side? Its ranges must not overlap.'),
          active: all.find(end => end.vpcId === answers.other.vpcId) ?? 'byHand',
          items: otherItems(all, existing, answers),
        },
        value => {
          chosen = value;
        },
      );
      if (outcome !== 'next' || chosen === undefined) return outcome;
      if (chosen !== 'byHand') {
        answers.other = chosen;
        return outcome;
      }
      const typed = await byHandStep(answers)(frame);
      if (typed !== 'back') return typed;
    }
  };
}

function otherItems(
  all: readonly PeeringEndChoice[],
  existing: readonly PeeringConnection[],
  { own }: Answers,
): readonly PickItem<PeeringEndChoice | 'byHand'>[] {
  const items = all
    .filter(end => end.vpcId !== own.vpcId)
    .map(end => {
      const obstacle = peeringObstacle({ own, other: end }, existing);
      return {
        label: end.name,
        description: `${end.cidrBlocks.join(', ')} · ${end.scope.label} · ${placeText(end.scope)}`,
        detail: obstacle ? `$(warning) ${errorLine(obstacle)}` : end.vpcId,
        value: end as PeeringEndChoice | 'byHand',
      };
    });
  return [...items, { label: t('$(edit) A VPC of another account, by its ids'), value: 'byHand' }];
}

function byHandStep(answers: Answers): Step {
  return frame =>
    enterText(
      frame,
      {
        prompt: t('Account, VPC and region: 444455556666 vpc-0abc… us-east-1'),
        value: `${answers.own.accountId} vpc- ${answers.own.region}`,
        problemOf: text =>
          endOf(text) ? undefined : t('Twelve digits, a VPC’s id and a region, with spaces between.'),
      },
      text => {
        answers.other = endOf(text) ?? answers.other;
      },
    );
}

function endOf(text: string): PeeringEnd | undefined {
  const [account = '', vpc = '', place = ''] = text.trim().split(/\s+/);
  if (!isRegion(place)) return undefined;
  try {
    return { accountId: accountId(account), vpcId: vpcId(vpc), region: region(place), cidrBlocks: [] };
  } catch {
    return undefined;
  }
}

function acceptStep(answers: Answers): Step {
  return frame => {
    const { scope } = answers.other;
    return pickOne(
      frame,
      {
        placeholder: t('Who accepts it?'),
        active: answers.acceptsAtOnce,
        items: scope
          ? [
              { label: t('Accept it at once as {0}', scope.label), value: true },
              { label: t('Leave it waiting'), detail: t('It stands in the inbox of the other account.'), value: false },
            ]
          : [{ label: t('Its owner, within 7 days'), value: false }],
      },
      value => {
        answers.acceptsAtOnce = value;
      },
    );
  };
}

function nameStep(answers: Answers): Step {
  return frame =>
    enterText(
      frame,
      {
        prompt: t('A name for the peering (its Name tag). Empty for none.'),
        value: answers.name ?? '',
        problemOf: value => (value.length > 255 ? t('A name has at most {0} characters.', 255) : undefined),
      },
      name => {
        answers.name = name.trim() || undefined;
      },
    );
}
