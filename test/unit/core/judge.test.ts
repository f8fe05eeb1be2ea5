import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chooseTarget } from '../../../src/core/chooseTarget';
import { createClassifier } from '../../../src/core/createClassifier';
import type { CaptureEvidence, Conversation, NameSeen } from '../../../src/core/evidence';
import { judge } from '../../../src/core/judge';
import { known, type NetworkSnapshot } from '../../../src/core/snapshot';
import type { VerdictTarget } from '../../../src/core/verdict';
import {
  ec2Name,
  ec2Service,
  endpoint,
  endpointGroupId,
  endpointId,
  endpointInterface,
  endpointInterfaceA,
  everythingOut,
  igw,
  igwId,
  instanceInterfaceId,
  localRoute,
  networkInterface,
  otherVpcId,
  route,
  routeTable,
  rule,
  securityGroup,
  snapshot,
  unread,
  vpcId,
} from '../../support/networkBuilders';

const inside = '172.31.36.107';
const outside = '52.95.80.1';
const target: VerdictTarget = { networkInterfaceId: instanceInterfaceId, serviceName: ec2Service, port: 443 };

const conversation = (changes: Partial<Conversation> = {}): Conversation => ({
  protocol: 6,
  source: '172.31.37.141',
  sourcePort: 38482,
  destination: inside,
  destinationPort: 443,
  packets: 14,
  sentPackets: 7,
  firstPacket: 3,
  synCount: 1,
  isAnswered: true,
  isContinued: true,
  resetCount: 0,
  ...changes,
});

const evidence = (conversations: readonly Conversation[], names: readonly NameSeen[] = []): CaptureEvidence => ({
  packets: conversations.reduce((sum, { packets }) => sum + packets, 0) + 2 * names.length,
  conversations,
  untrackedPackets: 0,
  names,
});

const silent = { isAnswered: false, isContinued: false, synCount: 4, packets: 4, sentPackets: 4 } as const;
const named = (address: string, name = ec2Name): NameSeen => ({ name, addresses: [address] });
const noPrivateDns: Partial<NetworkSnapshot> = { endpoints: known([endpoint({ privateDnsEnabled: false })]) };

const verdictOf = (
  conversations: readonly Conversation[],
  changes: Partial<NetworkSnapshot> = {},
  names: readonly NameSeen[] = [],
) => judge(evidence(conversations, names), snapshot(changes), target);

describe('judging a capture', () => {
  it('calls it private when every packet went to an interface of the endpoint', () => {
    assert.deepEqual(verdictOf([conversation()], {}, [named(inside)]), {
      kind: 'private',
      endpointId,
      networkInterfaceId: endpointInterfaceA,
      address: inside,
      availabilityZone: 'ap-south-1a',
      name: ec2Name,
      packets: 14,
      ofPackets: 14,
    });
  });

  it('takes a one-way capture as proof: a client goes on only after an answer', () => {
    assert.equal(verdictOf([conversation({ isAnswered: false })]).kind, 'private');
  });

  it('calls nothing private while conversations were not kept, but still names a leak', () => {
    const world = snapshot();
    const judged = (destination: string) =>
      judge({ ...evidence([conversation({ destination })]), untrackedPackets: 1 }, world, target);
    assert.deepEqual(judged(inside), { kind: 'cannotTell', missing: 'tooManyConversations', packets: 14 });
    assert.equal(judged(outside).kind, 'notPrivate');
  });

  it('names gateway, cause and first packet when traffic left', () => {
    const verdict = verdictOf(
      [conversation(), conversation({ destination: outside, firstPacket: 20, packets: 6 })],
      noPrivateDns,
    );
    assert.deepEqual(verdict, {
      kind: 'notPrivate',
      how: 'left',
      address: outside,
      through: igwId,
      endpointId,
      cause: 'privateDnsOff',
      subject: endpointId,
      name: undefined,
      packets: 6,
      ofPackets: 20,
      synRetries: 0,
      firstDisagreeing: 20,
    });
  });

  it('finds the cause in names, attributes and places', () => {
    const cases: readonly (readonly [Partial<NetworkSnapshot>, string, string | undefined])[] = [
      [{ endpoints: known([endpoint({ state: 'pending' })]) }, 'endpointNotAvailable', endpointId],
      [{ endpoints: known([]) }, 'noEndpoint', undefined],
      [{ endpoints: known([endpoint({ vpcId: otherVpcId })]) }, 'endpointInOtherVpc', endpointId],
      [
        { dnsAttributes: new Map([[vpcId, known({ enableDnsSupport: true, enableDnsHostnames: false })]]) },
        'dnsAttributesOff',
        'enableDnsHostnames',
      ],
      [{}, 'staleName', ec2Name],
      [
        { dnsAttributes: new Map([[vpcId, unread('ec2:DescribeVpcAttribute')]]) },
        'causeUnread',
        'ec2:DescribeVpcAttribute',
      ],
    ];
    for (const [changes, cause, subject] of cases) {
      const verdict = verdictOf([conversation({ destination: outside })], changes);
      assert.deepEqual(
        [verdict.kind, 'cause' in verdict && verdict.cause, 'subject' in verdict && verdict.subject],
        ['notPrivate', cause, subject],
      );
    }
  });

  it('says which group keeps the endpoint silent, and counts the retries', () => {
    const securityGroups = known([securityGroup(), securityGroup({ id: endpointGroupId, rules: [everythingOut] })]);
    const verdict = verdictOf([conversation(silent), conversation({ ...silent, sourcePort: 1, firstPacket: 9 })], {
      securityGroups,
    });
    assert.ok(verdict.kind === 'notPrivate');
    assert.deepEqual(
      [verdict.how, verdict.cause, verdict.subject],
      ['noAnswer', 'securityGroupLacksPort', endpointGroupId],
    );
    assert.deepEqual([verdict.synRetries, verdict.packets, verdict.endpointId], [6, 8, endpointId]);
    const unreadGroups = verdictOf([conversation(silent)], { securityGroups: unread('ec2:DescribeSecurityGroups') });
    assert.ok(unreadGroups.kind === 'notPrivate' && unreadGroups.cause === 'causeUnread');
  });

  it('explains silence at a public address by its route when no endpoint is concerned', () => {
    const verdict = verdictOf([conversation({ ...silent, destination: outside })], {
      endpoints: known([]),
      securityGroups: known([securityGroup({ rules: [rule()] })]),
    });
    assert.ok(verdict.kind === 'notPrivate' && verdict.cause === 'securityGroupBlocksEgress');
  });

  it('tells a refusal from silence', () => {
    const verdict = verdictOf([conversation({ isAnswered: false, isContinued: false, resetCount: 1 })]);
    assert.ok(verdict.kind === 'notPrivate' && verdict.how === 'refused' && verdict.cause === 'refused');
  });

  it('cannot tell without packets, answer, target or the parts it needs', () => {
    const missing = (verdict: ReturnType<typeof judge>) =>
      verdict.kind === 'cannotTell' ? verdict.missing : verdict.kind;
    assert.equal(missing(verdictOf([])), 'noPackets');
    assert.equal(missing(verdictOf([conversation({ ...silent, synCount: 1 })])), 'noAnswerYet');
    assert.equal(
      missing(verdictOf([conversation({ destination: '172.31.0.2', destinationPort: 53, protocol: 17 })])),
      'onlyOtherTraffic',
    );
    assert.equal(missing(verdictOf([conversation()], { networkInterfaces: unread('i') })), 'interfacesUnread');
    assert.equal(missing(verdictOf([conversation()], { endpoints: unread('e') })), 'endpointsUnread');
    assert.equal(
      missing(verdictOf([conversation({ destination: outside })], { routeTables: unread('r') })),
      'routeTableUnread',
    );
    assert.equal(missing(judge(evidence([conversation()]), snapshot(), undefined)), 'noTarget');
  });

  it('leaves traffic of other services aside, by the names that were captured', () => {
    const other = conversation({ destination: '52.95.90.9', firstPacket: 1 });
    const names = [named('52.95.90.9', 'ssmmessages.ap-south-1.amazonaws.com'), named(inside)];
    assert.equal(verdictOf([other, conversation()], {}, names).kind, 'private');
    assert.equal(verdictOf([other, conversation()]).kind, 'notPrivate');
  });

  it('leaves connections aside that were open before the capture', () => {
    const old = conversation({ destination: '52.95.90.9', synCount: 0, firstPacket: 1 });
    assert.equal(verdictOf([old, conversation()]).kind, 'private');
  });

  it('judges IPv6 as well: a leak beside private IPv4 is a leak, and an endpoint may answer over IPv6', () => {
    const own = '2001:db8:1:100::1';
    const world: Partial<NetworkSnapshot> = {
      networkInterfaces: known([
        networkInterface({ furtherAddresses: [own] }),
        endpointInterface({ furtherAddresses: ['2001:db8:1:100::25'] }),
      ]),
      routeTables: known([routeTable({ routes: [localRoute, route('::/0', igw)] })]),
    };
    const over6 = (destination: string) => conversation({ source: own, destination, firstPacket: 20 });
    const leak = verdictOf([conversation(), over6('2600:1f00::5')], world);
    assert.deepEqual([leak.kind, 'firstDisagreeing' in leak && leak.firstDisagreeing], ['notPrivate', 20]);
    assert.equal(verdictOf([conversation(), over6('2001:db8:1:100::25')], world).kind, 'private');
  });

  it('is never private while one conversation with the service left or failed', () => {
    const anyWay = fc.constantFrom<Partial<Conversation>>(
      {},
      silent,
      { destination: outside },
      { isAnswered: false, isContinued: false, resetCount: 1 },
    );
    fc.assert(
      fc.property(fc.array(anyWay, { minLength: 1, maxLength: 6 }), ways => {
        const conversations = ways.map((way, i) =>
          conversation({ ...way, sourcePort: 40_000 + i, firstPacket: i + 1 }),
        );
        assert.equal(
          verdictOf(conversations, noPrivateDns).kind === 'private',
          ways.every(way => Object.keys(way).length === 0),
        );
      }),
    );
  });
});

describe('choosing what a capture is about', () => {
  const choose = (
    conversations: readonly Conversation[],
    changes: Partial<NetworkSnapshot> = {},
    names: readonly NameSeen[] = [],
  ) => {
    const world = snapshot(changes);
    return chooseTarget(
      evidence(conversations, names),
      world,
      instanceInterfaceId,
      createClassifier(world, instanceInterfaceId),
    )?.serviceName;
  };
  const sts = endpoint({ serviceName: 'com.amazonaws.ap-south-1.sts' });

  it('takes the service of the endpoint that was talked to', () => {
    assert.equal(choose([conversation()]), ec2Service);
  });

  it('takes the service of a captured name, those with an endpoint first', () => {
    const away = conversation({ destination: outside });
    assert.equal(choose([away], { endpoints: known([]) }, [named(outside)]), ec2Service);
    const ssm = conversation({ destination: '52.95.90.9', firstPacket: 99 });
    assert.equal(
      choose([away, ssm], noPrivateDns, [named(outside), named('52.95.90.9', 'ssm.ap-south-1.amazonaws.com')]),
      ec2Service,
    );
  });

  it('takes the only service that has endpoints, and none of two', () => {
    assert.equal(choose([]), ec2Service);
    assert.equal(choose([], { endpoints: known([endpoint(), sts]) }), undefined);
    assert.equal(choose([], { endpoints: known([]) }), undefined);
  });
});
