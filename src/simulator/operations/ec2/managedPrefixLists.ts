import { type PrefixListId, prefixListId } from '../../../core/ids';
import { formatCidr, parseCidr } from '../../../core/ipv4';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { ManagedPrefixList, PrefixListEntry } from '../../world/managedPrefixList';
import type { PlaceState } from '../../world/placeState';
import { makeOnce } from '../common/clientTokens';
import { find } from '../common/resourceIds';
import { tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { managedShape } from './prefixLists';

/** "Prefix lists: Quotas". */
const maximumEntries = 1000;
const maximumEntriesAtOnce = 100;
const longestName = 255;

const invalid = (message: string) => new ServiceFault('InvalidParameterValue', message);

function create(input: Ec2.CreateManagedPrefixListRequest, { region }: CallContext): Ec2.CreateManagedPrefixListResult {
  const [id = ''] = makeOnce(region, 'CreateManagedPrefixList', input, () => [make(input, region)]);
  const list = find('prefixList', region.prefixLists, id);
  return { PrefixList: { ...managedShape(region, list), State: 'create-in-progress' } };
}

function make(input: Ec2.CreateManagedPrefixListRequest, region: PlaceState): PrefixListId {
  if (input.AddressFamily !== 'IPv4')
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has prefix lists of IPv4 ranges only.');
  const name = checkName(input.PrefixListName);
  const maxEntries = checkMaximum(input.MaxEntries);
  const entries = withEntries([], input.Entries ?? [], maxEntries);
  const tags = tagsAtCreation(input.TagSpecifications, 'prefix-list');
  const id = prefixListId(region.newId('pl'));
  const about = { id, ownerId: region.place.accountId, maxEntries, version: 1, tags };
  store(region, name, { ...about, state: 'create-complete', versions: { 1: entries } });
  return id;
}

/** A list's ranges stand where packets are judged; the rest beside them. */
function store(region: PlaceState, name: string, list: ManagedPrefixList): void {
  const entries = list.versions[list.version] ?? [];
  region.managedPrefixLists.set(list.id, list);
  region.prefixLists.set(list.id, { id: list.id, name, cidrs: entries.map(({ cidr }) => cidr) });
}

function checkName(name = ''): string {
  if (name === '' || name.length > longestName || name.startsWith('com.amazonaws'))
    throw invalid(`Value (${name}) for parameter PrefixListName is invalid.`);
  return name;
}

function checkMaximum(count = 0): number {
  if (Number.isInteger(count) && count >= 1 && count <= maximumEntries) return count;
  throw invalid(`Value (${count}) for parameter MaxEntries is invalid. It must be between 1 and ${maximumEntries}.`);
}

/** Entries after adding some; a range that is there already gets the new description. */
function withEntries(
  entries: readonly PrefixListEntry[],
  added: readonly Ec2.AddPrefixListEntry[],
  maximum: number,
): readonly PrefixListEntry[] {
  if (added.length > maximumEntriesAtOnce)
    throw invalid(`You can't add more than ${maximumEntriesAtOnce} entries in a single request.`);
  const byCidr = new Map(entries.map(entry => [entry.cidr, entry]));
  for (const { Cidr, Description } of added) {
    const cidr = readEntry(Cidr);
    byCidr.set(cidr, { cidr, description: Description });
  }
  if (byCidr.size > maximum)
    throw new ServiceFault('PrefixListMaxEntriesExceeded', `The prefix list may have at most ${maximum} entries.`);
  return [...byCidr.values()];
}

function readEntry(text = ''): string {
  const range = parseCidr(text);
  if (!range) throw invalid(`Value (${text}) for parameter Cidr is invalid. This is not a valid CIDR block.`);
  return formatCidr(range);
}

/** A list of the caller's own; those of AWS nobody changes. */
function findOwn(
  region: PlaceState,
  id: string | undefined,
): { readonly list: ManagedPrefixList; readonly name: string } {
  const { id: listId, name } = find('prefixList', region.prefixLists, id ?? '');
  const list = region.managedPrefixLists.get(listId);
  if (!list) throw new ServiceFault('OperationNotPermitted', `The prefix list ${listId} is managed by AWS.`);
  return { list, name };
}

function modify(input: Ec2.ModifyManagedPrefixListRequest, { region }: CallContext): Ec2.ModifyManagedPrefixListResult {
  const { list, name } = findOwn(region, input.PrefixListId);
  const added = input.AddEntries ?? [];
  const removed = (input.RemoveEntries ?? []).map(({ Cidr }) => readEntry(Cidr));
  const isAboutEntries = added.length + removed.length > 0;
  if (isAboutEntries && input.MaxEntries !== undefined)
    throw new ServiceFault(
      'InvalidParameterCombination',
      'You cannot modify the entries and the maximum number of entries in the same request.',
    );
  if (isAboutEntries) checkVersion(list, input.CurrentVersion);
  const maxEntries = input.MaxEntries === undefined ? list.maxEntries : checkMaximum(input.MaxEntries);
  const before = list.versions[list.version] ?? [];
  const entries = withEntries(without(before, removed), added, maxEntries);
  const version = isAboutEntries ? list.version + 1 : list.version;
  const versions = { ...list.versions, [version]: entries };
  const changed: ManagedPrefixList = { ...list, maxEntries, version, versions, state: 'modify-complete' };
  store(region, input.PrefixListName === undefined ? name : checkName(input.PrefixListName), changed);
  const found = find('prefixList', region.prefixLists, list.id);
  return { PrefixList: { ...managedShape(region, found), State: 'modify-in-progress' } };
}

function checkVersion({ version }: ManagedPrefixList, current: number | undefined): void {
  if (current === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter CurrentVersion');
  if (current !== version)
    throw new ServiceFault('PrefixListVersionMismatch', 'The prefix list has a different version number.');
}

function without(entries: readonly PrefixListEntry[], removed: readonly string[]): readonly PrefixListEntry[] {
  const missing = removed.find(cidr => !entries.some(entry => entry.cidr === cidr));
  if (missing !== undefined) throw invalid(`The prefix list has no entry ${missing}.`);
  return entries.filter(({ cidr }) => !removed.includes(cidr));
}

/** Ids of what names a list in a route or in a rule. */
function usersOf(region: PlaceState, id: PrefixListId): readonly string[] {
  const tables = [...region.routeTables.values()].filter(({ routes }) =>
    routes.some(({ destination }) => destination.kind === 'prefixList' && destination.prefixListId === id),
  );
  const groups = [...region.securityGroups.values()].filter(({ rules }) =>
    rules.some(({ peer }) => peer.kind === 'prefixList' && peer.prefixListId === id),
  );
  return [...tables, ...groups].map(user => user.id);
}

function remove(input: Ec2.DeleteManagedPrefixListRequest, { region }: CallContext): Ec2.DeleteManagedPrefixListResult {
  const { list } = findOwn(region, input.PrefixListId);
  if (usersOf(region, list.id).length > 0)
    throw new ServiceFault('DependencyViolation', `The prefix list ${list.id} is in use and cannot be deleted.`);
  const shape = managedShape(region, find('prefixList', region.prefixLists, list.id));
  region.prefixLists.delete(list.id);
  region.managedPrefixLists.delete(list.id);
  return { PrefixList: { ...shape, State: 'delete-in-progress' } };
}

function associations(
  input: Ec2.GetManagedPrefixListAssociationsRequest,
  { region }: CallContext,
): Ec2.GetManagedPrefixListAssociationsResult {
  const { list } = findOwn(region, input.PrefixListId);
  return {
    PrefixListAssociations: usersOf(region, list.id).map(ResourceId => ({
      ResourceId,
      ResourceOwner: region.place.accountId,
    })),
  };
}

export const managedPrefixListOperations: OperationTable = {
  CreateManagedPrefixList: create,
  DeleteManagedPrefixList: remove,
  GetManagedPrefixListAssociations: associations,
  ModifyManagedPrefixList: modify,
};
