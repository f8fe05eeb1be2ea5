import { POLICY_MAX_LENGTH } from './endpointPolicy';
import { JsonFault, type JsonMember, type PositionedJson, parsePositioned } from './positionedJson';

/** What is wrong with a policy, and where: offset and length in UTF-16 units. `name` is the element in question. */
export interface PolicyProblem {
  readonly code:
    | 'notJson'
    | 'tooLong'
    | 'notAnObject'
    | 'unknownElement'
    | 'elementTwice'
    | 'missingElement'
    | 'bothElements'
    | 'wrongVersion'
    | 'wrongEffect'
    | 'notTextOrList'
    | 'notAnAction'
    | 'notAnArn'
    | 'wrongPrincipal'
    | 'wrongCondition';
  readonly offset: number;
  readonly length: number;
  readonly name?: string;
}

const policyElements = ['Version', 'Id', 'Statement'];
const pairs = [
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
] as const;
const statementElements = ['Sid', 'Effect', 'Condition', ...pairs.flat()];

/**
 * Everything that AWS would refuse an endpoint's policy for, as far as its shape tells ("IAM User Guide: Grammar of the IAM JSON policy
 * language"; a resource policy, so every statement names its principals). Empty for a good one.
 */
export function policyProblems(text: string): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  if (text.length > POLICY_MAX_LENGTH)
    problems.push({ code: 'tooLong', offset: POLICY_MAX_LENGTH, length: text.length - POLICY_MAX_LENGTH });
  try {
    checkPolicy(parsePositioned(text), problem => problems.push(problem));
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const offset = Math.min(error.offset, Math.max(0, text.length - 1));
    problems.push({ code: 'notJson', offset, length: 1 });
  }
  return problems;
}

type Report = (problem: PolicyProblem) => void;
type ObjectNode = PositionedJson & { readonly kind: 'object' };

function checkPolicy(policy: PositionedJson, report: Report): void {
  if (policy.kind !== 'object') {
    report(at(policy, 'notAnObject'));
    return;
  }
  const elements = elementsOf(policy, policyElements, report);
  const version = elements.get('Version')?.value;
  if (version && !(isText(version) && ['2012-10-17', '2008-10-17'].includes(version.value)))
    report(at(version, 'wrongVersion'));
  const statements = elements.get('Statement')?.value;
  if (!statements) report({ code: 'missingElement', name: 'Statement', offset: policy.offset, length: 1 });
  for (const statement of statements?.kind === 'array' ? statements.items : statements ? [statements] : [])
    checkStatement(statement, report);
  if (statements?.kind === 'array' && statements.items.length === 0)
    report({ ...at(statements, 'missingElement'), name: 'Statement' });
}

function checkStatement(statement: PositionedJson, report: Report): void {
  if (statement.kind !== 'object') {
    report(at(statement, 'notAnObject'));
    return;
  }
  const elements = elementsOf(statement, statementElements, report);
  const missing = (name: string) => report({ code: 'missingElement', name, offset: statement.offset, length: 1 });
  const effect = elements.get('Effect')?.value;
  if (!effect) missing('Effect');
  else if (!(isText(effect) && ['Allow', 'Deny'].includes(effect.value))) report(at(effect, 'wrongEffect'));
  for (const [one, other] of pairs) {
    const [first, second] = [elements.get(one), elements.get(other)];
    if (!first && !second) missing(one);
    if (first && second)
      report({ code: 'bothElements', name: one, offset: second.keyOffset, length: second.keyLength });
  }
  for (const name of ['Action', 'NotAction'])
    checkTexts(elements.get(name), 'notAnAction', /^(?:\*|[a-z0-9-]+:[\w*?-]+)$/i, report);
  for (const name of ['Resource', 'NotResource'])
    checkTexts(elements.get(name), 'notAnArn', /^(?:\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+|.*\*.*|.*\$\{.*)$/, report);
  for (const name of ['Principal', 'NotPrincipal']) checkPrincipal(elements.get(name)?.value, report);
  const condition = elements.get('Condition')?.value;
  if (condition && !isCondition(condition)) report(at(condition, 'wrongCondition'));
}

/** Text, or a list of texts, each of one form. */
function checkTexts(
  member: JsonMember | undefined,
  code: 'notAnAction' | 'notAnArn',
  form: RegExp,
  report: Report,
): void {
  if (!member) return;
  const values = member.value.kind === 'array' ? member.value.items : [member.value];
  if (values.length === 0) report({ ...at(member.value, 'notTextOrList'), name: member.key });
  for (const value of values) {
    if (!isText(value)) report({ ...at(value, 'notTextOrList'), name: member.key });
    else if (!form.test(value.value)) report(at(value, code));
  }
}

/** `*`, or kinds of principals with a text or a list of texts each. */
function checkPrincipal(principal: PositionedJson | undefined, report: Report): void {
  if (!principal || (isText(principal) && principal.value === '*')) return;
  const isGood =
    principal.kind === 'object' &&
    principal.members.length > 0 &&
    principal.members.every(
      ({ key, value }) => ['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(key) && isTextOrTexts(value),
    );
  if (!isGood) report(at(principal, 'wrongPrincipal'));
}

/** Operators with keys with values. */
function isCondition(condition: PositionedJson): boolean {
  return (
    condition.kind === 'object' &&
    condition.members.every(
      ({ value: keys }) =>
        keys.kind === 'object' &&
        keys.members.every(({ value }) =>
          value.kind === 'array' ? value.items.every(({ kind }) => kind === 'value') : value.kind === 'value',
        ),
    )
  );
}

/** The members by name; others, and a second one of a name, are reported. */
function elementsOf(
  { members }: ObjectNode,
  names: readonly string[],
  report: Report,
): ReadonlyMap<string, JsonMember> {
  const found = new Map<string, JsonMember>();
  for (const member of members) {
    const { key: name, keyOffset: offset, keyLength: length } = member;
    if (!names.includes(name)) report({ code: 'unknownElement', name, offset, length });
    else if (found.has(name)) report({ code: 'elementTwice', name, offset, length });
    else found.set(name, member);
  }
  return found;
}

function isText(node: PositionedJson): node is PositionedJson & { readonly kind: 'value'; readonly value: string } {
  return node.kind === 'value' && typeof node.value === 'string';
}

function isTextOrTexts(node: PositionedJson): boolean {
  return node.kind === 'array' ? node.items.every(isText) : isText(node);
}

function at({ offset, length }: PositionedJson, code: PolicyProblem['code']): PolicyProblem {
  return { code, offset, length };
}
