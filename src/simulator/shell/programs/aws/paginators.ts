import type { OperationModel } from '../../../protocols/clientCodec';
import { membersOf } from './shapes';

/** How an operation gives its answer in pages (boto/botocore:botocore/data/…/paginators-1.json). */
export interface Paginator {
  /** Member of the input that says where to go on. */
  readonly inputToken: string;
  /** Member of the output that says where the next page begins. */
  readonly outputToken: string;
  /** Member of the input that limits a page. */
  readonly limit: string;
  /** Member of the output that says whether there is more; without it a token means that there is. */
  readonly moreResults?: string;
  /** Lists of the output that go on from page to page; the first is the one that items are counted in. */
  readonly resultLists: readonly string[];
  /** What else is shown, from the first page. */
  readonly otherMembers: readonly string[];
}

/** The ways in which services name these members; the first that fits is an operation's own. */
const forms: readonly Omit<Paginator, 'resultLists' | 'otherMembers'>[] = [
  { inputToken: 'NextToken', outputToken: 'NextToken', limit: 'MaxResults' },
  { inputToken: 'Marker', outputToken: 'Marker', limit: 'MaxItems', moreResults: 'IsTruncated' },
  { inputToken: 'Marker', outputToken: 'NextMarker', limit: 'PageSize' },
  { inputToken: 'Marker', outputToken: 'NextMarker', limit: 'Limit', moreResults: 'Truncated' },
  { inputToken: 'Marker', outputToken: 'NextMarker', limit: 'MaxKeys', moreResults: 'IsTruncated' },
  {
    inputToken: 'ContinuationToken',
    outputToken: 'NextContinuationToken',
    limit: 'MaxKeys',
    moreResults: 'IsTruncated',
  },
];

/** Lists in another order than the model's. */
const listOrders: Readonly<Record<string, readonly string[]>> = {
  DescribeVpcEndpointServices: ['ServiceDetails', 'ServiceNames'],
};
const otherMembers: Readonly<Record<string, readonly string[]>> = { GetGroup: ['Group'] };

/** Undefined for an operation that answers everything at once. */
export function paginatorOf({ name, input, output }: OperationModel): Paginator | undefined {
  const inputs = membersOf(input);
  const outputs = membersOf(output);
  const form = forms.find(
    ({ inputToken, outputToken, limit }) => inputs.has(inputToken) && inputs.has(limit) && outputs.has(outputToken),
  );
  if (!form) return undefined;
  const lists = [...outputs].filter(([, shape]) => shape.isListSchema()).map(([member]) => member);
  return { ...form, resultLists: listOrders[name] ?? lists, otherMembers: otherMembers[name] ?? [] };
}
