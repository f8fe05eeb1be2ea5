import assert from 'node:assert/strict';
import type { InstanceEntry, Scope } from '../../../src/app/appModel';
import { type InstanceDetails, readInstanceDetails } from '../../../src/app/instanceDetails';
import { InstanceStore } from '../../../src/app/instanceStore';
import { sessionReach } from '../../../src/app/sessionReach';
import { LabError } from '../../../src/core/errors';
import { managedPolicyArn } from '../../../src/core/partition';
import { reachAdvice, reachWords, unreachedWords } from '../../../src/words/sessionReach';
import { FakeCloud } from '../../support/fakeGateways';
import { HandClock } from '../../support/handClock';
import { instance } from '../../support/networkBuilders';
import { PracticeScopes } from '../../support/practiceScopes';

const nobody = { status: undefined, error: undefined };
const worn = instance({ instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/lab' });

describe('whether Session Manager reaches an instance', () => {
  it('is no question before it runs', () => {
    assert.deepEqual(sessionReach(instance({ state: 'stopped' }), nobody, 0), { kind: 'notRunning', state: 'stopped' });
  });

  it('cannot be said when nobody may be asked, which is not the same as "no"', () => {
    const error = new LabError('accessDenied');
    assert.deepEqual(sessionReach(worn, { status: undefined, error }, 0), { kind: 'cannotAsk', error });
  });

  it('hangs on a profile, and on some minutes after the launch', () => {
    assert.equal(sessionReach(instance(), nobody, 0).kind, 'noProfile');
    assert.equal(sessionReach(worn, nobody, 60_000).kind, 'registering');
    assert.equal(sessionReach(worn, nobody, 3_600_000).kind, 'notRegistered');
    assert.equal(sessionReach(worn, { status: 'connectionLost', error: undefined }, 0).kind, 'connectionLost');
    assert.equal(sessionReach(worn, { status: 'online', error: undefined }, 0).kind, 'online');
  });

  it('is said in words with what to do', () => {
    assert.match(reachAdvice(sessionReach(instance(), nobody, 0)) ?? '', /AmazonSSMManagedInstanceCore/);
    assert.match(reachAdvice(sessionReach(instance({ state: 'stopped' }), nobody, 0)) ?? '', /Start/);
    const unasked = sessionReach(worn, { status: undefined, error: new LabError('accessDenied') }, 0);
    assert.match(reachWords(unasked), /could not be asked/);
    assert.match(reachAdvice(unasked) ?? '', /not allowed/);
  });
});

describe('what an instance opens into', () => {
  let practice: PracticeScopes;
  let scope: Scope;

  before(() => PracticeScopes.load());

  beforeEach(() => {
    practice = new PracticeScopes();
    scope = practice.consumer;
  });

  afterEach(() => practice.dispose());

  /** A new instance in the subnet of the one that is there, when it has had time to register. */
  async function launched(changes: {
    readonly policies?: readonly string[];
    readonly groups?: 'none';
  }): Promise<{ readonly entry: InstanceEntry; readonly details: InstanceDetails }> {
    const { instances, roles, network } = await scope.gateways();
    const [first] = await practice.run(instances.listInstances());
    assert.ok(first?.subnetId && first.vpcId);
    const policyArns = changes.policies?.map(name => managedPolicyArn(scope.region, name));
    if (policyArns) {
      const role = { name: 'lab', policyArns, trustedService: 'ec2.amazonaws.com', tags: {} };
      await practice.run(roles.createInstanceRole(role));
    }
    let securityGroupIds = first.securityGroupIds;
    if (changes.groups === 'none') {
      const { securityGroups } = await scope.gateways();
      const group = { vpcId: first.vpcId, name: 'shut', description: 'shut', tags: {} };
      const id = await practice.run(network.createSecurityGroup(group));
      const { securityGroups: read } = await practice.run(network.readSnapshot(['securityGroups']));
      assert.ok(read.known);
      for (const rule of read.value.find(each => each.id === id)?.rules ?? [])
        await practice.run(securityGroups.removeRule(id, rule));
      securityGroupIds = [id];
    }
    const made = await practice.run(
      instances.launchInstance({
        imageParameter: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
        instanceType: 't3.micro',
        subnetId: first.subnetId,
        securityGroupIds,
        instanceProfileName: policyArns && 'lab',
        tags: {},
        clientToken: 'one',
      }),
    );
    await practice.pass(10 * 60_000);
    const entries = await practice.run(new InstanceStore(practice.timeline).load(scope));
    const entry = entries.find(each => each.instance.id === made.id);
    assert.ok(entry);
    return { entry, details: await practice.run(readInstanceDetails(scope, entry)) };
  }

  it('shows groups with rules, subnet and route table, and asks no more of one that is online', async () => {
    await practice.pass(5 * 60_000);
    const [entry] = await practice.run(new InstanceStore(practice.timeline).load(scope));
    assert.equal(entry?.reach.kind, 'online');
    const details = await practice.run(readInstanceDetails(scope, entry));
    assert.equal(details.cause, undefined);
    assert.ok(details.securityGroups[0]?.rules.length);
    assert.equal(details.subnet?.id, entry.instance.subnetId);
    assert.ok(details.routeTable?.routes.length);
    assert.deepEqual(details.gaps, []);
  });

  it('names the role that lacks the policy', async () => {
    const { entry, details } = await launched({ policies: ['AmazonEC2ReadOnlyAccess'] });
    assert.equal(entry.reach.kind, 'notRegistered');
    assert.deepEqual(details.cause, { kind: 'policyMissing', roleName: 'lab', mayBeOther: true });
    assert.match(unreachedWords(details.cause).sentence, /lab has no AmazonSSMManagedInstanceCore/);
  });

  it('names the way that is shut', async () => {
    const { entry, details } = await launched({ policies: ['AmazonSSMManagedInstanceCore'], groups: 'none' });
    assert.equal(entry.reach.kind, 'notRegistered');
    assert.equal(details.cause?.kind, 'noWay');
    const { sentence, advice } = unreachedWords(details.cause);
    assert.match(sentence, /will not be reached/);
    assert.match(advice, /ssmmessages/);
  });

  it('says that there is no profile without asking IAM', async () => {
    const { entry, details } = await launched({});
    assert.equal(entry.reach.kind, 'noProfile');
    assert.equal(details.cause, undefined);
  });

  it('does not guess when IAM may not be asked', async () => {
    const cloud = new FakeCloud();
    cloud.gateways.roles.listPoliciesOfProfile = () =>
      Promise.reject(new LabError('accessDenied', { action: 'iam:GetInstanceProfile' }));
    const reach = { kind: 'notRegistered' } as const;
    const entry = {
      instance: worn,
      availabilityZone: undefined,
      sessionManager: undefined,
      sessionManagerError: undefined,
      reach,
    };
    const { cause } = await readInstanceDetails(cloud.scope, entry);
    assert.equal(cause?.kind, 'cannotTell');
    assert.match(unreachedWords(cause).sentence, /Not allowed to read it \(iam:GetInstanceProfile\)/);
  });

  it('keeps polling an instance that registers, and takes it as never registered when it has not', async () => {
    const cloud = new FakeCloud();
    const clock = new HandClock();
    cloud.statuses = new Map();
    cloud.snapshot = { ...cloud.snapshot, instances: { known: true, value: [{ ...worn, launchedAtMs: clock.now() }] } };
    const store = new InstanceStore(clock);
    await store.load(cloud.scope);
    const watch = store.watch(cloud.scope);
    await clock.advance(10 * 60_000);
    assert.equal(store.get(cloud.scope).value?.[0]?.reach.kind, 'notRegistered');
    watch.dispose();
  });
});
