import { remember } from '../../base/remember';
import { holds } from './policyConditions';
import { fillPolicyVariables, type RequestFacts } from './policyVariables';
import { compileWildcards, matchesWildcards } from './wildcards';

/** A policy as IAM stores it ("IAM JSON policy reference"). */
export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: unknown;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly PolicyStatement[];
}

export type PolicyDecision = 'allowed' | 'explicitDeny' | 'implicitDeny';

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** Reads policy text; undefined when it is no JSON policy. */
export const parsePolicy = remember(200, readPolicy);

function readPolicy(text: string): PolicyDocument | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  let document = parsed as { readonly Version?: unknown; readonly Statement?: unknown };
  // Policies of the older version have no variables ("IAM JSON policy elements: Version"): theirs are texts like others.
  if (document.Version !== '2012-10-17') document = JSON.parse(text.replace(/\$(?=\{)/g, '$${$$}')) as typeof document;
  const statements = list(document.Statement as PolicyStatement | readonly PolicyStatement[] | undefined);
  if (statements.length === 0 || !statements.every(isStatement)) return undefined;
  if (document.Version !== undefined && document.Version !== '2012-10-17' && document.Version !== '2008-10-17')
    return undefined;
  return { Statement: statements };
}

function isStatement(value: unknown): value is PolicyStatement {
  if (typeof value !== 'object' || value === null) return false;
  const statement = value as PolicyStatement;
  const hasEffect = statement.Effect === 'Allow' || statement.Effect === 'Deny';
  const actions = [...list<unknown>(statement.Action), ...list<unknown>(statement.NotAction)];
  const resources = [...list<unknown>(statement.Resource), ...list<unknown>(statement.NotResource)];
  return (
    hasEffect &&
    actions.length > 0 &&
    [...actions, ...resources].every(isText) &&
    isPrincipal(statement.Principal) &&
    isPrincipal(statement.NotPrincipal)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** `*`, or kinds of principals with one or several names each. */
function isPrincipal(value: unknown): boolean {
  if (value === undefined || value === '*') return true;
  return typeof value === 'object' && value !== null && Object.values(value).flat().every(isText);
}

/**
 * An explicit deny wins, then any allow; else it is denied implicitly ("Policy evaluation logic"). Where nothing is known of the request, statements
 * with conditions allow nothing and deny all the same.
 */
export function decide(
  documents: readonly PolicyDocument[],
  action: string,
  resource: string,
  facts?: RequestFacts,
): PolicyDecision {
  const matching = documents
    .flatMap(document => document.Statement)
    .filter(statement => speaksOf(statement, action, resource, facts));
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'explicitDeny';
  return matching.some(({ Effect, Condition }) => Effect === 'Allow' && (facts || Condition === undefined))
    ? 'allowed'
    : 'implicitDeny';
}

/** Whether a statement is about this action, this resource, and a request of which this is known. */
export function speaksOf(
  statement: PolicyStatement,
  action: string,
  resource: string,
  facts: RequestFacts | undefined,
): boolean {
  return (
    coversAction(statement, action) &&
    coversResource(statement, resource, facts ?? {}) &&
    (facts === undefined || holds(statement.Condition, facts))
  );
}

function coversAction(statement: PolicyStatement, action: string): boolean {
  const isLike = (pattern: string) => matchesWildcards(pattern.toLowerCase(), action.toLowerCase());
  if (statement.NotAction !== undefined) return !list(statement.NotAction).some(isLike);
  return list(statement.Action).some(isLike);
}

function coversResource(statement: PolicyStatement, resource: string, facts: RequestFacts): boolean {
  const isLike = (text: string) => {
    const pattern = fillPolicyVariables(text, facts, true);
    return pattern !== undefined && compileWildcards(pattern, true)(resource);
  };
  if (statement.NotResource !== undefined) return !list(statement.NotResource).some(isLike);
  return list(statement.Resource).some(isLike);
}

/** Whether a trust policy lets an AWS service take the role. */
export function trusts(document: PolicyDocument, service: string): boolean {
  const matching = document.Statement.filter(
    statement => coversAction(statement, 'sts:AssumeRole') && namesService(statement, service),
  );
  return matching.some(({ Effect }) => Effect === 'Allow') && !matching.some(({ Effect }) => Effect === 'Deny');
}

function namesService({ Principal }: PolicyStatement, service: string): boolean {
  if (Principal === undefined) return false;
  return Principal === '*' || list(Principal.Service).includes(service);
}
