import type { EndpointEntry, ResourceStore, ScopeStore } from '../../app/appModel';
import { planTagChange, type TagChange, tagKeyProblem, tagValueProblem } from '../../app/operations/planTagChange';
import { tagProblemWords } from '../../words/tagProblems';
import { t } from '../../words/translation';
import { reviewChange } from '../changes/reviewChange';
import { pickAnyEndpoint } from '../pickers/pickAnyEndpoint';
import type { TaggedTarget } from '../views/targets';
import { enterText, pickOne, type Step } from '../wizard';

interface TagAnswers {
  /** Undefined: a new one. */
  chosen: string | undefined;
  key: string;
  value: string;
  isRemoval: boolean;
}

/** Adds, changes or removes one tag. Resolves with whether it was done. `noteChange` reads anew what lists the resource. */
export function editTagsCommand(
  scopes: ScopeStore,
  endpoints: ResourceStore<EndpointEntry>,
  noteChange: (target: TaggedTarget) => void,
) {
  return async (target: TaggedTarget | undefined): Promise<boolean> => {
    const tagged = target ?? (await pickAnyEndpoint(scopes, endpoints, t('Tags of which endpoint?')));
    if (!tagged) return false;
    const answers: TagAnswers = { chosen: undefined, key: '', value: '', isRemoval: false };
    const change = (): TagChange =>
      answers.isRemoval
        ? { kind: 'remove', key: answers.key }
        : { kind: 'set', key: answers.key, value: answers.value };
    const done = await reviewChange(
      tagged.scope,
      t('Tags of {0}', tagged.tagged.id),
      [tagStep(tagged, answers), valueStep(tagged, answers)],
      () => planTagChange(tagged.scope, tagged.tagged, change(), () => noteChange(tagged)),
    );
    return done !== undefined;
  };
}

function tagStep({ tagged }: TaggedTarget, answers: TagAnswers): Step {
  return frame =>
    pickOne<string | undefined>(
      frame,
      {
        placeholder: t('Which tag?'),
        active: answers.chosen,
        items: [
          { label: t('$(add) A new tag…'), value: undefined },
          ...Object.entries(tagged.tags).map(([key, value]) => ({
            label: `$(tag) ${key}`,
            description: value,
            value: key,
          })),
        ],
      },
      chosen => {
        answers.chosen = chosen;
        answers.key = chosen ?? '';
        answers.value = chosen === undefined ? '' : (tagged.tags[chosen] ?? '');
        answers.isRemoval = false;
      },
    );
}

/** A new tag is typed as `key=value`; one that is there gets another value, or goes. */
function valueStep({ tagged }: TaggedTarget, answers: TagAnswers): Step {
  return async frame => {
    const { chosen } = answers;
    if (chosen === undefined)
      return enterText(
        frame,
        {
          prompt: t('The tag, as key=value.'),
          value: answers.key && `${answers.key}=${answers.value}`,
          problemOf: text => {
            const [key, value] = keyAndValue(text);
            const problem = tagKeyProblem(key, tagged.tags) ?? tagValueProblem(value);
            return problem && tagProblemWords(problem);
          },
        },
        text => {
          [answers.key, answers.value] = keyAndValue(text);
        },
      );
    let isRemoval = false;
    const outcome = await pickOne<boolean>(
      frame,
      {
        placeholder: t('What shall become of {0}?', chosen),
        active: false,
        items: [
          { label: t('$(edit) Another value…'), description: tagged.tags[chosen] ?? '', value: false },
          { label: t('$(trash) Remove it'), value: true },
        ],
      },
      choice => {
        isRemoval = choice;
      },
    );
    answers.isRemoval = isRemoval;
    if (outcome !== 'next' || isRemoval) return outcome;
    return enterText(
      frame,
      {
        prompt: t('The value of {0}.', chosen),
        value: answers.value,
        problemOf: value => {
          const problem = tagValueProblem(value);
          return problem && tagProblemWords(problem);
        },
      },
      value => {
        answers.value = value;
      },
    );
  };
}

function keyAndValue(text: string): [key: string, value: string] {
  const at = text.indexOf('=');
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1)];
}
