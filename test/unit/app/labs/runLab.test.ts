import assert from 'node:assert/strict';
import { cleanUp } from '../../../../src/app/labs/cleanUp';
import type { LabProgress } from '../../../../src/app/labs/labProgress';
import { type LabRunOptions, runLab } from '../../../../src/app/labs/runLab';
import { LabError } from '../../../../src/core/errors';
import { ifaceEc2 } from '../../../../src/labs/ifaceEc2/ifaceEc2';
import { EagerClock, LabCloud } from '../../../support/labCloud';
import { labLedger } from '../../../support/labLedger';

const scopeId = 'practice:provider';
const accountsOf = ({ gateways, work }: Pick<LabCloud, 'gateways' | 'work'>): LabRunOptions['accounts'] =>
  new Map([['student', { scopeId, gateways, work }]]);

function prepare(changes: Partial<LabRunOptions> = {}) {
  const cloud = new LabCloud();
  const ledger = labLedger();
  const clock = new EagerClock();
  const told: LabProgress[] = [];
  const options: LabRunOptions = {
    accounts: accountsOf(cloud),
    ledger,
    clock,
    runId: 'r1',
    pollMs: 5000,
    patienceMs: 60_000,
    onProgress: progress => told.push(progress),
    ...changes,
  };
  return { cloud, ledger, clock, told, options };
}

const breakage = (id: string) => ifaceEc2.breakages.find(each => each.id === id)!;
const isEmpty = (cloud: LabCloud) =>
  cloud.endpoints.length === 0 &&
  cloud.instances.every(({ state }) => state === 'terminated') &&
  cloud.groups.length === 1 &&
  cloud.roles.size === 0;

describe('running lab iface-ec2', () => {
  it('does every step, proves it, and leaves nothing behind', async () => {
    const { cloud, ledger, options } = prepare();
    const outcome = await runLab(ifaceEc2, options);
    assert.deepEqual(
      outcome.steps.map(({ step, check }) => [step.id, check.state]),
      ifaceEc2.steps.map(({ id }) => [id, 'holds']),
    );
    assert.equal(outcome.isProved, true);
    assert.deepEqual([isEmpty(cloud), await ledger.open(), outcome.survivors], [true, [], []]);
  });

  it('deletes what uses a thing before the thing', async () => {
    const { cloud, options } = prepare();
    await runLab(ifaceEc2, options);
    const deletions = cloud.calls.filter(name => /^(delete|terminate)/.test(name));
    assert.deepEqual(
      [...new Set(deletions)],
      ['deleteEndpoint', 'terminateInstance', 'deleteSecurityGroup', 'deleteInstanceRole'],
    );
  });

  it('fails its proof with private DNS off, names the cause, and cleans up', async () => {
    const { cloud, options } = prepare({ breakage: breakage('private-dns-off') });
    const outcome = await runLab(ifaceEc2, options);
    assert.equal(outcome.isProved, false);
    const proof = outcome.steps.find(({ step }) => step.id === '1.7')!;
    assert.equal(proof.check.state, 'fails');
    assert.equal(proof.cause?.text, 'private DNS of endpoint {0} is off');
    assert.equal(isEmpty(cloud), true);
  });

  it('fails its proof without port 443, names the group, and cleans up', async () => {
    const { cloud, told, options } = prepare({ breakage: breakage('no-443') });
    const outcome = await runLab(ifaceEc2, options);
    const proof = outcome.steps.find(({ step }) => step.id === '1.7')!;
    assert.equal(proof.cause?.text, 'security group {0} of the endpoint does not admit TCP 443');
    const captured = told.find(each => each.kind === 'captured');
    assert.ok(
      captured?.watched.verdict.kind === 'notPrivate' && captured.watched.verdict.cause === 'securityGroupLacksPort',
    );
    assert.deepEqual([outcome.isProved, isEmpty(cloud)], [false, true]);
  });

  it('finds what was made by hand, and neither makes it again nor deletes it', async () => {
    const { cloud, options } = prepare({ isKept: true });
    await runLab(ifaceEc2, options);
    const before = cloud.calls.length;
    const second = prepare({ runId: 'r2', accounts: accountsOf(cloud) });
    const outcome = await runLab(ifaceEc2, second.options);
    assert.equal(outcome.isProved, true);
    assert.deepEqual(cloud.calls.slice(before), []);
    assert.equal(cloud.endpoints.length, 1);
  });

  it('keeps everything when asked to, on the ledger, until it is cleaned up', async () => {
    const { cloud, ledger, clock, options } = prepare({ isKept: true });
    const outcome = await runLab(ifaceEc2, options);
    assert.equal(outcome.isProved, true);
    assert.equal(
      (await ledger.open('r1')).every(({ state, resourceId }) => state === 'made' && resourceId),
      true,
    );
    const gateways = new Map([[scopeId, cloud.gateways]]);
    const survivors = await cleanUp({ gateways, ledger, clock, runId: 'r1', pollMs: 1, patienceMs: 1000 });
    assert.deepEqual([survivors, isEmpty(cloud)], [[], true]);
  });

  it('switches DNS attributes on and gives them back', async () => {
    const { cloud, options } = prepare();
    cloud.attributes = { enableDnsSupport: true, enableDnsHostnames: false };
    const outcome = await runLab(ifaceEc2, options);
    assert.equal(outcome.isProved, true);
    assert.deepEqual(cloud.attributes, { enableDnsSupport: true, enableDnsHostnames: false });
  });
});

describe('a run of a lab that is interrupted', () => {
  for (const name of ['createInstanceRole', 'launchInstance', 'createSecurityGroup', 'createInterfaceEndpoint']) {
    it(`takes away what ${name} made although its answer was lost`, async () => {
      const { cloud, ledger, options } = prepare();
      cloud.lostAnswers.add(name);
      const outcome = await runLab(ifaceEc2, options);
      assert.equal(outcome.isProved, false);
      assert.equal(outcome.steps.find(({ error }) => error)?.error?.code, 'cloudUnreachable');
      assert.deepEqual([isEmpty(cloud), await ledger.open()], [true, []]);
    });

    it(`goes on after a crash in ${name} and makes nothing twice`, async () => {
      const { cloud, options } = prepare({ isKept: true });
      cloud.lostAnswers.add(name);
      await runLab(ifaceEc2, options);
      const outcome = await runLab(ifaceEc2, { ...options, isKept: false });
      assert.equal(outcome.isProved, true);
      assert.deepEqual([cloud.instances.length, isEmpty(cloud)], [1, true]);
    });
  }

  it('writes to the ledger before each call', async () => {
    const { cloud, ledger, options } = prepare({ isKept: true });
    const { createInterfaceEndpoint } = cloud.gateways.endpoints;
    let seen: string | undefined;
    const endpoints = {
      ...cloud.gateways.endpoints,
      createInterfaceEndpoint: async (...input: Parameters<typeof createInterfaceEndpoint>) => {
        seen = (await ledger.open()).find(({ thing }) => thing.kind === 'vpcEndpoint')?.state;
        return createInterfaceEndpoint(...input);
      },
    };
    const gateways = { ...cloud.gateways, endpoints };
    await runLab(ifaceEc2, { ...options, accounts: accountsOf({ gateways, work: cloud.work }) });
    assert.equal(seen, 'intended');
  });

  it('cleans up before it rejects with the reason of the abort', async () => {
    const abort = new AbortController();
    const { cloud, options } = prepare({ signal: abort.signal });
    const onProgress = (progress: LabProgress) => {
      if (progress.kind === 'waiting' && progress.step.id === '1.5') abort.abort(new Error('enough'));
    };
    await assert.rejects(runLab(ifaceEc2, { ...options, onProgress }), /enough/);
    assert.equal(isEmpty(cloud), true);
  });

  it('lists what would not go', async () => {
    const { cloud, ledger, options } = prepare();
    cloud.refused.set('deleteSecurityGroup', new LabError('accessDenied'));
    const outcome = await runLab(ifaceEc2, options);
    assert.deepEqual(
      outcome.survivors.map(({ entry, error }) => [entry.thing.kind, error?.code]),
      [['securityGroup', 'accessDenied']],
    );
    assert.deepEqual([outcome.isProved, (await ledger.open()).length], [false, 1]);
    cloud.refused.set('deleteSecurityGroup', new LabError('dependencyViolation'));
    const again = await runLab(ifaceEc2, { ...prepare().options, accounts: accountsOf(cloud), ledger });
    assert.deepEqual(
      again.survivors.map(({ error }) => error?.code),
      ['dependencyViolation'],
    );
  });

  it('stops where a step cannot be done', async () => {
    const { cloud, options } = prepare();
    cloud.refused.set('createInterfaceEndpoint', new LabError('limitExceeded'));
    const outcome = await runLab(ifaceEc2, options);
    assert.deepEqual(
      outcome.steps.map(({ step }) => step.id),
      ['1.1', '1.2', '1.3', '1.4', '1.5', '1.9'],
    );
    assert.equal(isEmpty(cloud), true);
  });

  it('leaves runs of other scopes alone', async () => {
    const { cloud, ledger, clock, options } = prepare({ isKept: true });
    await runLab(ifaceEc2, options);
    const gateways = new Map([['another', cloud.gateways]]);
    await cleanUp({ gateways, ledger, clock, runId: 'r1', pollMs: 1, patienceMs: 1000 });
    assert.equal((await ledger.open()).length > 0, true);
  });
});
