import type { RouteTarget } from '../core/network';
import type { Hop, HopRule, PathOutcome, Prediction } from '../core/prediction/prediction';
import { causeWords } from './causes';
import { gapWords } from './gaps';
import { t } from './translation';

/** What is expected before the first packet, in one sentence. `endpointName`: the Name tag of the endpoint concerned. */
export function predictionSentence({ question, outcome }: Prediction, endpointName?: string): string {
  const { name } = question;
  switch (outcome.kind) {
    case 'reachesEndpoint': {
      const endpoint = endpointName ?? outcome.endpointId;
      return outcome.addresses.length > 0
        ? t('{0} leads to {1} ({2}): private.', name, endpoint, outcome.addresses.join(', '))
        : t('{0} leads to public addresses that are routed to {1}: private.', name, endpoint);
    }
    case 'reachesInterface':
      return t('{0} leads to {1} in this VPC ({2}).', name, outcome.networkInterfaceId, outcome.address);
    case 'leaves': {
      const because = causeWords(outcome.cause, { subject: undefined, endpoint: endpointName ?? outcome.endpointId });
      return t('{0} will leave through {1}, because {2}.', name, targetText(outcome.through), because);
    }
    case 'dropped':
      return droppedSentence(name, outcome, endpointName);
    case 'partly':
      return partlySentence(name, outcome, endpointName);
    case 'unknown':
      return t('Where {0} leads cannot be told. {1}', name, gapWords(outcome.gap));
  }
}

function droppedSentence(
  name: string,
  { cause, subject, nameCause }: Extract<PathOutcome, { kind: 'dropped' }>,
  endpoint: string | undefined,
): string {
  const because = causeWords(cause, { subject, endpoint });
  if (!nameCause) return t('{0} will not be reached, because {1}.', name, because);
  const why = causeWords(nameCause, { subject: undefined, endpoint });
  return t('{0} leads to a public address, because {1}; it will not be reached, because {2}.', name, why, because);
}

function partlySentence(
  name: string,
  { cause, subject, failingAddresses }: Extract<PathOutcome, { kind: 'partly' }>,
  endpoint: string | undefined,
): string {
  const because = causeWords(cause, { subject, endpoint });
  return failingAddresses.length > 0
    ? t(
        '{0} will be reached at some of its addresses only; {1} will not answer, because {2}.',
        name,
        failingAddresses.join(', '),
        because,
      )
    : t('{0} will be reached from some source ports only, because {1}.', name, because);
}

function targetText(target: RouteTarget): string {
  return 'id' in target ? target.id : target.kind;
}

/** One hop of the explanation: what was asked, what decided, and on what it rests. */
export function hopWords(hop: Hop): string {
  const rule = ruleName(hop.rule);
  const on = hop.subjects.join(', ');
  switch (hop.decision) {
    case 'pass':
      return on ? t('{0}: passes ({1})', rule, on) : t('{0}: passes', rule);
    case 'stop':
      return t(
        '{0}: stops, because {1}',
        rule,
        causeWords(hop.cause, { subject: hop.subjects[0], endpoint: undefined }),
      );
    case 'sometimes':
      return t('{0}: passes for some source ports only ({1})', rule, on);
    case 'unknown':
      return t('{0}: cannot be told. {1}', rule, gapWords(hop.gap));
  }
}

function ruleName(rule: HopRule): string {
  switch (rule) {
    case 'name':
      return t('name');
    case 'egressGroups':
      return t('security groups, outbound');
    case 'route':
      return t('route');
    case 'egressAcl':
      return t('network ACL, leaving the subnet');
    case 'ingressAcl':
      return t('network ACL, entering the subnet');
    case 'ingressGroups':
      return t('security groups, inbound');
    case 'endpointState':
      return t('state of the endpoint');
    case 'replyAcl':
      return t('network ACL, for the answer');
  }
}
