/** The network in which the traffic of the benches was captured. */

import type { AddressClass } from '../../src/core/classification';
import { type Classifier, createClassifier } from '../../src/core/createClassifier';
import { networkInterfaceId, peeringConnectionId, vpcEndpointId } from '../../src/core/ids';
import { known } from '../../src/core/snapshot';
import * as build from '../support/networkBuilders';

const loadBalancerInterface = build.networkInterface({
  id: networkInterfaceId('eni-00000000000000020'),
  kind: 'networkLoadBalancer',
  privateIpAddress: '172.31.20.58',
  publicIpAddress: undefined,
  instanceId: undefined,
});

/** What every range of it leads to, longest first, for those who look through a list. */
export const placesByRange: readonly (readonly [range: string, addressClass: AddressClass])[] = [
  ['172.31.37.141/32', 'ownAddress'],
  ['172.31.36.107/32', 'endpointInterface'],
  ['172.31.14.109/32', 'endpointInterface'],
  ['172.31.20.58/32', 'loadBalancer'],
  ['172.31.0.2/32', 'resolver'],
  ['169.254.169.253/32', 'resolver'],
  ['52.219.56.0/22', 'gatewayEndpoint'],
  ['172.31.0.0/16', 'local'],
  ['169.254.0.0/16', 'linkLocal'],
  ['10.20.0.0/16', 'peering'],
  ['224.0.0.0/3', 'unknown'],
  ['0.0.0.0/0', 'internetGateway'],
];

export function labClassifier(): Classifier {
  const snapshot = build.snapshot();
  const interfaces = snapshot.networkInterfaces.known ? snapshot.networkInterfaces.value : [];
  const routes = [
    build.localRoute,
    build.route('0.0.0.0/0', build.igw),
    build.route(build.s3ListId, { kind: 'gatewayEndpoint', id: vpcEndpointId('vpce-00000000000000002') }),
    build.route('10.20.0.0/16', { kind: 'peeringConnection', id: peeringConnectionId('pcx-00000000000000001') }),
  ];
  return createClassifier(
    {
      ...snapshot,
      routeTables: known([build.routeTable({ routes })]),
      networkInterfaces: known([...interfaces, loadBalancerInterface]),
    },
    build.instanceInterfaceId,
  );
}
