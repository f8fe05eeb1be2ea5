import assert from 'node:assert/strict';
import { CaptureNetwork } from '../../../src/app/captureNetwork';
import { capturePresets } from '../../../src/app/capturePresets';
import { vpcEndpointId } from '../../../src/core/ids';
import { known, type NetworkSnapshot } from '../../../src/core/snapshot';
import { findFilterProblem } from '../../../src/packet/filter/filterProblem';
import { presetLabel } from '../../../src/words/capturePresets';
import {
  endpoint,
  endpointId,
  endpointInterface,
  endpointInterfaceB,
  instance,
  instanceId,
  localRoute,
  networkInterface,
  route,
  routeTable,
  s3List,
  s3ListId,
  snapshot,
  subnetB,
} from '../../support/networkBuilders';

const gatewayId = vpcEndpointId('vpce-0000000000000000a');
const s3Networks = ['52.219.62.0/23', '3.5.208.0/22'];

function network(changes: Partial<NetworkSnapshot> = {}): CaptureNetwork {
  const toS3 = route(s3ListId, { kind: 'gatewayEndpoint', id: gatewayId });
  const parts = snapshot({
    instances: known([instance()]),
    networkInterfaces: known([
      networkInterface(),
      endpointInterface(),
      endpointInterface({ id: endpointInterfaceB, subnetId: subnetB, privateIpAddress: '172.31.14.109' }),
    ]),
    endpoints: known([endpoint({ tags: { Name: 'ec2' } })]),
    routeTables: known([routeTable({ routes: [localRoute, toS3] })]),
    prefixLists: known([s3List(s3Networks)]),
    ...changes,
  });
  return new CaptureNetwork(parts, instanceId);
}

describe('the filters to choose from', () => {
  it('are the general ones before anything is known of the network', () => {
    const codes = capturePresets(undefined, endpointId).map(({ code }) => code);
    assert.deepEqual(codes, ['labs', 'https', 'dns', 'pings', 'handshakes', 'everything']);
  });

  it('begin with the traffic to the endpoint that is asked about: its interfaces', () => {
    const [first] = capturePresets(network(), endpointId);
    assert.deepEqual(first, {
      code: 'endpoint',
      endpointName: 'ec2',
      filter: 'host 172.31.36.107 or host 172.31.14.109',
    });
  });

  it("say a gateway endpoint's traffic by the networks of its prefix list", () => {
    const [first] = capturePresets(network(), gatewayId);
    assert.equal(first?.filter, 'net 52.219.62.0/23 or net 3.5.208.0/22');
  });

  it('leave out an endpoint whose networks are too many for a filter', () => {
    const cidrs = Array.from({ length: 300 }, (_, index) => `52.${index % 256}.0.0/16`);
    const presets = capturePresets(network({ prefixLists: known([s3List(cidrs)]) }), gatewayId);
    assert.deepEqual(
      presets.map(presetLabel).filter(label => label.startsWith('Traffic')),
      ['Traffic to ec2'],
    );
  });

  it('have the other endpoints of the VPC last, and a name each', () => {
    const labels = capturePresets(network(), undefined).map(presetLabel);
    assert.equal(labels[0], 'HTTPS and DNS, as in the labs');
    assert.deepEqual(labels.slice(-2), ['Traffic to ec2', `Traffic to ${gatewayId}`]);
    assert.equal(new Set(labels).size, labels.length);
  });

  it('are filters, every one', () => {
    for (const { filter } of capturePresets(network(), endpointId))
      assert.equal(findFilterProblem(filter), undefined, filter);
  });
});
