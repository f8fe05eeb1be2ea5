import type { ScopeStore } from '../../app/appModel';
import { planRule, type RuleOptions, sameRuleOf } from '../../app/operations/securityGroupRules';
import type { SecurityGroup, SecurityGroupPeer } from '../../core/network';
import { nameOrId } from '../../core/network';
import type { NewSecurityGroupRule } from '../../core/ports/securityGroupGateway';
import { valueOr } from '../../core/reading';
import { ALL_PROTOCOLS, ICMP, TCP, UDP } from '../../core/rules/flow';
import { canonicalRange, parsePorts } from '../../core/rules/ruleSource';
import type { NetworkSnapshot } from '../../core/snapshot';
import { t } from '../../words/translation';
import { carryOut } from '../changes/carryOut';
import { summaryStep } from '../changes/summaryStep';
import { groupItem, pickSecurityGroup, readGroups } from '../pickers/pickSecurityGroup';
import type { SecurityGroupTarget } from '../views/targets';
import { enterText, type PickItem, pickOne, runSteps, type Step, withFollowUp } from '../wizard';

interface Traffic {
  readonly key: string;
  readonly label: string;
  readonly protocol: number;
  /** Absent: asked for. */
  readonly ports?: { readonly fromPort: number | undefined; readonly toPort: number | undefined };
}

const at = (port: number) => ({ fromPort: port, toPort: port });

const traffics = (): readonly Traffic[] => [
  { key: 'https', label: t('HTTPS: TCP 443'), protocol: TCP, ports: at(443) },
  { key: 'http', label: t('HTTP: TCP 80'), protocol: TCP, ports: at(80) },
  { key: 'ssh', label: t('SSH: TCP 22'), protocol: TCP, ports: at(22) },
  { key: 'icmp', label: t('ICMP: ping and path MTU'), protocol: ICMP, ports: { fromPort: -1, toPort: -1 } },
  { key: 'tcp', label: t('Other TCP ports…'), protocol: TCP },
  { key: 'udp', label: t('Other UDP ports…'), protocol: UDP },
  { key: 'all', label: t('All traffic'), protocol: ALL_PROTOCOLS, ports: { fromPort: undefined, toPort: undefined } },
];

interface Answers {
  direction: 'ingress' | 'egress';
  traffic: Traffic;
  ports: string;
  /** Undefined: typed, in `range`. */
  peer: SecurityGroupPeer | undefined;
  range: string;
}

/** Asks what shall pass, from or to where, and adds the rule. Resolves with its id. */
export function addRuleCommand(scopes: ScopeStore, options: RuleOptions) {
  return async (target: SecurityGroupTarget | undefined): Promise<string | undefined> => {
    const chosen = target ?? (await pickSecurityGroup(scopes, t('Add a rule to which security group?')));
    if (!chosen) return undefined;
    const { scope } = chosen;
    const snapshot = await readGroups(scope);
    // A node's group may be older than the rules that it has now.
    const group = valueOr(snapshot.securityGroups, []).find(({ id }) => id === chosen.group.id) ?? chosen.group;
    const [traffic] = traffics() as [Traffic];
    const peer = peerItems(snapshot, group)[0]?.value;
    const answers: Answers = { direction: 'ingress', traffic, ports: '', peer, range: '' };
    const plan = () => planRule(scope, group, ruleOf(answers), options);
    const isConfirmed = await runSteps(t('Add a rule to {0}', group.name), [
      directionStep(answers),
      withFollowUp(trafficStep(answers), portsStep(answers), () => !answers.traffic.ports),
      withFollowUp(
        peerStep(answers, snapshot, group),
        rangeStep(answers, group),
        () => !answers.peer || sameRuleOf(group, ruleOf(answers)) !== undefined,
      ),
      summaryStep(scope, plan),
    ]);
    return isConfirmed ? carryOut(scope, plan()) : undefined;
  };
}

function ruleOf({ direction, traffic, ports, peer, range }: Answers): NewSecurityGroupRule {
  const { fromPort, toPort } = traffic.ports ?? parsePorts(ports) ?? { fromPort: 0, toPort: 65_535 };
  const source = peer ?? { kind: 'cidr', cidr: canonicalRange(range) ?? '' };
  return { direction, protocol: traffic.protocol, fromPort, toPort, peer: source, description: undefined };
}

function directionStep(answers: Answers): Step {
  return frame =>
    pickOne<Answers['direction']>(
      frame,
      {
        placeholder: t('What does the rule let through? Answers pass by themselves.'),
        active: answers.direction,
        items: [
          {
            label: t('$(arrow-right) Inbound'),
            detail: t('Connections to whatever wears the group.'),
            value: 'ingress',
          },
          { label: t('$(arrow-left) Outbound'), detail: t('Connections from whatever wears it.'), value: 'egress' },
        ],
      },
      direction => {
        answers.direction = direction;
      },
    );
}

function trafficStep(answers: Answers): Step {
  return frame => {
    const items = traffics().map(traffic => ({ label: traffic.label, value: traffic.key }));
    const question = { placeholder: t('Which traffic?'), active: answers.traffic.key, items };
    return pickOne(frame, question, key => {
      answers.traffic = traffics().find(traffic => traffic.key === key) ?? answers.traffic;
    });
  };
}

function portsStep(answers: Answers): Step {
  return frame =>
    enterText(
      frame,
      {
        prompt: t('Which ports? One, or a range such as 8000-8100; empty for all.'),
        value: answers.ports,
        problemOf: text => (parsePorts(text) ? undefined : t('A port is 0 to 65535, a range like 8000-8100.')),
      },
      ports => {
        answers.ports = ports;
      },
    );
}

function peerStep(answers: Answers, snapshot: NetworkSnapshot, group: SecurityGroup): Step {
  return frame => {
    const items: readonly PickItem<SecurityGroupPeer | undefined>[] = [
      ...peerItems(snapshot, group),
      { label: t('$(edit) Another range…'), detail: t('An address or a CIDR.'), value: undefined },
    ];
    const placeholder = answers.direction === 'ingress' ? t('From where?') : t('To where?');
    const active = items.find(({ value }) => JSON.stringify(value) === JSON.stringify(answers.peer))?.value;
    return pickOne<SecurityGroupPeer | undefined>(frame, { placeholder, items, active }, peer => {
      answers.peer = peer;
    });
  };
}

function peerItems(snapshot: NetworkSnapshot, group: SecurityGroup): readonly PickItem<SecurityGroupPeer>[] {
  const vpc = valueOr(snapshot.vpcs, []).find(({ id }) => id === group.vpcId);
  const ranges = (vpc?.cidrBlocks ?? []).map(cidr => ({
    label: cidr,
    description: t('the whole VPC {0}', vpc ? nameOrId(vpc) : group.vpcId),
    value: { kind: 'cidr' as const, cidr },
  }));
  const groups = valueOr(snapshot.securityGroups, [])
    .filter(({ vpcId }) => vpcId === group.vpcId)
    .map(other => ({ ...groupItem(other), value: { kind: 'group' as const, groupId: other.id } }));
  const lists = valueOr(snapshot.prefixLists, []).map(({ id, name, cidrs }) => ({
    label: name,
    description: id,
    detail: t('prefix list, {0} ranges', cidrs.length),
    value: { kind: 'prefixList' as const, prefixListId: id },
  }));
  const anywhere = {
    label: '0.0.0.0/0',
    description: t('anywhere'),
    value: { kind: 'cidr' as const, cidr: '0.0.0.0/0' },
  };
  return [...ranges, anywhere, ...groups, ...lists];
}

/** Asks for a range that was not in the list; a rule that is there already is said before anybody asks AWS. */
function rangeStep(answers: Answers, group: SecurityGroup): Step {
  return frame => {
    const duplicate = answers.peer && sameRuleOf(group, ruleOf(answers));
    const known = answers.peer?.kind === 'cidr' ? answers.peer.cidr : answers.range;
    return enterText(
      frame,
      {
        prompt: t('Which range? An address such as 203.0.113.7, or a CIDR such as 10.0.0.0/16.'),
        value: known,
        problemOf: text => {
          const cidr = canonicalRange(text);
          if (cidr === undefined && text === known && duplicate) {
            return t('{0} has this rule already ({1}).', group.name, duplicate.id);
          }
          if (cidr === undefined) return t('Neither an address nor a CIDR.');
          const isThere = sameRuleOf(group, ruleOf({ ...answers, peer: undefined, range: text }));
          return isThere && t('{0} has this rule already ({1}).', group.name, isThere.id);
        },
      },
      range => {
        answers.peer = undefined;
        answers.range = range;
      },
    );
  };
}
