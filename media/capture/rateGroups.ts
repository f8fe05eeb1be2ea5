import { type AddressClass, addressClasses, classIndexOf } from '../../src/core/classification';
import type { RateGroup } from '../../src/protocol/captureLabels';

/** The lines of the rate chart, in the order of the legend, with their dash patterns in px: told apart without colours, too. */
export const rateGroups: readonly { readonly group: RateGroup; readonly dash: readonly number[] }[] = [
  { group: 'endpoint', dash: [] },
  { group: 'gatewayEndpoint', dash: [10, 3] },
  { group: 'resolver', dash: [4, 3] },
  { group: 'peering', dash: [8, 3, 2, 3] },
  { group: 'loadBalancer', dash: [6, 2] },
  { group: 'local', dash: [2, 2] },
  { group: 'internet', dash: [1, 3] },
  { group: 'other', dash: [12, 4, 2, 4] },
];

const groupOf: Readonly<Record<AddressClass, RateGroup>> = {
  endpointInterface: 'endpoint',
  gatewayEndpoint: 'gatewayEndpoint',
  resolver: 'resolver',
  peering: 'peering',
  loadBalancer: 'loadBalancer',
  ownAddress: 'local',
  instance: 'local',
  otherInterface: 'local',
  local: 'local',
  linkLocal: 'local',
  metadata: 'local',
  timeSync: 'local',
  multicast: 'local',
  internetGateway: 'internet',
  natGateway: 'internet',
  egressOnlyGateway: 'internet',
  otherTarget: 'other',
  noRoute: 'other',
  unknown: 'other',
};

const lines = rateGroups.map(({ group }) => group);
const lineOfClass = addressClasses.map(addressClass => lines.indexOf(groupOf[addressClass]));
const OWN_ADDRESS = classIndexOf('ownAddress');
const OTHER = lines.indexOf('other');

/** The place in {@link rateGroups} of a packet, by its far side: the destination, unless the packet came in. */
export function lineOf(sourceClass: number, destinationClass: number): number {
  return lineOfClass[destinationClass === OWN_ADDRESS ? sourceClass : destinationClass] ?? OTHER;
}
