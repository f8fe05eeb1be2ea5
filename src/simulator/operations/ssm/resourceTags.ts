import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { CallContext, OperationTable } from '../operation';

interface Tagged {
  readonly tags: Tags;
  readonly replaceTags: (tags: Tags) => void;
}

interface Named {
  readonly ResourceType?: string | undefined;
  readonly ResourceId?: string | undefined;
}

function taggedResource({ ResourceType = '', ResourceId = '' }: Named, { region }: CallContext): Tagged {
  const tables = tablesOf(region);
  const found = Object.hasOwn(tables, ResourceType) ? tables[ResourceType] : undefined;
  if (!found)
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not simulate tags of ${ResourceType}.`);
  const tagged = found(ResourceId);
  if (!tagged)
    throw new ServiceFault(
      'InvalidResourceId',
      'The resource ID is not valid. Verify that you entered the correct ID and try again.',
    );
  return tagged;
}

function tablesOf(region: PlaceState): Readonly<Record<string, ((id: string) => Tagged | undefined) | undefined>> {
  return {
    Document: id => taggedIn(region.documents, id),
    Parameter: id => taggedIn(region.parameters, id),
  };
}

function taggedIn<T extends { readonly tags: Tags }>(table: Map<string, T>, id: string): Tagged | undefined {
  const item = table.get(id);
  return item && { tags: item.tags, replaceTags: tags => table.set(id, { ...item, tags }) };
}

function addTags(input: Ssm.AddTagsToResourceRequest, context: CallContext): Ssm.AddTagsToResourceResult {
  const { tags, replaceTags } = taggedResource(input, context);
  const added = Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  replaceTags({ ...tags, ...added });
  return {};
}

function removeTags(input: Ssm.RemoveTagsFromResourceRequest, context: CallContext): Ssm.RemoveTagsFromResourceResult {
  const { tags, replaceTags } = taggedResource(input, context);
  const kept = Object.entries(tags).filter(([key]) => !input.TagKeys?.includes(key));
  replaceTags(Object.fromEntries(kept));
  return {};
}

function listTags(input: Ssm.ListTagsForResourceRequest, context: CallContext): Ssm.ListTagsForResourceResult {
  const { tags } = taggedResource(input, context);
  return { TagList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

/** Of Session documents and parameters; nothing else of Systems Manager in a practice account bears tags. */
export const resourceTagOperations: OperationTable = {
  AddTagsToResource: addTags,
  ListTagsForResource: listTags,
  RemoveTagsFromResource: removeTags,
};
