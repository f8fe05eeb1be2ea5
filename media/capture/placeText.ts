import { type AddressClass, addressClasses } from '../../src/core/classification';
import type { CaptureState } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';

/** Where a packet's far side is: its class and its rows, as the columns hold them. */
export interface FarSide {
  readonly remoteClass: number;
  readonly interfaceRow: number;
  readonly routeRow: number;
}

/** Classes that say by which kind of target an address is reached, but not by which one. */
const byRoute: ReadonlySet<AddressClass> = new Set<AddressClass>([
  'gatewayEndpoint',
  'peering',
  'natGateway',
  'internetGateway',
  'egressOnlyGateway',
  'otherTarget',
  'noRoute',
]);

/** In words, with the name of what stands there: `peering connection pcx-…`. */
export function placeText(
  { remoteClass, interfaceRow, routeRow }: FarSide,
  { interfaces, routeTable }: Pick<CaptureState, 'interfaces' | 'routeTable'>,
  labels: Pick<CaptureLabels, 'addressClasses'>,
): string {
  const addressClass = addressClasses[remoteClass] ?? 'unknown';
  const which = byRoute.has(addressClass)
    ? routeTable.rows[routeRow - 1]?.target
    : interfaces[interfaceRow - 1]?.endpointName;
  return which ? `${labels.addressClasses[addressClass]} ${which}` : labels.addressClasses[addressClass];
}
