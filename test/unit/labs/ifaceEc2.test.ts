import assert from 'node:assert/strict';
import type { NetworkSnapshot } from '../../../src/core/snapshot';
import { known } from '../../../src/core/snapshot';
import { ifaceEc2 } from '../../../src/labs/ifaceEc2/ifaceEc2';
import type { LabEvidence } from '../../../src/labs/labEvidence';
import { noEvidence } from '../../../src/labs/labEvidence';
import { type LabSite, labTag, profileArn, runTag } from '../../../src/labs/labWorld';
import { admitTcp } from '../../../src/labs/ruleTemplates';
import {
  call,
  captureOf,
  goodRole,
  handMadeProfile,
  labEvidence,
  labSite,
  runId,
  wearing,
} from '../../support/labBuilders';
import {
  anyone,
  endpoint,
  endpointGroupId,
  endpointId,
  endpointInterfaceA,
  everythingOut,
  instance,
  instanceGroupId,
  instanceId,
  networkInterface,
  otherVpcId,
  place,
  rule,
  securityGroup,
  snapshot,
  subnetA,
  subnetB,
  unread,
  vpcId,
} from '../../support/networkBuilders';

/** The lab takes place in one account: no step looks at another. */
const noWorld = new Map();
const step = (id: string) => ifaceEc2.steps.find(each => each.id === id)!;
const state = (id: string, site: LabSite = labSite(), evidence: LabEvidence = labEvidence()) =>
  step(id).done(site, evidence, noWorld).state;
const causes = (id: string, site: LabSite, evidence: LabEvidence = labEvidence()) =>
  step(id).symptoms.flatMap(symptom => symptom.recognise?.(site, evidence, noWorld)?.text ?? []);

const own = { [runTag]: runId, [labTag]: 'iface-ec2' };
const ownArn = profileArn(place, `vpc-labs-iface-ec2-${runId}`);
const defaultGroup = securityGroup({
  name: 'default',
  rules: [everythingOut, rule({ protocol: -1, peer: { kind: 'group', groupId: instanceGroupId } })],
});

/** As a region is found: a default VPC and nothing in it. */
const empty: Partial<NetworkSnapshot> = {
  instances: known([]),
  endpoints: known([]),
  networkInterfaces: known([]),
  securityGroups: known([defaultGroup]),
};

describe('lab iface-ec2, done by hand', () => {
  it('is green in every step but the clean-up that was never needed', () => {
    for (const { id } of ifaceEc2.steps) assert.equal(state(id), 'holds', id);
  });

  it('is red in every step before anything is done, except that nothing is left over', () => {
    for (const { id } of ifaceEc2.steps)
      assert.equal(state(id, labSite(empty), noEvidence), id === '1.9' ? 'holds' : 'fails', id);
  });

  it('is neither green nor red where a part was not read', () => {
    const blind = labSite({
      instances: unread('i'),
      endpoints: unread('e'),
      securityGroups: unread('g'),
      networkInterfaces: unread('n'),
      subnets: unread('s'),
    });
    for (const { id } of ifaceEc2.steps) assert.equal(state(id, blind), 'unknown', id);
  });
});

describe('the steps of lab iface-ec2', () => {
  it('1.1 wants a role that EC2 may assume and that may describe instances', () => {
    const withRole = (role: typeof goodRole | undefined) =>
      labSite(
        {},
        {
          roles: new Map([
            [handMadeProfile, known(role)],
            [ownArn, known(undefined)],
          ]),
        },
      );
    assert.equal(state('1.1', withRole(undefined)), 'fails');
    assert.equal(state('1.1', withRole({ ...goodRole, trustPolicy: '{}' })), 'fails');
    assert.equal(state('1.1', withRole({ ...goodRole, policyArns: [] })), 'fails');
    const before = labSite(empty, { roles: new Map([[ownArn, known(goodRole)]]) });
    assert.equal(state('1.1', before), 'holds');
  });

  it('1.2 wants a running instance that wears it', () => {
    assert.equal(state('1.2', labSite({ instances: known([instance()]) })), 'fails');
    assert.equal(state('1.2', labSite({ instances: known([{ ...wearing, state: 'pending' }]) })), 'fails');
    assert.equal(state('1.2', labSite({ instances: known([{ ...wearing, state: 'terminated' }]) })), 'fails');
  });

  it('1.3 wants Session Manager to reach it', () => {
    assert.equal(
      state('1.3', labSite({}, { sessionManager: known(new Map([[instanceId, 'connectionLost']])) })),
      'fails',
    );
  });

  it('1.4 wants TCP 443 from the instance, by range or by group, and accepts more', () => {
    const guarded = (...rules: ReturnType<typeof rule>[]) =>
      labSite({ securityGroups: known([securityGroup(), securityGroup({ id: endpointGroupId, rules })]) });
    assert.equal(state('1.4', guarded(rule({ peer: { kind: 'group', groupId: instanceGroupId } }))), 'holds');
    assert.equal(
      state('1.4', guarded(rule({ protocol: -1, fromPort: undefined, toPort: undefined, peer: anyone }))),
      'holds',
    );
    assert.equal(state('1.4', guarded(rule({ fromPort: 80, toPort: 80 }))), 'fails');
    assert.equal(state('1.4', guarded()), 'fails');
  });

  it('1.5 wants the endpoint in the same VPC, available, with private DNS and all its interfaces', () => {
    const having = (changes: Parameters<typeof endpoint>[0]) => labSite({ endpoints: known([endpoint(changes)]) });
    for (const changes of [
      { state: 'pending' },
      { state: 'failed' },
      { privateDnsEnabled: false },
      { vpcId: otherVpcId },
      { state: 'deleting' },
    ] as const) {
      assert.equal(state('1.5', having(changes)), 'fails', JSON.stringify(changes));
    }
    assert.equal(state('1.5', having({ networkInterfaceIds: [endpointInterfaceA] })), 'fails');
  });

  it('1.6 wants every answer of dig among the interfaces', () => {
    const asked = (output: string) => labEvidence({ commands: { dig: { commandLine: 'dig', exitCode: 0, output } } });
    assert.equal(state('1.6', labSite(), asked('172.31.14.109\n')), 'holds');
    assert.equal(state('1.6', labSite(), asked('52.95.80.1\n')), 'fails');
    assert.equal(state('1.6', labSite(), asked('172.31.14.109\n52.95.80.1\n')), 'fails');
    assert.equal(state('1.6', labSite(), asked('')), 'fails');
  });

  it('1.7 wants every call answered at an interface, and the command to succeed', () => {
    const seen = (...changes: Parameters<typeof call>) =>
      labEvidence({ captures: { describeInstances: captureOf(call(...changes)) } });
    assert.equal(state('1.7', labSite(), seen({ isAnswered: false })), 'holds');
    assert.equal(state('1.7', labSite(), seen({ destination: '52.95.80.1' })), 'fails');
    assert.equal(
      state('1.7', labSite(), seen({ isAnswered: false, isContinued: false, synCount: 4, packets: 4 })),
      'fails',
    );
    assert.equal(state('1.7', labSite(), seen({ destinationPort: 80 })), 'fails');
    assert.equal(state('1.7', labSite(), seen({ source: '172.31.99.9' })), 'fails');
    for (const [exitCode, output] of [
      [254, '{"Reservations":[]}'],
      [0, 'nothing'],
      [0, '{"Vpcs":[]}'],
    ] as const) {
      const evidence = labEvidence({ commands: { describeInstances: { commandLine: 'aws', exitCode, output } } });
      assert.equal(state('1.7', labSite(), evidence), 'fails', output);
    }
  });

  it('1.7 leaves calls of other services aside, by their captured names', () => {
    const other = call({ destination: '52.95.90.9', sourcePort: 1 });
    const capture = captureOf(call(), other);
    const names = [...capture.names, { name: 'ssm.ap-south-1.amazonaws.com', addresses: ['52.95.90.9'] }];
    assert.equal(
      state('1.7', labSite(), labEvidence({ captures: { describeInstances: { ...capture, names } } })),
      'holds',
    );
    assert.equal(state('1.7', labSite(), labEvidence({ captures: { describeInstances: capture } })), 'fails');
  });

  it('1.8 names interface, subnet and zone of the address', () => {
    const check = step('1.8').done(labSite(), labEvidence(), noWorld);
    assert.ok(check.state === 'holds');
    assert.deepEqual(check.telling.parameters, [
      '172.31.36.107',
      endpointInterfaceA,
      endpointId,
      subnetA,
      'ap-south-1a',
    ]);
  });

  it('1.9 wants nothing left that carries the run’s tag', () => {
    assert.equal(state('1.9', labSite({ endpoints: known([endpoint({ tags: own })]) })), 'fails');
    assert.equal(state('1.9', labSite({ instances: known([{ ...wearing, tags: own }]) })), 'fails');
    assert.equal(
      state('1.9', labSite({ instances: known([{ ...wearing, tags: own, state: 'terminated' }]) })),
      'holds',
    );
    assert.equal(state('1.9', labSite({ securityGroups: known([securityGroup({ tags: own })]) })), 'fails');
    assert.equal(
      state(
        '1.9',
        labSite(
          {},
          {
            roles: new Map([
              [handMadeProfile, known(goodRole)],
              [ownArn, known(goodRole)],
            ]),
          },
        ),
      ),
      'fails',
    );
  });
});

describe('what lab iface-ec2 does for one', () => {
  const action = (id: string, site: LabSite, evidence: LabEvidence = noEvidence) =>
    step(id).action(site, evidence, noWorld);

  it('makes what is missing, in the VPC of the instance', () => {
    const launch = action('1.2', labSite({ ...empty, subnets: snapshot().subnets }));
    assert.ok(launch?.operation === 'launchInstance');
    assert.deepEqual([launch.subnetId, launch.securityGroupIds], [subnetA, [instanceGroupId]]);
    const noGroups = { ...empty, instances: known([wearing]), networkInterfaces: known([networkInterface()]) };
    assert.equal(action('1.4', labSite(noGroups))?.operation, 'createSecurityGroup');
    const ownGroup = securityGroup({ id: endpointGroupId, tags: own });
    const authorize = action('1.4', labSite({ ...noGroups, securityGroups: known([defaultGroup, ownGroup]) }));
    assert.deepEqual(authorize, {
      operation: 'addSecurityGroupRule',
      groupId: endpointGroupId,
      rule: admitTcp(443, '172.31.0.0/16'),
    });
    const create = action('1.5', labSite({ ...noGroups, securityGroups: known([defaultGroup, ownGroup]) }));
    assert.ok(create?.operation === 'createInterfaceEndpoint');
    assert.deepEqual(
      [create.subnetIds, create.securityGroupIds, create.privateDnsEnabled],
      [[subnetA, subnetB], [endpointGroupId], true],
    );
  });

  it('switches the DNS attributes on first, one at a time, support before host names', () => {
    const off = (enableDnsSupport: boolean, enableDnsHostnames: boolean) =>
      labSite({
        endpoints: known([]),
        dnsAttributes: new Map([[vpcId, known({ enableDnsSupport, enableDnsHostnames })]]),
      });
    for (const [world, attribute] of [
      [off(false, false), 'enableDnsSupport'],
      [off(true, false), 'enableDnsHostnames'],
    ] as const) {
      assert.deepEqual(action('1.5', world), { operation: 'setVpcDnsAttribute', vpcId, attribute, isEnabled: true });
    }
  });

  it('mends an endpoint whose private DNS is off, and waits for one that is pending', () => {
    assert.equal(
      action('1.5', labSite({ endpoints: known([endpoint({ privateDnsEnabled: false })]) }))?.operation,
      'modifyPrivateDns',
    );
    assert.equal(action('1.5', labSite({ endpoints: known([endpoint({ state: 'pending' })]) })), undefined);
  });

  it('prefers what the run made itself, then what fits better, then the newest', () => {
    const id = (n: number) => `i-0000000${n}` as typeof instanceId;
    const older = { ...wearing, id: id(1), launchedAtMs: 1 };
    const newer = { ...wearing, id: id(2), launchedAtMs: 2 };
    const bare = instance({ id: id(3), launchedAtMs: 9 });
    const tagged = instance({ id: id(4), tags: own });
    const chosen = (...instances: (typeof older)[]) => {
      const run = action('1.6', labSite({ instances: known(instances) }));
      return run?.operation === 'run' ? run.instanceId : undefined;
    };
    assert.equal(chosen(older, newer, bare), id(2));
    assert.equal(chosen(older, newer, bare, tagged), id(4));
  });

  it('makes the mistakes that it is asked for, and no other', () => {
    const alter = (id: string, site: LabSite, at: string) => {
      const wanted = step(at).action(site, noEvidence, noWorld)!;
      return ifaceEc2.breakages.find(each => each.id === id)!.alter(wanted, site, step(at));
    };
    const fresh = labSite({ endpoints: known([]) });
    const [broken] = alter('private-dns-off', fresh, '1.5');
    assert.ok(broken?.operation === 'createInterfaceEndpoint' && !broken.privateDnsEnabled);
    assert.deepEqual(
      alter('private-dns-off', labSite({ endpoints: known([endpoint({ privateDnsEnabled: false })]) }), '1.5'),
      [],
    );
    const unguarded = labSite({ securityGroups: known([securityGroup(), securityGroup({ id: endpointGroupId })]) });
    assert.deepEqual(alter('no-443', unguarded, '1.4'), []);
    assert.equal(alter('no-443', fresh, '1.5')[0]?.operation, 'createInterfaceEndpoint');
  });
});

describe('the symptoms of lab iface-ec2', () => {
  it('name the cause of public answers and packets', () => {
    const off = labSite({ endpoints: known([endpoint({ privateDnsEnabled: false })]) });
    const dig = { commandLine: 'dig', exitCode: 0, output: '52.95.80.1\n' };
    assert.deepEqual(causes('1.6', off, labEvidence({ commands: { dig } })), ['private DNS of endpoint {0} is off']);
    assert.deepEqual(
      causes(
        '1.7',
        off,
        labEvidence({ captures: { describeInstances: captureOf(call({ destination: '52.95.80.1' })) } }),
      ),
      ['private DNS of endpoint {0} is off'],
    );
    const attributes = labSite({
      dnsAttributes: new Map([[vpcId, known({ enableDnsSupport: true, enableDnsHostnames: false })]]),
    });
    assert.deepEqual(causes('1.6', attributes, labEvidence({ commands: { dig } })), ['a DNS attribute of {0} is off']);
    assert.deepEqual(causes('1.5', labSite({ endpoints: known([endpoint({ vpcId: otherVpcId })]) })), [
      'endpoint {0} is in another VPC, {1}',
    ]);
  });

  it('name the group behind a silent endpoint', () => {
    const silent = call({ synCount: 4, packets: 4, sentPackets: 4, isAnswered: false, isContinued: false });
    assert.deepEqual(causes('1.4', labSite(), labEvidence({ captures: { describeInstances: captureOf(silent) } })), [
      'security group {0} of the endpoint does not admit TCP 443',
    ]);
  });

  it('tell a missing right from a broken network', () => {
    const said = (output: string) =>
      labEvidence({ commands: { describeInstances: { commandLine: 'aws', exitCode: 254, output } } });
    assert.equal(causes('1.7', labSite(), said('An error occurred (UnauthorizedOperation) when calling')).length, 1);
    assert.equal(causes('1.1', labSite(), said('Unable to locate credentials.')).length, 1);
  });

  it('are silent when all is well', () => {
    for (const { id } of ifaceEc2.steps) assert.deepEqual(causes(id, labSite()), [], id);
  });
});
