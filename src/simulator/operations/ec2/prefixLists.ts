import type { PrefixList } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { pageOf } from '../common/paging';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { list, optional } from './describe';

function describePrefixLists(
  input: Ec2.DescribePrefixListsRequest,
  { region }: CallContext,
): Ec2.DescribePrefixListsResult {
  const listing = {
    kind: 'prefixList',
    limits: { cap: 1000 },
    filters: { 'prefix-list-id': (item: PrefixList) => item.id, 'prefix-list-name': (item: PrefixList) => item.name },
  } as const;
  const page = list(listing, region.prefixLists, input.PrefixListIds, input);
  const PrefixLists = page.items.map(item => ({
    Cidrs: [...item.cidrs],
    PrefixListId: item.id,
    PrefixListName: item.name,
  }));
  return { PrefixLists, ...optional({ NextToken: page.nextToken }) };
}

function managedShape({ place }: PlaceState, item: PrefixList): Ec2.ManagedPrefixList {
  return {
    PrefixListId: item.id,
    AddressFamily: 'IPv4',
    State: 'create-complete',
    PrefixListArn: `arn:aws:ec2:${place.region}:aws:prefix-list/${item.id}`,
    PrefixListName: item.name,
    OwnerId: 'AWS',
    Tags: [],
  };
}

function describeManagedPrefixLists(
  input: Ec2.DescribeManagedPrefixListsRequest,
  { region }: CallContext,
): Ec2.DescribeManagedPrefixListsResult {
  const listing = {
    kind: 'prefixList',
    limits: { least: 1, most: 100 },
    filters: {
      'owner-id': () => 'AWS',
      'prefix-list-id': (item: PrefixList) => item.id,
      'prefix-list-name': (item: PrefixList) => item.name,
    },
  } as const;
  const page = list(listing, region.prefixLists, input.PrefixListIds, input);
  return {
    PrefixLists: page.items.map(item => managedShape(region, item)),
    ...optional({ NextToken: page.nextToken }),
  };
}

function getManagedPrefixListEntries(
  input: Ec2.GetManagedPrefixListEntriesRequest,
  { region }: CallContext,
): Ec2.GetManagedPrefixListEntriesResult {
  const { cidrs } = find('prefixList', region.prefixLists, input.PrefixListId ?? '');
  const page = pageOf(cidrs, input, { least: 1, most: 100 }, cidr => cidr);
  return { Entries: page.items.map(Cidr => ({ Cidr })), ...optional({ NextToken: page.nextToken }) };
}

export const prefixListOperations: OperationTable = {
  DescribePrefixLists: describePrefixLists,
  DescribeManagedPrefixLists: describeManagedPrefixLists,
  GetManagedPrefixListEntries: getManagedPrefixListEntries,
};
