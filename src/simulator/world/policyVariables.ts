/** What is known of a request, by condition key in lower case; keys that do not apply are missing. */
export type RequestFacts = Readonly<Record<string, string | readonly string[]>>;

const variableForm = /\$\{([^}]*)\}/g;
const defaultForm = /^(.*?)\s*,\s*'(.*)'$/;

/**
 * A text of a policy with its variables put in; undefined when one is not known ("IAM policy elements: Variables and tags"). For a pattern, the
 * result is to be read with escapes: what a variable stands for is taken literally.
 */
export function fillPolicyVariables(text: string, facts: RequestFacts, isPattern: boolean): string | undefined {
  let isKnown = true;
  const literal = (value: string) => (isPattern ? value.replace(/[\\*?]/g, '\\$&') : value);
  const plain = (value: string) => (isPattern ? value.replaceAll('\\', '\\\\') : value);
  let filled = '';
  let end = 0;
  for (const found of text.matchAll(variableForm)) {
    const value = variableValue(found[1] ?? '', facts);
    isKnown &&= value !== undefined;
    filled += plain(text.slice(end, found.index)) + literal(value ?? '');
    end = found.index + found[0].length;
  }
  return isKnown ? filled + plain(text.slice(end)) : undefined;
}

/** `${*}`, `${?}` and `${$}` are the characters themselves; a key of several values is no variable. */
function variableValue(variable: string, facts: RequestFacts): string | undefined {
  if (['*', '?', '$'].includes(variable)) return variable;
  const [, name, otherwise] = defaultForm.exec(variable) ?? [undefined, variable.trim(), undefined];
  const value = facts[(name ?? '').toLowerCase()];
  return typeof value === 'string' ? value : otherwise;
}
