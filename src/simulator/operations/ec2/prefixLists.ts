import type { PrefixList } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PrefixListEntry } from '../../world/managedPrefixList';
import type { PlaceState } from '../../world/placeState';
import { pageOf } from '../common/paging';
import { find } from '../common/resourceIds';
import { tagList } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional } from './describe';

function describePrefixLists(
  input: Ec2.DescribePrefixListsRequest,
  { region }: CallContext,
): Ec2.DescribePrefixListsResult {
  const listing = {
    kind: 'prefixList',
    limits: { cap: 1000 },
    filters: { 'prefix-list-id': (item: PrefixList) => item.id, 'prefix-list-name': (item: PrefixList) => item.name },
  } as const;
  const ofAws = [...region.prefixLists].filter(([id]) => !region.managedPrefixLists.has(id));
  const page = list(listing, new Map(ofAws), input.PrefixListIds, input);
  const PrefixLists = page.items.map(item => ({
    Cidrs: [...item.cidrs],
    PrefixListId: item.id,
    PrefixListName: item.name,
  }));
  return { PrefixLists, ...optional({ NextToken: page.nextToken }) };
}

/** A customer's list with what is kept of it, or a list of AWS. */
export function managedShape(region: PlaceState, item: PrefixList): Ec2.ManagedPrefixList {
  const own = region.managedPrefixLists.get(item.id);
  const owner = own?.ownerId ?? 'aws';
  return {
    PrefixListId: item.id,
    AddressFamily: 'IPv4',
    State: own?.state ?? 'create-complete',
    PrefixListArn: `arn:aws:ec2:${region.place.region}:${owner}:prefix-list/${item.id}`,
    PrefixListName: item.name,
    ...(own ? { MaxEntries: own.maxEntries, Version: own.version } : {}),
    OwnerId: own?.ownerId ?? 'AWS',
    Tags: tagList(own?.tags ?? {}),
  };
}

const managedListing = (region: PlaceState): Listing<PrefixList> => ({
  kind: 'prefixList',
  tagsOf: item => region.managedPrefixLists.get(item.id)?.tags ?? {},
  limits: { least: 1, most: 100 },
  filters: {
    'owner-id': item => managedShape(region, item).OwnerId,
    'prefix-list-id': item => item.id,
    'prefix-list-name': item => item.name,
  },
});

function describeManagedPrefixLists(
  input: Ec2.DescribeManagedPrefixListsRequest,
  { region }: CallContext,
): Ec2.DescribeManagedPrefixListsResult {
  const page = list(managedListing(region), region.prefixLists, input.PrefixListIds, input);
  return {
    PrefixLists: page.items.map(item => managedShape(region, item)),
    ...optional({ NextToken: page.nextToken }),
  };
}

function getManagedPrefixListEntries(
  input: Ec2.GetManagedPrefixListEntriesRequest,
  { region }: CallContext,
): Ec2.GetManagedPrefixListEntriesResult {
  const { id, cidrs } = find('prefixList', region.prefixLists, input.PrefixListId ?? '');
  const page = pageOf(entriesOf(region, id, cidrs, input), input, { least: 1, most: 100 }, ({ cidr }) => cidr);
  return {
    Entries: page.items.map(({ cidr, description }) => ({ Cidr: cidr, ...optional({ Description: description }) })),
    ...optional({ NextToken: page.nextToken }),
  };
}

/** Of the version that is asked for, or of the one in force. */
function entriesOf(
  region: PlaceState,
  id: PrefixList['id'],
  cidrs: readonly string[],
  { TargetVersion }: Ec2.GetManagedPrefixListEntriesRequest,
): readonly PrefixListEntry[] {
  const own = region.managedPrefixLists.get(id);
  if (!own) return cidrs.map(cidr => ({ cidr, description: undefined }));
  const found = own.versions[TargetVersion ?? own.version];
  if (found) return found;
  throw new ServiceFault('InvalidParameterValue', `The prefix list ${id} has no version ${TargetVersion}.`);
}

export const prefixListOperations: OperationTable = {
  DescribePrefixLists: describePrefixLists,
  DescribeManagedPrefixLists: describeManagedPrefixLists,
  GetManagedPrefixListEntries: getManagedPrefixListEntries,
};
