import type { InstanceConnectDetails, ResourceStore, ScopeStore } from '../../app/appModel';
import {
  type InstanceConnectChoices,
  type InstanceConnectRequest,
  instanceConnectRival,
  planInstanceConnectEndpoint,
} from '../../app/operations/planInstanceConnectEndpoint';
import { readInstanceConnectChoices } from '../../app/operations/readInstanceConnectChoices';
import { LabError } from '../../core/errors';
import type { SecurityGroupId, SubnetId } from '../../core/ids';
import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import { nameOrId } from '../../core/network';
import { t } from '../../words/translation';
import { reviewChange } from '../changes/reviewChange';
import { pickScope } from '../pickers/pickScope';
import type { ScopeTarget } from '../views/targets';
import { enterText, pickMany, pickOne, type Step } from '../wizard';
import { nameProblem } from './interfaceEndpointOptions';
import { whileReading } from './whileReading';

type Answers = { -readonly [Key in keyof InstanceConnectRequest]: InstanceConnectRequest[Key] };

/** Asks step by step and makes an Instance Connect endpoint. Resolves with it, or undefined when given up. */
export function createInstanceConnectEndpointCommand(scopes: ScopeStore, store: ResourceStore<InstanceConnectDetails>) {
  return async (target: ScopeTarget | undefined): Promise<InstanceConnectEndpoint | undefined> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Create the endpoint in which scope?')));
    if (!scope) return undefined;
    const choices = await whileReading(scope, signal => readInstanceConnectChoices(scope, { signal }));
    const first = choices.subnets.find(subnet => !instanceConnectRival(choices, subnet)) ?? choices.subnets[0];
    if (!first) throw new LabError('resourceNotFound', { kind: 'subnet', id: '' });
    const answers: Answers = {
      subnetId: first.id,
      securityGroupIds: [],
      preservesClientIp: false,
      name: 'vpc-labs-connect',
    };
    const done = await reviewChange(
      scope,
      t('Create Instance Connect endpoint'),
      [subnetStep(choices, answers), groupStep(choices, answers), sourceStep(answers), nameStep(answers)],
      () => planInstanceConnectEndpoint(scope, choices, answers, { store }),
    );
    return done?.result;
  };
}

function subnetStep(choices: InstanceConnectChoices, answers: Answers): Step {
  return frame =>
    pickOne<SubnetId>(
      frame,
      {
        placeholder: t('In which subnet? It reaches every instance of the VPC; there is one for each VPC.'),
        active: answers.subnetId,
        items: choices.subnets.map(subnet => {
          const rival = instanceConnectRival(choices, subnet);
          return {
            label: nameOrId(subnet),
            description: [subnet.availabilityZone, subnet.cidrBlock, subnet.vpcId].join(' · '),
            ...(rival ? { detail: t('$(warning) its VPC has {0} already', nameOrId(rival)) } : {}),
            value: subnet.id,
          };
        }),
      },
      subnetId => {
        if (subnetId !== answers.subnetId) answers.securityGroupIds = [];
        answers.subnetId = subnetId;
      },
    );
}

function groupStep(choices: InstanceConnectChoices, answers: Answers): Step {
  return frame => {
    const vpcId = choices.subnets.find(({ id }) => id === answers.subnetId)?.vpcId;
    const groups = choices.groups.filter(group => group.vpcId === vpcId);
    return pickMany<SecurityGroupId>(
      frame,
      {
        placeholder: t('Which security groups? They must let SSH out to the instances. None: the default group.'),
        items: groups.map(group => ({ label: group.name, description: group.id, value: group.id })),
        selected: answers.securityGroupIds,
        problemOf: () => undefined,
      },
      ids => {
        answers.securityGroupIds = ids;
      },
    );
  };
}

function sourceStep(answers: Answers): Step {
  return frame =>
    pickOne<boolean>(
      frame,
      {
        placeholder: t('Which address shall the instances see?'),
        active: answers.preservesClientIp,
        items: [
          {
            label: t('The endpoint’s'),
            detail: t('Their groups admit the group of the endpoint.'),
            value: false,
          },
          {
            label: t('The client’s'),
            detail: t('Their groups must admit its public address; only within the VPC of the endpoint.'),
            value: true,
          },
        ],
      },
      preserves => {
        answers.preservesClientIp = preserves;
      },
    );
}

function nameStep(answers: Answers): Step {
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
