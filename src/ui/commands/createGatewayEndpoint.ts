import type { EndpointDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import { rivalOn, routeTableChoices } from '../../app/operations/chooseRouteTables';
import { firstFree } from '../../app/operations/planEndpoint';
import { type GatewayEndpointRequest, planGatewayEndpoint } from '../../app/operations/planGatewayEndpoint';
import { type GatewayChoices, readGatewayChoices } from '../../app/operations/readGatewayChoices';
import type { RouteTableId } from '../../core/ids';
import { nameOrId, type VpcEndpoint } from '../../core/network';
import { valueOr } from '../../core/reading';
import { serviceLabel } from '../../core/serviceNames';
import { t } from '../../words/translation';
import { reviewChange } from '../changes/reviewChange';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';
import { enterText, pickMany, pickOne, type Step } from '../wizard';
import { nameProblem } from './interfaceEndpointOptions';
import { policyStep } from './policyStep';
import { routeTableItem } from './routeTableItem';
import { whileReading } from './whileReading';

type Answers = { -readonly [Key in keyof GatewayEndpointRequest]: GatewayEndpointRequest[Key] };

interface GatewayWizard {
  readonly choices: GatewayChoices;
  readonly answers: Answers;
}

/** Asks step by step and makes a gateway endpoint. Resolves with it, or undefined when given up. */
export function createGatewayEndpointCommand(scopes: ScopeStore, store: ResourceStore<EndpointDetails>) {
  return async (target: ScopeTarget | undefined): Promise<VpcEndpoint | undefined> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Create the endpoint in which scope?')));
    if (!scope) return undefined;
    const choices = await whileReading(scope, signal => readGatewayChoices(scope, { signal }));
    const wizard = { choices, answers: defaults(choices) };
    const { answers } = wizard;
    const done = await reviewChange(
      scope,
      t('Create gateway endpoint'),
      [
        serviceStep(wizard),
        vpcStep(wizard),
        routeTableStep(wizard),
        policyStep({
          isOffered: () => true,
          accept: document => {
            answers.policyDocument = document;
          },
        }),
        nameStep(wizard),
      ],
      () => planGatewayEndpoint(scope, choices, answers, { store }),
    );
    return done?.result;
  };
}

/** The first service in the first VPC, in every table that does not lead to it yet. */
function defaults(choices: GatewayChoices): Answers {
  const vpcId = choices.vpcs[0]?.id as GatewayEndpointRequest['vpcId'];
  const serviceName = choices.services[0]?.serviceName ?? '';
  return { vpcId, serviceName, ...defaultsAt(choices, vpcId, serviceName) };
}

function defaultsAt({ snapshot }: GatewayChoices, vpcId: Answers['vpcId'], serviceName: string) {
  const routeTableIds = routeTableChoices(snapshot, vpcId)
    .filter(({ table }) => !rivalOn(snapshot, table, serviceName))
    .map(({ table }) => table.id);
  const taken = new Set(valueOr(snapshot.endpoints, []).map(({ tags }) => tags.Name));
  return { routeTableIds, name: firstFree(`vpc-labs-${serviceLabel(serviceName)}-gateway`, taken) };
}

function serviceStep({ choices, answers }: GatewayWizard): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('Which service shall be reached by a route?'),
        active: answers.serviceName,
        items: choices.services.map(({ serviceName }) => ({
          label: serviceLabel(serviceName),
          description: serviceName,
          value: serviceName,
        })),
      },
      serviceName => {
        if (serviceName !== answers.serviceName)
          Object.assign(answers, { serviceName }, defaultsAt(choices, answers.vpcId, serviceName));
      },
    );
}

function vpcStep({ choices, answers }: GatewayWizard): Step {
  return frame =>
    pickOne(
      frame,
      {
        placeholder: t('In which VPC? Peered networks cannot use a gateway endpoint.'),
        active: answers.vpcId,
        items: choices.vpcs.map(vpc => ({
          label: nameOrId(vpc),
          description: [vpc.cidrBlocks.join(', '), vpc.isDefault ? t('default VPC') : ''].filter(Boolean).join(' · '),
          detail: vpc.id,
          value: vpc.id,
        })),
      },
      vpcId => {
        if (vpcId !== answers.vpcId) Object.assign(answers, { vpcId }, defaultsAt(choices, vpcId, answers.serviceName));
      },
    );
}

function routeTableStep({ choices, answers }: GatewayWizard): Step {
  return frame => {
    const { snapshot } = choices;
    const { vpcId, serviceName } = answers;
    const tables = routeTableChoices(snapshot, vpcId);
    const rivals = new Map(tables.map(({ table }) => [table.id, rivalOn(snapshot, table, serviceName)]));
    return pickMany<RouteTableId>(
      frame,
      {
        placeholder: t('Which route tables? The subnets that use them go through the endpoint.'),
        items: tables.map(choice => routeTableItem(choice, rivals.get(choice.table.id))),
        selected: answers.routeTableIds,
        problemOf: ids => {
          if (ids.length === 0) return t('Choose at least one route table.');
          const rival = ids.map(id => rivals.get(id)).find(Boolean);
          return rival && t('{0} has a route there already.', nameOrId(rival));
        },
      },
      ids => {
        answers.routeTableIds = ids;
      },
    );
  };
}

function nameStep({ answers }: GatewayWizard): Step {
  return frame =>
    enterText(
      frame,
      {
        prompt: t('A name for the endpoint (its Name tag). Empty for none.'),
        value: answers.name ?? '',
        problemOf: nameProblem,
      },
      name => {
        answers.name = name.trim() || undefined;
      },
    );
}
