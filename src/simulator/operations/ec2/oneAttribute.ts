import { ServiceFault } from '../../protocols/serviceFault';

/** The one attribute that a call changes; EC2 refuses none and several. */
export function oneAttribute<Name extends string>(
  input: { readonly [K in Name]?: unknown },
  names: readonly Name[],
): Name {
  const [name, ...more] = names.filter(candidate => input[candidate] !== undefined);
  if (name === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain exactly one attribute to modify');
  if (more.length > 0)
    throw new ServiceFault('InvalidParameterCombination', 'Fields for multiple attribute types specified');
  return name;
}

/** What an attribute that was asked for by its name is answered with. */
export function answerFor<Answer>(answers: Readonly<Record<string, Answer>>, name = ''): Answer {
  const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
  if (answer !== undefined) return answer;
  throw new ServiceFault(
    'InvalidParameterValue',
    `Value (${name}) for parameter attribute is invalid. Unknown attribute.`,
  );
}
