import assert from 'node:assert/strict';
import type { Scope } from '../../../src/app/appModel';
import { listenerPorts } from '../../../src/app/listenerPorts';
import type { ServiceDetails } from '../../../src/app/serviceDetails';
import { LabError } from '../../../src/core/errors';
import { FakeCloud } from '../../support/fakeGateways';

const serviceName = 'com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0';
const [own, other] = [new FakeCloud('consumer').scope, new FakeCloud('provider').scope];

const details = (ports: readonly number[]) =>
  ({
    service: { serviceName },
    loadBalancers: [{ listeners: ports.map(port => ({ port })) }],
  }) as unknown as ServiceDetails;

/** Services as far as each scope's were read; `asked` counts readings. */
function services(read: ReadonlyMap<Scope, readonly ServiceDetails[]>, onLoad = async () => {}) {
  let asked = 0;
  return {
    get: (scope: Scope) => ({ value: read.get(scope), isLoading: false, error: undefined, isPartial: false }),
    load: async (scope: Scope) => {
      asked++;
      await onLoad();
      return read.get(scope) ?? [];
    },
    asked: () => asked,
  };
}

describe('the ports at which an endpoint service listens', () => {
  it('are those of its listeners, each once and in order, for a consumer of the same account', async () => {
    const store = services(new Map([[own, [details([8443, 80, 80])]]]));
    assert.deepEqual(await listenerPorts(store, own, [other], serviceName), [80, 8443]);
  });

  it('are seen where its owner is another scope of the window that was read', async () => {
    const store = services(new Map([[other, [details([80])]]]));
    assert.deepEqual(await listenerPorts(store, own, [own, other], serviceName), [80]);
  });

  it('are not known of somebody else’s service, nor when the services cannot be read', async () => {
    assert.deepEqual(await listenerPorts(services(new Map()), own, [other], serviceName), []);
    const refusing = services(new Map(), () => Promise.reject(new LabError('accessDenied')));
    assert.deepEqual(await listenerPorts(refusing, own, [], serviceName), []);
  });

  it('are not asked for of AWS’s own services', async () => {
    const store = services(new Map());
    assert.deepEqual(await listenerPorts(store, own, [], 'com.amazonaws.ap-south-1.ec2'), []);
    assert.equal(store.asked(), 0);
  });
});
