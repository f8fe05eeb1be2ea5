import { type NetworkChoices, routeTargets } from '../../../app/operations/network/networkChoices';
import { planRoute } from '../../../app/operations/network/planRoute';
import type { RouteTable } from '../../../core/network';
import type { WritableRouteTarget } from '../../../core/ports/routeGateway';
import { rangeProblem } from '../../../core/subnetRanges';
import { rangeProblemWords } from '../../../words/networkRanges';
import { t } from '../../../words/translation';
import { pickOne, type Step } from '../../wizard';
import { tableStep, textStep } from './networkSteps';
import { firstOf, type OpenNetworkWizard } from './networkWizard';

/** A route in a table whose VPC has something to lead it to. */
export const routeWizard: OpenNetworkWizard = (scope, choices) => {
  const usable = choices.tables.filter(table => routeTargets(choices, table).length > 0);
  const table = firstOf(usable);
  const input = { table, target: firstOf(routeTargets(choices, table)), destination: '0.0.0.0/0' };
  return {
    steps: [tableStep(usable, input), targetStep(choices, input), destinationStep(input)],
    plan: () => planRoute(scope, input.table, { ...input, routeTableId: input.table.id }),
  };
};

function targetStep(choices: NetworkChoices, input: { readonly table: RouteTable; target: WritableRouteTarget }): Step {
  return frame =>
    pickOne<WritableRouteTarget>(
      frame,
      {
        placeholder: t('Where shall it lead?'),
        items: routeTargets(choices, input.table).map(value => ({ label: value.id, value })),
      },
      value => {
        input.target = value;
      },
    );
}

function destinationStep(input: { destination: string; readonly table: RouteTable }): Step {
  return textStep(
    () => ({
      prompt: t('Which range? The longest prefix wins.'),
      value: input.destination,
      problemOf: text => (rangeProblem(text) === 'notARange' ? rangeProblemWords('notARange') : undefined),
    }),
    text => {
      input.destination = text;
    },
  );
}
