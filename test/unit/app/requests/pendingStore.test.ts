import assert from 'node:assert/strict';
import type { PendingRequest, RequestSource } from '../../../../src/app/requests/pendingRequests';
import { countWaiting, PendingStore } from '../../../../src/app/requests/pendingStore';
import { LabError } from '../../../../src/core/errors';
import { endpointServiceId, peeringConnectionId, vpcEndpointId, vpcId } from '../../../../src/core/ids';
import { FakeCloud } from '../../../support/fakeGateways';
import { HandClock } from '../../../support/handClock';
import { account, place } from '../../../support/networkBuilders';

const asked = { ownerId: account, ownerRegion: place.region };
const endpoint: PendingRequest = {
  ...asked,
  kind: 'endpoint',
  id: vpcEndpointId('vpce-0123456789abcdef0'),
  askedAtMs: 2,
  serviceId: endpointServiceId('vpce-svc-0123456789abcdef0'),
  serviceName: undefined,
  label: undefined,
};
const peering: PendingRequest = {
  ...asked,
  kind: 'peering',
  id: peeringConnectionId('pcx-0123456789abcdef0'),
  askedAtMs: 1,
  vpcId: vpcId('vpc-0123456789abcdef0'),
  expiresAtMs: undefined,
};

const source = (kind: PendingRequest['kind'], read: () => readonly PendingRequest[]): RequestSource => ({
  kind,
  read: async () => read(),
  answer: async () => [],
});

describe('the inbox', () => {
  const { scope } = new FakeCloud();
  let failures: ReadonlySet<string>;
  let store: PendingStore;
  const reading = (request: PendingRequest) => () => {
    if (failures.has(request.kind)) throw new LabError('throttled');
    return [request];
  };

  beforeEach(() => {
    failures = new Set();
    store = new PendingStore(new HandClock(), [
      source('endpoint', reading(endpoint)),
      source('peering', reading(peering)),
    ]);
  });

  it('lists both kinds, oldest first', async () => {
    assert.deepEqual(await store.load(scope), [peering, endpoint]);
  });

  it('keeps the requests of a kind that cannot be read anew, counts them, and says so', async () => {
    await store.load(scope);
    failures = new Set(['peering']);
    const entries = await store.refresh(scope);
    assert.deepEqual(
      entries.map(({ id }) => id),
      [peering.id, endpoint.id, 'unread:peering'],
    );
    assert.equal(countWaiting(store, [scope]), 2);
  });

  it('says so of a kind that was never read, and is no empty inbox when none was', async () => {
    failures = new Set(['endpoint']);
    assert.deepEqual(
      (await store.load(scope)).map(({ id }) => id),
      [peering.id, 'unread:endpoint'],
    );
    failures = new Set(['endpoint', 'peering']);
    await assert.rejects(store.refresh(scope), { code: 'throttled' });
    assert.equal(countWaiting(store, [scope]), 1);
  });
});
