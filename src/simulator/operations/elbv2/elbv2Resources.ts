import type { Listener, NetworkLoadBalancer, TargetGroup } from '../../../core/loadBalancing';
import { ServiceFault } from '../../protocols/serviceFault';
import type { PlaceState } from '../../world/placeState';
import { pageOf } from '../common/paging';
import { validationError } from './elbv2Faults';

interface Kind<T> {
  readonly word: string;
  /** Behind `arn:aws:elasticloadbalancing:<region>:<account>:`. */
  readonly form: RegExp;
  readonly code: string;
  readonly missing: string;
  readonly table: (region: PlaceState) => ReadonlyMap<string, T>;
}

/** A family of resources that ELBv2 knows by ARN. */
export const kinds = {
  loadBalancer: {
    word: 'load balancer',
    form: /^loadbalancer\/(?:net|app|gwy)\/[A-Za-z0-9-]+\/[0-9a-f]{16}$/,
    code: 'LoadBalancerNotFound',
    missing: 'One or more load balancers not found',
    table: region => region.loadBalancers,
  } satisfies Kind<NetworkLoadBalancer>,
  targetGroup: {
    word: 'target group',
    form: /^targetgroup\/[A-Za-z0-9-]+\/[0-9a-f]{16}$/,
    code: 'TargetGroupNotFound',
    missing: 'One or more target groups not found',
    table: region => region.targetGroups,
  } satisfies Kind<TargetGroup>,
  listener: {
    word: 'listener',
    form: /^listener\/(?:net|app|gwy)\/[A-Za-z0-9-]+\/[0-9a-f]{16}\/[0-9a-f]{16}$/,
    code: 'ListenerNotFound',
    missing: 'One or more listeners not found',
    table: region => region.listeners,
  } satisfies Kind<Listener>,
} as const;

/** The part of an ARN of this service behind the account; undefined for text of another form. */
export function resourcePart(arn: string): string | undefined {
  return /^arn:aws:elasticloadbalancing:[a-z0-9-]+:\d{12}:(.+)$/.exec(arn)?.[1];
}

/** Refuses text that is no ARN of the kind; says nothing about existence. */
export function checkArn({ word, form }: Kind<unknown>, arn: string): void {
  if (!form.test(resourcePart(arn) ?? '')) throw validationError(`'${arn}' is not a valid ${word} ARN`);
}

export function notFound({ code, missing }: Kind<unknown>): ServiceFault {
  return new ServiceFault(code, missing);
}

/** The resource with this ARN; malformed and unknown ARNs are refused, in that order. */
export function findByArn<T>(kind: Kind<T>, region: PlaceState, arn: string | undefined): T {
  checkArn(kind, arn ?? '');
  const found = kind.table(region).get(arn ?? '');
  if (found === undefined) throw notFound(kind);
  return found;
}

export interface Elbv2PageRequest {
  readonly Marker?: string | undefined;
  readonly PageSize?: number | undefined;
}

const maximumPageSize = 400;

/** ELBv2's paging: `PageSize` from 1 to 400, `Marker`, `NextMarker`. */
export function elbv2Page<T>(
  items: readonly T[],
  { Marker, PageSize = maximumPageSize }: Elbv2PageRequest,
  keyOf: (item: T) => string,
): { readonly items: readonly T[]; readonly ending: { readonly NextMarker?: string } } {
  if (PageSize < 1 || PageSize > maximumPageSize)
    throw validationError(
      `1 validation error detected: Value '${PageSize}' at 'pageSize' failed to satisfy constraint: Member must have value between 1 and ${maximumPageSize}`,
    );
  const wrongToken = () => validationError(`'${Marker}' is not a valid marker`);
  const page = pageOf(items, { MaxResults: PageSize, NextToken: Marker }, { wrongToken }, keyOf);
  return { items: page.items, ending: page.nextToken === undefined ? {} : { NextMarker: page.nextToken } };
}

/** Those with the given ARNs or names, each once, in the order of creation; all of them when neither is given. */
export function chosen<T extends { readonly arn: string; readonly name: string }>(
  kind: Kind<T>,
  region: PlaceState,
  arns: readonly string[] | undefined,
  names: readonly string[] | undefined,
): readonly T[] {
  if (arns?.length && names?.length)
    throw validationError(`${kind.word} names and ${kind.word} ARNs cannot be specified at the same time`);
  const all = [...kind.table(region).values()];
  for (const arn of arns ?? []) findByArn(kind, region, arn);
  for (const name of names ?? []) if (!all.some(item => item.name === name)) throw notFound(kind);
  return all.filter(
    ({ arn, name }) => (!arns?.length || arns.includes(arn)) && (!names?.length || names.includes(name)),
  );
}

/** What a name of a load balancer or a target group may be ("CreateLoadBalancer: Name"). */
export function checkName(word: string, name: string): void {
  if (name.length === 0 || name.length > 32)
    throw validationError(`${word} name '${name}' cannot be longer than '32' characters`);
  if (!/^[A-Za-z0-9-]+$/.test(name))
    throw validationError(
      `${word} name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`,
    );
  if (name.startsWith('-') || name.endsWith('-'))
    throw validationError(`${word} name '${name}' cannot begin or end with '-'`);
}

export function checkPort(port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw validationError(`Port '${port}' must be between 1 and 65535`);
}
