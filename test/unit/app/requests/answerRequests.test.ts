import assert from 'node:assert/strict';
import { runChange } from '../../../../src/app/changes/runChange';
import { EndpointServiceStore } from '../../../../src/app/endpointServiceStore';
import { planAnswer } from '../../../../src/app/operations/answerRequests';
import { type InboxEntry, isRequest, type PendingRequest } from '../../../../src/app/requests/pendingRequests';
import { countWaiting, PendingStore } from '../../../../src/app/requests/pendingStore';
import type { EndpointServiceConfiguration } from '../../../../src/core/endpointServiceConfiguration';
import { LabError } from '../../../../src/core/errors';
import { FakeCloud } from '../../../support/fakeGateways';
import { HandClock } from '../../../support/handClock';
import { ProviderWorld } from '../../../support/providerWorld';

describe('requests for services of the practice cloud', function () {
  this.timeout(20_000);
  let world: ProviderWorld;
  let service: EndpointServiceConfiguration;
  let pending: PendingStore;
  let services: EndpointServiceStore;

  before(async () => {
    world = await ProviderWorld.start();
    service = await world.addService(await world.addLoadBalancer('web'));
    pending = new PendingStore(world.timeline);
    services = new EndpointServiceStore(world.timeline);
  });
  after(() => world.dispose());

  const waiting = async () => (await world.run(pending.refresh(world.provider))).filter(isRequest);
  const answer = (verb: 'accept' | 'reject', requests: readonly PendingRequest[]) =>
    world.run(runChange(world.provider, planAnswer(world.provider, verb, requests, { pending, services })));

  it('are seen by the provider with owner, service and age, oldest first, and by nobody else', async () => {
    const one = await world.connect(service.serviceName);
    await world.pass(90_000);
    const other = await world.connect(service.serviceName);
    const requests = await waiting();
    assert.deepEqual(
      requests.map(({ id }) => id),
      [one.id, other.id],
    );
    const [first] = requests;
    assert.equal(first?.kind, 'endpoint');
    assert.equal(first?.ownerId, await world.accountOf(world.consumer));
    assert.equal(first?.kind === 'endpoint' && first.serviceName, service.serviceName);
    assert.equal(first?.kind === 'endpoint' && first.label, 'service of web');
    assert.ok(requests[1]!.askedAtMs - first!.askedAtMs >= 90_000);
    assert.equal(countWaiting(pending, world.scopes), 2);
    assert.deepEqual(await world.run(pending.refresh(world.consumer)), []);
  });

  it('accepted, become available, and leave the inbox', async () => {
    const [request] = await waiting();
    const outcome = await answer('accept', [request!]);
    assert.deepEqual(outcome, { kind: 'done', result: [] });
    await world.pass(90_000);
    const { endpoints } = await world.consumer.gateways();
    const found = await world.run(endpoints.findEndpoint(request!.id as never));
    assert.equal(found?.state, 'available');
    assert.equal(
      (await waiting()).some(({ id }) => id === request!.id),
      false,
    );
  });

  it('rejected, stay rejected, several by one answer', async () => {
    const more = await world.connect(service.serviceName);
    const requests = await waiting();
    assert.equal(requests.length, 2);
    const outcome = await answer('reject', requests);
    assert.deepEqual(outcome, { kind: 'done', result: [] });
    assert.equal(await world.endpointState(more), 'rejected');
    assert.equal(countWaiting(pending, world.scopes), (await waiting()).length);
  });

  it('that were answered in the meantime are named, and the others are answered all the same', async () => {
    const early = await world.connect(service.serviceName);
    const late = await world.connect(service.serviceName);
    const requests = await waiting();
    const { endpointServices } = await world.provider.gateways();
    await world.run(endpointServices.rejectConnections(service.id, [early.id]));
    const outcome = await answer('accept', requests);
    assert.equal(outcome.kind, 'done');
    const refused = outcome.kind === 'done' ? outcome.result : [];
    assert.deepEqual(
      refused.map(({ request, error }) => [request.id, error.code]),
      [[early.id, 'connectionNotWaiting']],
    );
    await world.pass(90_000);
    assert.equal(await world.endpointState(late), 'available');
  });

  it('that their owner has deleted are named', async () => {
    const gone = await world.connect(service.serviceName);
    const requests = await waiting();
    const { endpoints } = await world.consumer.gateways();
    await world.run(endpoints.deleteEndpoint(gone.id));
    await world.pass(60_000);
    const outcome = await answer('accept', requests);
    const [refused] = outcome.kind === 'done' ? outcome.result : [];
    assert.equal(refused?.request.id, gone.id);
    assert.match(refused?.error.code ?? '', /^(?:connectionNotWaiting|endpointNotFound)$/);
  });

  it('are not answered through a read-only scope', async () => {
    const endpoint = await world.connect(service.serviceName);
    const scope = { ...world.provider, isReadOnly: true };
    const outcome = await world.run(runChange(scope, planAnswer(scope, 'accept', await waiting())));
    assert.equal(outcome.kind === 'stopped' && (outcome.error as LabError).code, 'scopeReadOnly');
    assert.equal(await world.endpointState(endpoint), 'pendingAcceptance');
  });
});

describe('the question before an answer', () => {
  it('names owner, service and account’s endpoint, one line for each', () => {
    const { scope } = new FakeCloud();
    const request = (id: string) =>
      ({
        kind: 'endpoint',
        id,
        ownerId: '444455556666',
        serviceId: 'vpce-svc-1',
        serviceName: undefined,
        label: 'web',
        askedAtMs: 0,
      }) as unknown as PendingRequest;
    const one = planAnswer(scope, 'accept', [request('vpce-1')]);
    assert.equal(one.question, 'Accept vpce-1');
    assert.equal(one.losses[0], 'Account 444455556666 asks by vpce-1 for the service web (vpce-svc-1).');
    const several = planAnswer(scope, 'reject', [request('vpce-1'), request('vpce-2')]);
    assert.equal(several.question, 'Reject 2 requests');
    assert.equal(several.losses.length, 3);
  });

  it('rejects nothing by itself: a refusal of AWS comes back for each request', async () => {
    const cloud = new FakeCloud();
    const denied = new LabError('accessDenied', {}, { cloudCode: 'UnauthorizedOperation' });
    cloud.failures.set('acceptConnections', denied);
    const request = { kind: 'endpoint', id: 'vpce-1', serviceId: 'vpce-svc-1' } as unknown as PendingRequest;
    const outcome = await runChange(cloud.scope, planAnswer(cloud.scope, 'accept', [request]));
    assert.deepEqual(outcome, { kind: 'done', result: [{ request, error: denied }] });
  });
});

describe('the inbox', () => {
  it('says what it could not read beside what it could, and never seems empty for it', async () => {
    const cloud = new FakeCloud();
    const failing = new LabError('accessDenied');
    const request = { kind: 'peering', id: 'pcx-1', askedAtMs: 0 } as unknown as PendingRequest;
    const source = (kind: 'endpoint' | 'peering', read: () => Promise<readonly PendingRequest[]>) => ({
      kind,
      read,
      answer: async () => [],
    });
    const broken = source('endpoint', () => Promise.reject(failing));
    const half = new PendingStore(new HandClock(), [broken, source('peering', async () => [request])]);
    const entries: readonly InboxEntry[] = await half.load(cloud.scope);
    assert.deepEqual(entries, [request, { kind: 'unread', id: 'unread:endpoint', error: failing }]);
    assert.equal(countWaiting(half, [cloud.scope]), 1);
    await assert.rejects(new PendingStore(new HandClock(), [broken]).load(cloud.scope), { code: 'accessDenied' });
  });
});
