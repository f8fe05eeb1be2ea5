import type { Tags } from '../../core/network';
import { t } from '../../words/translation';
import type { Scope } from '../appModel';
import { awsCommand } from '../changes/awsCommand';
import type { PlannedChange } from '../changes/plannedChange';

/** What becomes of one tag. */
export type TagChange =
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'remove'; readonly key: string };

const KEY_MAX_LENGTH = 128;
const VALUE_MAX_LENGTH = 256;
const MOST_TAGS = 50;

/** Why AWS would refuse a tag ("Amazon EC2 User Guide: Tag restrictions"). */
export type TagProblem =
  | { readonly kind: 'empty' | 'reserved' | 'tooMany' }
  | { readonly kind: 'keyTooLong' | 'valueTooLong'; readonly most: number };

export function tagKeyProblem(key: string, tags: Tags): TagProblem | undefined {
  if (key.trim() === '') return { kind: 'empty' };
  if (/^aws:/i.test(key)) return { kind: 'reserved' };
  if (key.length > KEY_MAX_LENGTH) return { kind: 'keyTooLong', most: KEY_MAX_LENGTH };
  if (!(key in tags) && Object.keys(tags).length >= MOST_TAGS) return { kind: 'tooMany' };
  return undefined;
}

export function tagValueProblem(value: string): TagProblem | undefined {
  return value.length > VALUE_MAX_LENGTH ? { kind: 'valueTooLong', most: VALUE_MAX_LENGTH } : undefined;
}

/** Adding, changing or removing one tag of anything that EC2 knows. `noteChange` tells whoever lists it. */
export function planTagChange(
  scope: Scope,
  tagged: { readonly id: string; readonly tags: Tags },
  change: TagChange,
  noteChange: () => void = () => undefined,
): PlannedChange<void> {
  const { id, tags } = tagged;
  const before = tags[change.key];
  const operation = change.kind === 'set' ? 'create-tags' : 'delete-tags';
  const tag = change.kind === 'set' ? { Key: change.key, Value: change.value } : { Key: change.key };
  return {
    label:
      change.kind === 'remove' ? t('Remove the tag') : before === undefined ? t('Add the tag') : t('Change the tag'),
    doing: t('Changing tags of {0}', id),
    facts: [
      { icon: 'symbol-field', label: t('Resource'), text: id },
      { icon: 'tag', label: change.key, text: change.kind === 'set' ? change.value : t('removed') },
      ...(before === undefined ? [] : [{ icon: 'history', label: t('Until now'), text: before }]),
    ],
    warnings: [],
    hourlyPriceUsd: 0,
    // JSON, because the shorthand gives commas and brackets a meaning.
    commandLines: [awsCommand(scope, 'ec2', operation, { resources: [id], tags: JSON.stringify([tag]) })],
    rehearse: async call => {
      const gateway = (await scope.gateways()).tags;
      return change.kind === 'set'
        ? gateway.setTags([id], { [change.key]: change.value }, call)
        : gateway.removeTags([id], [change.key], call);
    },
    run: async () => {
      const gateway = (await scope.gateways()).tags;
      try {
        if (change.kind === 'set') await gateway.setTags([id], { [change.key]: change.value });
        else await gateway.removeTags([id], [change.key]);
      } finally {
        // A write without an answer may have happened all the same.
        noteChange();
      }
    },
  };
}
