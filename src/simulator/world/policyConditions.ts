import { contains, parseCidr, parseIpv4 } from '../../core/ipv4';
import { fillPolicyVariables, type RequestFacts } from './policyVariables';
import { compileWildcards } from './wildcards';

type Test = (actual: string, wanted: string) => boolean;

const equalsIgnoringCase: Test = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();

function compare(holds: (actual: number, wanted: number) => boolean, read: (text: string) => number): Test {
  return (actual, wanted) => holds(read(actual), read(wanted));
}

const readDate = (text: string) => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
const orders = {
  Equals: (actual: number, wanted: number) => actual === wanted,
  LessThan: (actual: number, wanted: number) => actual < wanted,
  LessThanEquals: (actual: number, wanted: number) => actual <= wanted,
  GreaterThan: (actual: number, wanted: number) => actual > wanted,
  GreaterThanEquals: (actual: number, wanted: number) => actual >= wanted,
};

/** "IAM JSON policy elements: Condition operators"; those with `Not` in their names are the opposite of these. */
const tests: Readonly<Record<string, Test>> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringLike: isLike,
  ArnEquals: isArnLike,
  ArnLike: isArnLike,
  Bool: equalsIgnoringCase,
  IpAddress: isWithin,
  ...ordered('Numeric', Number),
  ...ordered('Date', readDate),
};

function ordered(kind: string, read: (text: string) => number): Record<string, Test> {
  return Object.fromEntries(Object.entries(orders).map(([name, holds]) => [kind + name, compare(holds, read)]));
}

/** Patterns as {@link fillPolicyVariables} leaves them. */
function isLike(actual: string, wanted: string): boolean {
  return compileWildcards(wanted, true)(actual);
}

/** Each of the six parts of an ARN stands for itself. */
function isArnLike(actual: string, wanted: string): boolean {
  const parts = arnParts(actual);
  return arnParts(wanted).every((pattern, index) => isLike(parts[index] ?? '', pattern));
}

function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...Array.from({ length: 5 }, (_, index) => parts[index] ?? ''), parts.slice(5).join(':')];
}

function isWithin(actual: string, wanted: string): boolean {
  const range = parseCidr(wanted.includes('/') ? wanted : `${wanted}/32`);
  const address = parseIpv4(actual);
  return range !== undefined && address !== undefined && contains(range, address);
}

/** Whether a condition block holds: every operator and every key in it, each by one of its values. One that cannot be read does not hold. */
export function holds(condition: unknown, facts: RequestFacts): boolean {
  if (condition === undefined) return true;
  if (typeof condition !== 'object' || condition === null) return false;
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries((keys ?? {}) as object).every(([key, values]) =>
      holdsFor(operator, key, [values].flat().map(String), facts),
    ),
  );
}

const operatorForm = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/;

/** Keys with several values need a quantifier; without one each value will do ("Multivalued context keys"). */
function holdsFor(operator: string, key: string, values: readonly string[], facts: RequestFacts): boolean {
  const [, quantifier, name = '', ifExists] = operatorForm.exec(operator) ?? [];
  const known = facts[key.toLowerCase()];
  if (name === 'Null') return values.some(value => (value.toLowerCase() === 'true') === (known === undefined));
  const isNegative = name.includes('Not');
  const test = tests[name.replace('Not', '')];
  if (!test) return false;
  const actual = known === undefined ? [] : [known].flat();
  if (actual.length === 0)
    return ifExists !== undefined || (quantifier === undefined ? isNegative : quantifier === 'ForAllValues');
  const wanted = values
    .map(value => fillPolicyVariables(value, facts, /Like|^Arn/.test(name)))
    .filter(value => value !== undefined);
  const isMet = (one: string) => wanted.some(value => test(one, value)) !== isNegative;
  return quantifier === 'ForAllValues' ? actual.every(isMet) : actual.some(isMet);
}
