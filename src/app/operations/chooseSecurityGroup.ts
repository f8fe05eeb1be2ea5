import type { VpcId } from '../../core/ids';
import { parseCidr } from '../../core/ipv4';
import type { PrefixList, SecurityGroup, SecurityGroupRule, Vpc } from '../../core/network';
import { valueOr } from '../../core/reading';
import { HTTPS, TCP } from '../../core/rules/flow';
import { matchesPorts } from '../../core/rules/portMatch';
import type { EndpointChoices, SecurityGroupChoice } from '../endpointPlan';

/** Begins the name of every group that this extension makes for an endpoint. */
export const ENDPOINT_GROUP_PREFIX = 'vpc-labs-endpoint-';

/** The VPC's groups; the first that admits 443 from the whole VPC is chosen, one that we made before others. */
export function securityGroupChoices(choices: EndpointChoices, vpcId: VpcId): readonly SecurityGroupChoice[] {
  const { snapshot } = choices;
  const vpc = choices.vpcs.find(({ id }) => id === vpcId);
  if (!vpc || !snapshot.securityGroups.known) return [];
  const lists = valueOr(snapshot.prefixLists, undefined);
  const groups = snapshot.securityGroups.value.filter(group => group.vpcId === vpcId).sort(byOrigin);
  const judged = groups.map(group => ({ group, admitsHttpsFromVpc: admitsHttps(group, vpc, lists) }));
  const chosen = judged.find(({ admitsHttpsFromVpc }) => admitsHttpsFromVpc);
  return judged.map(choice => ({ ...choice, isChosen: choice === chosen }));
}

/** Whether every address of the VPC may connect to port 443; undefined when only an unread prefix list could say so. */
function admitsHttps(group: SecurityGroup, vpc: Vpc, lists: readonly PrefixList[] | undefined): boolean | undefined {
  let isUndecided = false;
  const ranges: string[] = [];
  for (const rule of group.rules) {
    if (rule.direction !== 'ingress' || !speaksOfHttps(rule)) continue;
    if (rule.peer.kind === 'cidr') ranges.push(rule.peer.cidr);
    if (rule.peer.kind !== 'prefixList') continue;
    const { prefixListId } = rule.peer;
    const list = lists?.find(({ id }) => id === prefixListId);
    if (list) ranges.push(...list.cidrs);
    else isUndecided = true;
  }
  if (vpc.cidrBlocks.every(block => ranges.some(range => holds(range, block)))) return true;
  return isUndecided ? undefined : false;
}

function speaksOfHttps(rule: SecurityGroupRule): boolean {
  return matchesPorts(rule, {
    protocol: TCP,
    source: '',
    sourcePort: undefined,
    destination: '',
    destinationPort: HTTPS,
  });
}

function holds(outer: string, inner: string): boolean {
  const [range, part] = [parseCidr(outer), parseCidr(inner)];
  return range !== undefined && part !== undefined && range.first <= part.first && part.last <= range.last;
}

function byOrigin(one: SecurityGroup, other: SecurityGroup): number {
  const rank = (group: SecurityGroup) => (group.name.startsWith(ENDPOINT_GROUP_PREFIX) ? 0 : 1);
  return rank(one) - rank(other) || one.name.localeCompare(other.name, 'en');
}
