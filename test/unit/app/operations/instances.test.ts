import assert from 'node:assert/strict';
import type { Scope } from '../../../../src/app/appModel';
import { askPermission } from '../../../../src/app/changes/askPermission';
import { removeMade, runChange } from '../../../../src/app/changes/runChange';
import type { LaunchRequest } from '../../../../src/app/instancePlan';
import { planProfileAttachment } from '../../../../src/app/operations/attachProfile';
import {
  planInstanceStart,
  planInstanceStop,
  planTermination,
} from '../../../../src/app/operations/changeInstanceState';
import { planInstanceRole, roleNameProblem } from '../../../../src/app/operations/instanceRole';
import { planLaunch } from '../../../../src/app/operations/launchInstance';
import { planLaunchRequest, readLaunchChoices } from '../../../../src/app/operations/readLaunchChoices';
import { LabError } from '../../../../src/core/errors';
import type { InstanceId } from '../../../../src/core/ids';
import type { CloudGateways } from '../../../../src/core/ports/gateways';
import { PracticeScopes } from '../../../support/practiceScopes';

describe('operations on instances', () => {
  let practice: PracticeScopes;
  let scope: Scope;
  let gateways: CloudGateways;

  before(() => PracticeScopes.load());

  beforeEach(async () => {
    practice = new PracticeScopes();
    scope = practice.consumer;
    gateways = await scope.gateways();
  });

  afterEach(() => practice.dispose());

  const all = () => practice.run(gateways.instances.listInstances());
  const found = async (id: InstanceId) => {
    const instance = await practice.run(gateways.instances.findInstance(id));
    assert.ok(instance);
    return instance;
  };
  const profileNames = async () => (await practice.run(gateways.roles.listInstanceProfiles())).map(({ name }) => name);

  async function plan(changes: Partial<LaunchRequest> = {}, on: Scope = scope) {
    const choices = await practice.run(readLaunchChoices(scope));
    return planLaunch(on, choices, planLaunchRequest(choices, changes), { clock: practice.timeline });
  }

  /** A scope of which some calls are refused. */
  function refusing(changes: (real: CloudGateways) => Partial<CloudGateways>): Scope {
    return { ...scope, gateways: async () => ({ ...gateways, ...changes(gateways) }) };
  }

  describe('launching', () => {
    it('makes role and profile on the way, and lasts until Session Manager reaches the instance', async () => {
      const said: string[] = [];
      const change = await plan({ name: 'web', securityGroupIds: undefined });
      const outcome = await practice.run(runChange(scope, change, { report: text => said.push(text) }));
      assert.equal(outcome.kind, 'done');
      const { id } = outcome.result;
      assert.equal((await practice.run(gateways.instances.listSessionManagerStatus())).get(id), 'online');
      assert.deepEqual(said, [
        'Making the role vpc-labs-session-manager',
        'Making the security group vpc-labs-web',
        'Launching',
        'Waiting until Session Manager reaches it',
      ]);
      const instance = await found(id);
      assert.match(instance.instanceProfileArn ?? '', /instance-profile\/vpc-labs-session-manager$/);
      assert.deepEqual([instance.tags.Name, instance.instanceType], ['web', 't3.micro']);
      assert.notEqual(instance.publicIpAddress, undefined);
      assert.ok(Math.abs(change.hourlyPriceUsd - 0.0154) < 1e-9);
    });

    it('takes the profile that it made before, and does without a public address', async () => {
      await practice.run(runChange(scope, planInstanceRole(scope, 'vpc-labs-session-manager')));
      const change = await plan({ hasPublicAddress: false, waitsUntilOnline: false });
      const outcome = await practice.run(runChange(scope, change));
      assert.equal(outcome.kind, 'done');
      assert.equal((await found(outcome.result.id)).publicIpAddress, undefined);
      assert.deepEqual(
        change.commandLines.map(line => line.split(' ').slice(0, 3).join(' ')),
        ['aws ec2 run-instances'],
      );
      assert.match(change.commandLines[0] ?? '', /--iam-instance-profile Name=vpc-labs-session-manager --no-associate/);
      assert.deepEqual(await practice.run(askPermission(scope, change.rehearse)), { kind: 'allowed' });
    });

    it('warns of an instance that nobody can look into', async () => {
      const change = await plan({ profile: undefined });
      assert.match(change.warnings.join(), /Without an instance profile/);
      const outcome = await practice.run(runChange(scope, change));
      assert.equal(outcome.kind, 'done');
      assert.equal((await found(outcome.result.id)).instanceProfileArn, undefined);
    });

    it('says what it has made when AWS refuses the launch, and takes it away again', async () => {
      const before = await profileNames();
      const change = await plan({ instanceType: 't3.pico', securityGroupIds: undefined, name: 'x' });
      const outcome = await practice.run(runChange(scope, change));
      assert.equal(outcome.kind, 'stopped');
      assert.deepEqual(
        outcome.made.map(({ label }) => label),
        ['role vpc-labs-session-manager with its profile', 'security group vpc-labs-x'],
      );
      assert.deepEqual(await practice.run(removeMade(outcome.made)), []);
      assert.deepEqual(await profileNames(), before);
    });

    it('can be given up while it waits; the instance goes before the group that it wears', async () => {
      const before = (await all()).filter(({ state }) => state === 'running').length;
      const abort = new AbortController();
      const change = await plan({ securityGroupIds: undefined, name: 'y' });
      const running = runChange(scope, change, {
        signal: abort.signal,
        report: text => /Waiting/.test(text) && abort.abort(),
      });
      const outcome = await practice.run(running);
      assert.equal(outcome.kind, 'stopped');
      assert.equal(outcome.made.length, 3);
      assert.deepEqual(await practice.run(removeMade(outcome.made)), []);
      assert.equal((await all()).filter(({ state }) => state === 'running').length, before);
    });

    it('offers no profiles, instead of failing, to who may not list them', async () => {
      const listInstanceProfiles = () => Promise.reject(new LabError('accessDenied'));
      const blind = refusing(({ roles }) => ({ roles: Object.assign(Object.create(roles), { listInstanceProfiles }) }));
      assert.equal((await practice.run(readLaunchChoices(blind))).profiles, undefined);
    });
  });

  describe('a role of the same name', () => {
    it('is neither changed nor removed', async () => {
      const name = 'somebody';
      await practice.run(runChange(scope, planInstanceRole(scope, name, ['AmazonEC2ReadOnlyAccess'])));
      const outcome = await practice.run(runChange(scope, planInstanceRole(scope, name)));
      assert.equal(outcome.kind, 'stopped');
      assert.deepEqual(outcome.made, []);
      assert.match(String(outcome.error), /exists already/);
      assert.equal(await practice.run(gateways.roles.hasRole(name)), true);
    });

    it('is seen while the name is typed, as are names that IAM does not take', () => {
      assert.match(roleNameProblem('Lab', ['lab']) ?? '', /exists already/);
      assert.match(roleNameProblem('has space', []) ?? '', /1 to 64/);
      assert.match(roleNameProblem('', []) ?? '', /1 to 64/);
      assert.equal(roleNameProblem('lab+1', []), undefined);
    });

    it('half made is named as what is left', async () => {
      const broken = refusing(({ roles }) => ({
        roles: Object.assign(Object.create(roles), {
          hasRole: (name: string) => roles.hasRole(name),
          listInstanceProfiles: () => roles.listInstanceProfiles(),
          deleteInstanceRole: (name: string) => roles.deleteInstanceRole(name),
          createInstanceRole: async (input: Parameters<typeof roles.createInstanceRole>[0]) => {
            await roles.createInstanceRole({ ...input, policyArns: ['arn:aws:iam::aws:policy/NoSuchPolicy'] });
          },
        }),
      }));
      const outcome = await practice.run(runChange(broken, planInstanceRole(broken, 'half')));
      assert.equal(outcome.kind, 'stopped');
      assert.equal(outcome.made.length, 1);
      assert.deepEqual(await practice.run(removeMade(outcome.made)), []);
      assert.equal(await practice.run(gateways.roles.hasRole('half')), false);
    });
  });

  describe('attaching a profile', () => {
    it('makes a running instance known to Session Manager after a restart', async () => {
      const launched = await practice.run(runChange(scope, await plan({ profile: undefined })));
      assert.equal(launched.kind, 'done');
      const { id } = launched.result;
      await practice.pass(5 * 60_000);
      const change = planProfileAttachment(scope, await found(id), { kind: 'make', name: 'worn' });
      assert.equal((await practice.run(runChange(scope, change))).kind, 'done');
      assert.match((await found(id)).instanceProfileArn ?? '', /worn$/);
      await practice.run(gateways.instances.stopInstance(id));
      await practice.pass(5 * 60_000);
      await practice.run(gateways.instances.startInstance(id));
      await practice.pass(5 * 60_000);
      assert.equal((await practice.run(gateways.instances.listSessionManagerStatus())).get(id), 'online');
    });

    it('is refused for one that wears another, and for a profile that does not exist', async () => {
      const [worn] = await all();
      assert.ok(worn?.instanceProfileArn);
      const own = worn.instanceProfileArn.split('/').at(-1) ?? '';
      const second = planProfileAttachment(scope, worn, { kind: 'existing', name: own });
      const outcome = await practice.run(runChange(scope, second));
      assert.equal(outcome.kind, 'stopped');
      assert.match(String(outcome.error), /requestRefused/);
      const missing = planProfileAttachment(scope, worn, { kind: 'existing', name: 'no-such-profile' });
      assert.equal((await practice.run(runChange(scope, missing))).kind, 'stopped');
    });
  });

  describe('stopping, starting and terminating', () => {
    it('go as asked, and say what is lost', async () => {
      const [one] = await all();
      assert.ok(one);
      const stop = planInstanceStop(scope, one);
      assert.match(stop.losses.join(' '), /public address \d+\.\d+\.\d+\.\d+ goes.*stops costing about 0\.01/);
      assert.equal((await practice.run(runChange(scope, stop))).kind, 'done');
      await practice.pass(20_000);
      assert.equal((await found(one.id)).state, 'stopped');
      const start = planInstanceStart(scope, one);
      assert.match(start.commandLines[0] ?? '', /aws ec2 start-instances --region ap-south-1 --instance-ids i-/);
      assert.deepEqual(await practice.run(askPermission(scope, start.rehearse)), { kind: 'allowed' });
      assert.equal((await practice.run(runChange(scope, start))).kind, 'done');
      await practice.pass(20_000);
      assert.equal((await found(one.id)).state, 'running');
      assert.equal((await practice.run(runChange(scope, planTermination(scope, one)))).kind, 'done');
      await practice.pass(20_000);
      assert.equal((await found(one.id)).state, 'terminated');
    });

    it('are refused in the wrong state, and on a scope that is read-only', async () => {
      const [one] = await all();
      assert.ok(one);
      await practice.run(gateways.instances.terminateInstance(one.id));
      await practice.pass(20_000);
      for (const change of [planInstanceStart(scope, one), planInstanceStop(scope, one)]) {
        const outcome = await practice.run(runChange(scope, change));
        assert.equal(outcome.kind, 'stopped');
        assert.match(String(outcome.error), /IncorrectInstanceState|requestRefused/);
      }
      const readOnly = { ...scope, isReadOnly: true };
      const refused = await practice.run(runChange(readOnly, planTermination(readOnly, one)));
      assert.equal(refused.kind, 'stopped');
      assert.match(String(refused.error), /scopeReadOnly/);
    });

    it('take one that is gone already as terminated', async () => {
      const [one] = await all();
      assert.ok(one);
      const gone = { ...one, id: 'i-00000000000000bad' as InstanceId };
      assert.equal((await practice.run(runChange(scope, planTermination(scope, gone)))).kind, 'done');
      const start = await practice.run(runChange(scope, planInstanceStart(scope, gone)));
      assert.equal(start.kind, 'stopped');
      assert.match(String(start.error), /resourceNotFound/);
    });
  });
});
