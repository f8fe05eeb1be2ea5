import type { NetworkInterfaceId } from '../ids';
import { type Cidr, contains, formatIpv4, parseCidr } from '../ipv4';
import type { Route } from '../network';
import { need } from '../reading';
import { rangesOf } from '../rules/matchRoute';
import { awsServiceOf } from '../serviceNames';
import type { NetworkSnapshot } from '../snapshot';
import { aclOf, groupsOf, interfaceIn, prefixListsFor, subnetIn, tableOf, vpcIn } from '../snapshotLookup';

/** Ranges that no public name leads to (RFC 1918, RFC 6598, RFC 6890). */
const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
].map(text => parseCidr(text)!);

export interface PublicSamples {
  /** One address of each stretch of the public space that this interface's routes, groups and ACL treat alike. */
  readonly addresses: readonly string[];
  readonly routes: readonly Route[];
}

/**
 * Stands in for a public address that nobody asked the DNS for: what holds for every sample holds for the address. Prefix lists of other
 * AWS services are left out, because a service's name never leads into another service's list. Ends at a gap.
 */
export function publicSamples(snapshot: NetworkSnapshot, id: NetworkInterfaceId, name: string): PublicSamples {
  const from = interfaceIn(snapshot, id);
  const table = tableOf(snapshot, subnetIn(snapshot, from.subnetId));
  const lists = prefixListsFor(snapshot, table);
  const routes = table.routes.filter(({ destination }) => {
    const list = destination.kind === 'prefixList' && lists.find(({ id: own }) => own === destination.prefixListId);
    return !list || concerns(list.name, name);
  });
  const ranges = [
    ...routes.flatMap(route => rangesOf(route, lists)),
    ...groupsOf(snapshot, from).flatMap(({ rules }) =>
      rules.flatMap(({ peer }) =>
        peer.kind === 'cidr' ? [peer.cidr] : peer.kind === 'prefixList' ? listed(snapshot, peer.prefixListId) : [],
      ),
    ),
    ...aclOf(snapshot, from.subnetId).entries.map(({ cidr }) => cidr),
  ].flatMap(text => parseCidr(text) ?? []);
  const inside = vpcIn(snapshot, from.vpcId).cidrBlocks.flatMap(text => parseCidr(text) ?? []);
  return { addresses: samples(ranges, [...notPublic, ...inside]), routes };
}

/** Whether a list's service may be the one behind a name: `com.amazonaws.<r>.s3` and `s3.<r>.amazonaws.com`. */
function concerns(listName: string, name: string): boolean {
  const parts = awsServiceOf(listName);
  return !parts || name.split('.').includes(parts.service);
}

function listed(snapshot: NetworkSnapshot, id: string): readonly string[] {
  return need(snapshot.prefixLists).find(list => list.id === id)?.cidrs ?? [];
}

function samples(ranges: readonly Cidr[], excluded: readonly Cidr[]): readonly string[] {
  const starts = new Set([0]);
  for (const { first, last } of [...ranges, ...excluded]) starts.add(first).add(last + 1);
  return [...starts]
    .filter(start => start < 2 ** 32 && !excluded.some(range => contains(range, start)))
    .map(formatIpv4);
}
