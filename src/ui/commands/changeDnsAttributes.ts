import type { ScopeStore } from '../../app/appModel';
import type { DnsAttribute } from '../../app/endpointPlan';
import {
  type DnsAttributesProblem,
  dnsAttributesProblem,
  planDnsAttributes,
} from '../../app/operations/network/planDnsAttributes';
import { LabError } from '../../core/errors';
import { gapError } from '../../core/gaps';
import { nameOrId, type Vpc, type VpcDnsAttributes } from '../../core/network';
import type { NetworkSnapshot } from '../../core/snapshot';
import { t } from '../../words/translation';
import { reviewChange } from '../changes/reviewChange';
import { pickScope } from '../pickers/pickScope';
import type { VpcTarget } from '../views/targets';
import { pickMany, pickOne, type Step } from '../wizard';
import { whileReading } from './whileReading';

const attributes: readonly DnsAttribute[] = ['enableDnsSupport', 'enableDnsHostnames'];

/** Asks which of the two DNS attributes of a VPC shall be on; both, unless said otherwise. Resolves with whether something was changed. */
export function changeDnsAttributesCommand(scopes: ScopeStore) {
  return async (target: VpcTarget | undefined): Promise<boolean> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Which scope?')));
    if (!scope) return false;
    const snapshot = await whileReading(scope, async signal =>
      (await scope.gateways()).network.readSnapshot(['vpcs', 'dnsAttributes'], { signal }),
    );
    if (!snapshot.vpcs.known) throw gapError(snapshot.vpcs.gap);
    const offered = snapshot.vpcs.value.filter(({ id }) => id === (target?.vpcId ?? id));
    const [first] = offered;
    if (!first) throw new LabError('resourceNotFound', { id: target?.vpcId ?? '', kind: t('a VPC') });
    const input = { vpc: first, chosen: attributes };
    const steps = [...(offered.length > 1 ? [vpcStep(offered, input)] : []), attributesStep(snapshot, input)];
    const plan = () => planDnsAttributes(scope, input.vpc.id, attributesOf(snapshot, input.vpc), wanted(input.chosen));
    return (await reviewChange(scope, t('DNS attributes of a VPC'), steps, plan)) !== undefined;
  };
}

interface Input {
  vpc: Vpc;
  chosen: readonly DnsAttribute[];
}

function vpcStep(vpcs: readonly Vpc[], input: Input): Step {
  const items = vpcs.map(value => ({
    label: nameOrId(value),
    description: value.cidrBlocks.join(', '),
    detail: value.id,
    value,
  }));
  return frame =>
    pickOne<Vpc>(frame, { placeholder: t('Which VPC?'), active: input.vpc, items }, value => {
      input.vpc = value;
    });
}

function attributesStep(snapshot: NetworkSnapshot, input: Input): Step {
  return frame => {
    const now = attributesOf(snapshot, input.vpc);
    const details: Readonly<Record<DnsAttribute, string>> = {
      enableDnsSupport: t('The VPC’s own name server answers. Private DNS of endpoints needs it.'),
      enableDnsHostnames: t('Instances have names. Private DNS of endpoints needs it; it needs the other.'),
    };
    return pickMany<DnsAttribute>(
      frame,
      {
        placeholder: t('Which shall be on in {0}?', nameOrId(input.vpc)),
        items: attributes.map(value => ({
          label: value,
          description: now[value] ? t('on now') : t('off now'),
          detail: details[value],
          value,
        })),
        selected: input.chosen,
        problemOf: values => problemWords(dnsAttributesProblem(now, wanted(values))),
      },
      values => {
        input.chosen = values;
      },
    );
  };
}

function problemWords(problem: DnsAttributesProblem | undefined): string | undefined {
  switch (problem) {
    case 'hostNamesNeedSupport':
      return t('enableDnsHostnames needs enableDnsSupport');
    case 'nothingChanges':
      return t('as it is now');
    case undefined:
      return undefined;
  }
}

function wanted(chosen: readonly DnsAttribute[]): VpcDnsAttributes {
  return {
    enableDnsSupport: chosen.includes('enableDnsSupport'),
    enableDnsHostnames: chosen.includes('enableDnsHostnames'),
  };
}

function attributesOf({ dnsAttributes }: NetworkSnapshot, { id }: Vpc): VpcDnsAttributes {
  const reading = dnsAttributes.get(id);
  if (!reading?.known)
    throw gapError(reading?.gap ?? { code: 'notRead', reading: 'ec2:DescribeVpcAttribute', detail: id });
  return reading.value;
}
