import { ServiceFault } from '../../protocols/serviceFault';
import type { Ssm } from '../../protocols/wireTypes';
import type { OwnedDocument } from '../../world/ownedDocument';
import type { CallContext, OperationTable } from '../operation';

function taggedDocument(
  { ResourceType, ResourceId = '' }: { ResourceType?: string | undefined; ResourceId?: string | undefined },
  { region }: CallContext,
): OwnedDocument {
  if (ResourceType !== 'Document')
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not simulate tags of ${ResourceType}.`);
  const document = region.documents.get(ResourceId);
  if (!document)
    throw new ServiceFault(
      'InvalidResourceId',
      'The resource ID is not valid. Verify that you entered the correct ID and try again.',
    );
  return document;
}

function addTags(input: Ssm.AddTagsToResourceRequest, context: CallContext): Ssm.AddTagsToResourceResult {
  const document = taggedDocument(input, context);
  const added = Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
  context.region.documents.set(document.name, { ...document, tags: { ...document.tags, ...added } });
  return {};
}

function removeTags(input: Ssm.RemoveTagsFromResourceRequest, context: CallContext): Ssm.RemoveTagsFromResourceResult {
  const document = taggedDocument(input, context);
  const kept = Object.entries(document.tags).filter(([key]) => !input.TagKeys?.includes(key));
  context.region.documents.set(document.name, { ...document, tags: Object.fromEntries(kept) });
  return {};
}

function listTags(input: Ssm.ListTagsForResourceRequest, context: CallContext): Ssm.ListTagsForResourceResult {
  const { tags } = taggedDocument(input, context);
  return { TagList: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}

/** Of Session documents; nothing else of Systems Manager in a practice account bears tags. */
export const documentTagOperations: OperationTable = {
  AddTagsToResource: addTags,
  ListTagsForResource: listTags,
  RemoveTagsFromResource: removeTags,
};
