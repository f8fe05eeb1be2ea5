import { contains, parseCidr, parseIpv4 } from '../../core/ipv4';
import { matchesWildcards } from './wildcards';

/** What is known of a request, by condition key in lower case; keys that do not apply are missing. */
export type RequestFacts = Readonly<Record<string, string>>;

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
  StringLike: (actual, wanted) => matchesWildcards(wanted, actual),
  ArnEquals: (actual, wanted) => matchesWildcards(wanted, actual),
  ArnLike: (actual, wanted) => matchesWildcards(wanted, actual),
  Bool: equalsIgnoringCase,
  IpAddress: isWithin,
  ...ordered('Numeric', Number),
  ...ordered('Date', readDate),
};

function ordered(kind: string, read: (text: string) => number): Record<string, Test> {
  return Object.fromEntries(Object.entries(orders).map(([name, holds]) => [kind + name, compare(holds, read)]));
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
      holdsFor(operator, facts[key.toLowerCase()], [values].flat().map(String)),
    ),
  );
}

function holdsFor(operator: string, actual: string | undefined, values: readonly string[]): boolean {
  const [, quantifier, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  if (name === 'Null') return values.some(value => (value.toLowerCase() === 'true') === (actual === undefined));
  const isNegative = name.includes('Not');
  const test = tests[name.replace('Not', '')];
  if (!test) return false;
  if (actual === undefined) return isNegative || ifExists !== undefined || quantifier === 'ForAllValues';
  const isMet = values.some(value => test(actual, value));
  return isNegative ? !isMet : isMet;
}
