import type { Tags } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import { applyFilters } from '../common/filters';
import { pageOf } from '../common/paging';
import { withoutTags, withTags } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';
import { allTags, setTagsOfResource, type TagDescription, tagsOfResource } from './taggedKinds';

function createTags(input: Ec2.CreateTagsRequest, context: CallContext): object {
  const changes = (input.Resources ?? []).map(id => ({
    id,
    tags: withTags(tagsOfResource(context, id), input.Tags ?? []),
  }));
  for (const { id, tags } of changes) setTagsOfResource(context, id, tags);
  return {};
}

function deleteTags(input: Ec2.DeleteTagsRequest, context: CallContext): object {
  const changes = (input.Resources ?? []).map(id => ({
    id,
    tags: withoutTags(tagsOfResource(context, id), input.Tags),
  }));
  for (const { id, tags } of changes) setTagsOfResource(context, id, tags);
  return {};
}

function describeTags(input: Ec2.DescribeTagsRequest, context: CallContext): Ec2.DescribeTagsResult {
  const asTags = ({ key, value }: TagDescription): Tags => ({ [key]: value });
  const table = {
    key: (item: TagDescription) => item.key,
    value: (item: TagDescription) => item.value,
    'resource-id': (item: TagDescription) => item.resourceId,
    'resource-type': (item: TagDescription) => item.resourceType,
  };
  const matching = applyFilters(allTags(context), input.Filters, table, asTags);
  const page = pageOf(matching, input, { least: 5, most: 1000 }, item => `${item.resourceId}/${item.key}`);
  const Tags = page.items.map(item => ({
    Key: item.key,
    ResourceId: item.resourceId,
    ResourceType: item.resourceType as Ec2.ResourceType,
    Value: item.value,
  }));
  return { Tags, ...optional({ NextToken: page.nextToken }) };
}

export const tagOperations: OperationTable = {
  CreateTags: createTags,
  DeleteTags: deleteTags,
  DescribeTags: describeTags,
};
