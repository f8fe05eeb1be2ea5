import assert from 'node:assert/strict';
import { EndpointStore } from '../../../src/app/endpointStore';
import { InstanceStore } from '../../../src/app/instanceStore';
import { createInterfaceEndpoint } from '../../../src/app/operations/createInterfaceEndpoint';
import { deleteEndpoint } from '../../../src/app/operations/deleteEndpoint';
import { planEndpoint } from '../../../src/app/operations/planEndpoint';
import { readEndpointChoices } from '../../../src/app/operations/readEndpointChoices';
import { runOnInstance } from '../../../src/app/operations/runOnInstance';
import { summarizeEndpoint } from '../../../src/app/operations/summarizeEndpoint';
import { silentLog } from '../../../src/base/log';
import { composePractice } from '../../../src/compose';
import { LabError } from '../../../src/core/errors';
import { PracticeScopes } from '../../support/practiceScopes';

describe('the practice cloud through the real SDK clients', function () {
  this.timeout(60_000);
  let practice: PracticeScopes;

  before(() => PracticeScopes.load());

  beforeEach(() => {
    practice = new PracticeScopes();
  });

  afterEach(() => practice.dispose());

  it('gives two scopes, each in an account of its own', async () => {
    const identities = await practice.run(
      Promise.all(practice.scopes.map(async scope => (await scope.gateways()).identity.whoAmI())),
    );
    assert.deepEqual(
      practice.scopes.map(({ id, label, kind }) => [id, label, kind]),
      [
        ['practice:provider', 'provider', 'practice'],
        ['practice:consumer', 'consumer', 'practice'],
      ],
    );
    assert.notEqual(identities[0]?.accountId, identities[1]?.accountId);
  });

  it('shows an instance that is online', async () => {
    const store = new InstanceStore(practice.timeline);
    await practice.pass(120_000);
    const [entry] = await practice.run(store.load(practice.provider));
    assert.equal(entry?.instance.state, 'running');
    assert.equal(entry?.sessionManager, 'online');
    assert.match(entry?.availabilityZone ?? '', /^ap-south-1[abc]$/);
  });

  it('reads every part of the network without a gap', async () => {
    const gateways = await practice.provider.gateways();
    const snapshot = await practice.run(
      gateways.network.readSnapshot([
        'vpcs',
        'dnsAttributes',
        'dhcpOptions',
        'subnets',
        'routeTables',
        'prefixLists',
        'internetGateways',
        'securityGroups',
        'networkAcls',
        'networkInterfaces',
        'endpoints',
        'instances',
      ]),
    );
    const { place, takenAtMs, dnsAttributes, ...parts } = snapshot;
    assert.equal(place.region, 'ap-south-1');
    assert.equal(takenAtMs, practice.timeline.now());
    assert.deepEqual(
      Object.entries(parts).flatMap(([name, reading]) => (reading.known ? [] : [[name, reading.gap]])),
      [],
    );
    assert.ok([...dnsAttributes.values()].every(reading => reading.known));
  });

  it('creates an endpoint by defaults alone, watches it become available, and deletes it', async () => {
    const scope = practice.provider;
    const store = new EndpointStore(practice.timeline);
    await practice.run(store.load(scope));
    const watch = store.watch(scope);
    const choices = await practice.run(readEndpointChoices(scope));
    const summary = summarizeEndpoint(choices, planEndpoint(choices));
    const created = await practice.run(createInterfaceEndpoint(scope, choices, summary, { store }));
    assert.equal(created.state, 'pending');
    await practice.until(() => store.find(scope, created.id)?.endpoint.state === 'available');
    const details = store.find(scope, created.id);
    assert.equal(details?.interfaces.length, 3);
    assert.deepEqual(details?.gaps, []);
    assert.equal(details?.endpoint.privateDnsEnabled, true);
    await practice.run(deleteEndpoint(scope, created.id, { store }));
    await practice.until(() => store.get(scope).value?.length === 0);
    watch.dispose();
  });

  it('runs a command on its instance', async () => {
    await practice.pass(120_000);
    const gateways = await practice.provider.gateways();
    const [instance] = await practice.run(gateways.instances.listInstances());
    assert.ok(instance);
    const result = await practice.run(
      runOnInstance(gateways.sessions, instance.id, 'ip -br -4 addr; whoami; false', { ports: practice.ports }),
    );
    assert.equal(result.exitCode, 1);
    assert.match(result.output, new RegExp(`^enX0 .*${instance.privateIpAddress}/20`, 'm'));
    assert.match(result.output, /^ssm-user$/m);
  });

  it('says that the practice cloud has stopped when nobody answers any more', async () => {
    const { cloud } = practice;
    const handle = () => Promise.reject(new Error('The practice worker ended with code 1'));
    const [scope] = composePractice({ ...cloud, handle }, silentLog, practice.timeline);
    const gateways = await scope!.gateways();
    await assert.rejects(
      practice.run(gateways.identity.whoAmI()),
      error =>
        error instanceof LabError && error.code === 'practiceFailed' && /code 1/.test(error.parameters.detail ?? ''),
    );
  });
});
