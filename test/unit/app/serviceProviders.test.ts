import assert from 'node:assert/strict';
import type { Scope } from '../../../src/app/appModel';
import { endpointAddresses } from '../../../src/app/operations/endpointAddresses';
import { hostsFilter, servedFilter } from '../../../src/app/pairedFilters';
import type { ServiceDetails } from '../../../src/app/serviceDetails';
import { serviceProvider } from '../../../src/app/serviceProviders';
import { LabError } from '../../../src/core/errors';
import { networkInterfaceId } from '../../../src/core/ids';
import { known } from '../../../src/core/snapshot';
import { FakeCloud } from '../../support/fakeGateways';
import {
  endpoint,
  endpointId,
  endpointInterface,
  endpointInterfaceA,
  networkInterface,
  unread,
} from '../../support/networkBuilders';

const serviceName = 'com.amazonaws.vpce.ap-south-1.vpce-svc-0123456789abcdef0';
const [consumer, owner] = [new FakeCloud('consumer').scope, new FakeCloud('provider').scope];

const details = (...targets: readonly (readonly [string, number])[]) =>
  ({
    service: { serviceName },
    loadBalancers: [{ targetGroups: targets.map(([id, port]) => ({ targets: [{ id, port }] })) }],
  }) as unknown as ServiceDetails;

const services = (read: ReadonlyMap<Scope, readonly ServiceDetails[]>) => ({
  load: async (scope: Scope) => {
    const found = read.get(scope);
    if (!found) throw new LabError('accessDenied');
    return found;
  },
});

describe('who stands behind an endpoint service', () => {
  it('is found in the scope that offers it, though another cannot be read: its instances and their ports', async () => {
    const store = services(new Map([[owner, [details(['i-0b', 8443], ['i-0a', 80], ['i-0b', 80], ['10.0.0.9', 81])]]]));
    const found = await serviceProvider(store, [consumer, owner], serviceName);
    assert.equal(found?.scope, owner);
    assert.deepEqual(
      [found?.instanceIds, found?.ports],
      [
        ['i-0b', 'i-0a'],
        [80, 81, 8443],
      ],
    );
  });

  it('is nobody when no scope offers it, and for a service of AWS', async () => {
    const store = services(new Map([[owner, []]]));
    assert.equal(await serviceProvider(store, [consumer, owner], serviceName), undefined);
    assert.equal(await serviceProvider(store, [owner], 'com.amazonaws.ap-south-1.ec2'), undefined);
  });
});

describe('the addresses of an endpoint', () => {
  it('are those of its interfaces as they are now', async () => {
    const cloud = new FakeCloud();
    const other = endpointInterface({
      id: networkInterfaceId('eni-0000000000000000f'),
      privateIpAddress: '172.31.9.9',
    });
    cloud.snapshot = {
      ...cloud.snapshot,
      endpoints: known([endpoint({ networkInterfaceIds: [endpointInterfaceA] })]),
      networkInterfaces: known([networkInterface(), endpointInterface(), other]),
    };
    assert.deepEqual(await endpointAddresses(cloud.scope, endpointId), ['172.31.36.107']);
    cloud.snapshot = { ...cloud.snapshot, networkInterfaces: unread('ec2:DescribeNetworkInterfaces') };
    assert.deepEqual(await endpointAddresses(cloud.scope, endpointId), []);
  });
});

describe('the filters of two ends', () => {
  it('are addresses where they are known, and what is usual where not', () => {
    assert.equal(hostsFilter(['10.0.0.1', undefined, '10.0.0.2']), 'host 10.0.0.1 or host 10.0.0.2');
    assert.equal(hostsFilter([undefined]), 'port 443 or port 53');
  });

  it('are ports behind a load balancer, and all of TCP where they are not known', () => {
    assert.equal(servedFilter([80, 8443]), 'tcp port 80 or tcp port 8443');
    assert.equal(servedFilter([]), 'tcp');
  });
});
