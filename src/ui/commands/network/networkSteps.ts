/** What the wizards of a network ask alike. */
import type { NetworkChoices } from '../../../app/operations/network/networkChoices';
import { nameOrId, type RouteTable, type Subnet, type Vpc } from '../../../core/network';
import { rangeProblemWords } from '../../../words/networkRanges';
import { t } from '../../../words/translation';
import { enterText, pickOne, type Step } from '../../wizard';

export function vpcStep({ vpcs }: NetworkChoices, picked: { vpc: Vpc }): Step {
  return frame =>
    pickOne<Vpc>(
      frame,
      {
        placeholder: t('In which VPC?'),
        active: picked.vpc,
        items: vpcs.map(value => ({
          label: nameOrId(value),
          description: value.cidrBlocks.join(', '),
          detail: value.id,
          value,
        })),
      },
      value => {
        picked.vpc = value;
      },
    );
}

export function subnetItem(value: Subnet) {
  const label = nameOrId(value);
  const description = `${value.availabilityZone} · ${value.cidrBlock}`;
  return { label, description, ...(label === value.id ? {} : { detail: value.id }) };
}

export function subnetStep({ subnets }: NetworkChoices, input: { subnet: Subnet }, placeholder: string): Step {
  return frame =>
    pickOne<Subnet>(
      frame,
      {
        placeholder,
        active: input.subnet,
        items: subnets.map(value => ({ ...subnetItem(value), value })),
      },
      value => {
        input.subnet = value;
      },
    );
}

export function tableStep(tables: readonly RouteTable[], input: { table: RouteTable }): Step {
  return frame =>
    pickOne<RouteTable>(
      frame,
      {
        placeholder: t('In which route table?'),
        active: input.table,
        items: tables.map(value => ({ label: nameOrId(value), description: value.vpcId, value })),
      },
      value => {
        input.table = value;
      },
    );
}

export function rangeStep(
  input: { cidrBlock: string },
  problemOf: (text: string) => Parameters<typeof rangeProblemWords>[0] | undefined,
): Step {
  return textStep(
    () => ({
      prompt: t('Which range of addresses?'),
      value: input.cidrBlock,
      problemOf: text => {
        const problem = problemOf(text);
        return problem && rangeProblemWords(problem);
      },
    }),
    text => {
      input.cidrBlock = text;
    },
  );
}

export function nameStep(input: { name: string | undefined }): Step {
  return textStep(
    () => ({
      prompt: t('A name (the Name tag). Empty for none.'),
      value: input.name ?? '',
      problemOf: text => (text.length > 255 ? t('A name has at most {0} characters.', 255) : undefined),
    }),
    text => {
      input.name = text.trim() || undefined;
    },
  );
}

/** A question whose default may depend on the steps before. */
export function textStep(question: () => Parameters<typeof enterText>[1], accept: (text: string) => void): Step {
  return frame => enterText(frame, question(), accept);
}
