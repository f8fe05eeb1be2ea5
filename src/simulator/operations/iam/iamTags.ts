import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Iam } from '../../protocols/wireTypes';
import type { CallContext, OperationTable } from '../operation';
import { limitExceeded } from './iamFaults';
import { iamPage } from './iamPaging';

const maximumTags = 50;

/** Throws InvalidInput for keys that come twice and LimitExceeded for too many. */
export function iamTags(tags: readonly Iam.Tag[] | undefined): Tags {
  const entries = (tags ?? []).map(({ Key = '', Value = '' }): [string, string] => [Key, Value]);
  const keys = new Set(entries.map(([key]) => key.toLowerCase()));
  if (keys.size < entries.length)
    throw new ServiceFault('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  if (entries.length > maximumTags) throw limitExceeded('TagsPerResource', maximumTags);
  return Object.fromEntries(entries);
}

export function iamTagList(tags: Tags): Iam.Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

interface TagRequest {
  readonly Tags?: Iam.Tag[] | undefined;
  readonly TagKeys?: string[] | undefined;
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface TaggedKind<Request, Tagged extends { readonly tags: Tags }> {
  /** As in the names of the calls: `Role`. */
  readonly name: string;
  /** Throws NoSuchEntity. */
  find(request: Request, context: CallContext): Tagged;
  store(tagged: Tagged, context: CallContext): void;
}

/** The calls about the tags of one kind of resource. */
export function tagOperations<Request, Tagged extends { readonly tags: Tags }>(
  kind: TaggedKind<Request, Tagged>,
): OperationTable {
  return {
    [`Tag${kind.name}`]: (request: Request & TagRequest, context: CallContext) => {
      const tagged = kind.find(request, context);
      const tags = { ...tagged.tags, ...iamTags(request.Tags) };
      if (Object.keys(tags).length > maximumTags) throw limitExceeded('TagsPerResource', maximumTags);
      kind.store({ ...tagged, tags }, context);
      return {};
    },
    [`Untag${kind.name}`]: (request: Request & TagRequest, context: CallContext) => {
      const tagged = kind.find(request, context);
      const left = Object.entries(tagged.tags).filter(([key]) => !request.TagKeys?.includes(key));
      kind.store({ ...tagged, tags: Object.fromEntries(left) }, context);
      return {};
    },
    [`List${kind.name}Tags`]: (request: Request & TagRequest, context: CallContext) => {
      const page = iamPage(iamTagList(kind.find(request, context).tags), request, ({ Key = '' }) => Key);
      return { Tags: [...page.items], ...page.ending };
    },
  };
}
