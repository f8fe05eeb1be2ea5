import { requiredMembers } from '../decodeQuery';
import { ServiceFault } from '../serviceFault';
import type { OperationModel, ServiceModel } from '../serviceModels';
import type { S3Address } from './s3Address';

/** What of a request says which operation it means. */
export interface RestQuestion {
  readonly method: string;
  readonly address: S3Address;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
}

/** How an operation is asked for, from its `http` trait and its required members. */
interface Route {
  readonly operation: OperationModel;
  readonly method: string;
  readonly hasBucket: boolean;
  readonly hasKey: boolean;
  /** Literal query members of the trait, but for `x-id`, which is only for reading logs. */
  readonly literals: readonly (readonly [string, string])[];
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
}

const known = new WeakMap<ServiceModel, readonly Route[]>();

/** `[method, path with query, status]` of an operation ("Smithy: http trait"). */
export function httpTrait(operation: OperationModel): readonly [string, string, number] {
  const { http } = operation.schema.traits as { readonly http?: readonly [string, string, number] };
  if (!http) throw new TypeError(`${operation.name} has no http trait`);
  return http;
}

/** Finds the operation with the most specific route that a request fits; throws a ServiceFault when there is none. */
export function findRestOperation(service: ServiceModel, question: RestQuestion): OperationModel {
  let best: Route | undefined;
  for (const route of routesOf(service))
    if (fits(route, question) && (!best || weight(route, question) > weight(best, question))) best = route;
  if (best) return best.operation;
  throw new ServiceFault('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, {
    Method: question.method,
    ResourceType: question.address.key !== undefined ? 'OBJECT' : question.address.bucket ? 'BUCKET' : 'SERVICE',
  });
}

function routesOf(service: ServiceModel): readonly Route[] {
  const made = known.get(service) ?? [...service.actions.values()].map(routeOf).filter(route => route !== undefined);
  known.set(service, made);
  return made;
}

/** Undefined for paths that stand beside buckets and keys. */
function routeOf(operation: OperationModel): Route | undefined {
  const [method, target] = httpTrait(operation);
  const [path, query = ''] = target.split('?');
  if (path !== '/' && path !== '/{Key+}') return undefined;
  const required = requiredMembers(operation.input);
  const traits = required.map(name => operation.input.getMemberSchema(name).getMergedTraits());
  return {
    operation,
    method,
    hasBucket: required.includes('Bucket'),
    hasKey: path !== '/',
    literals: query
      .split('&')
      .filter(pair => pair !== '' && !pair.startsWith('x-id='))
      .map(pair => pair.split('='))
      .map(([name = '', value = '']) => [name, value] as const),
    requiredQuery: traits.flatMap(({ httpQuery }) => httpQuery ?? []),
    requiredHeaders: traits.flatMap(({ httpHeader }) => httpHeader?.toLowerCase() ?? []),
  };
}

function fits(route: Route, { method, address, query }: RestQuestion): boolean {
  return (
    route.method === method &&
    route.hasBucket === (address.bucket !== undefined) &&
    route.hasKey === (address.key !== undefined) &&
    route.literals.every(([name, value]) => query.get(name) === value)
  );
}

/** Literals count most; an operation that lacks a required member gives way to one that lacks nothing. */
function weight(route: Route, { query, headers }: RestQuestion): number {
  const needed = route.requiredQuery.length + route.requiredHeaders.length;
  const isWhole =
    route.requiredQuery.every(name => query.has(name)) && route.requiredHeaders.every(name => name in headers);
  return route.literals.length * 100 + (isWhole ? needed : -1);
}
