import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import { covers, parseIpv4 } from '../../core/ipv4';
import type { NetworkInterface, PrefixList, Subnet, VpcEndpoint } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import { valueOr } from '../../core/reading';
import type { Scope } from '../appModel';

/** Who has an address. */
export type AddressOwner =
  | {
      readonly kind: 'endpoint';
      readonly endpoint: VpcEndpoint;
      readonly networkInterface: NetworkInterface;
      readonly subnet: Subnet | undefined;
    }
  | {
      readonly kind: 'instanceConnect';
      readonly endpoint: InstanceConnectEndpoint;
      readonly networkInterface: NetworkInterface;
      readonly subnet: Subnet | undefined;
    }
  /** An instance, a load balancer, a NAT gateway …, as its interface says. */
  | { readonly kind: 'interface'; readonly networkInterface: NetworkInterface; readonly subnet: Subnet | undefined }
  /** A public address of a service that gateway endpoints lead to. */
  | { readonly kind: 'service'; readonly list: PrefixList; readonly gateways: readonly VpcEndpoint[] };

/** Looks an IPv4 address up; several VPCs may have it. Empty: nothing in the scope has it. Rejects with a `LabError`. */
export async function findAddressOwners(
  scope: Scope,
  address: string,
  options: CallOptions = {},
): Promise<readonly AddressOwner[]> {
  const gateways = await scope.gateways();
  const interfaces = await gateways.network.findInterfacesAt(address, options);
  const [endpoints, snapshot] = await Promise.all([
    gateways.endpoints.listEndpoints(options),
    gateways.network.readSnapshot(interfaces.length > 0 ? ['subnets'] : ['prefixLists'], options),
  ]);
  const connects = interfaces.some(({ kind }) => kind === 'instanceConnectEndpoint')
    ? await gateways.instanceConnectEndpoints.listInstanceConnectEndpoints(options)
    : [];
  const subnets = valueOr(snapshot.subnets, []);
  const owners = interfaces.map((networkInterface): AddressOwner => {
    const subnet = subnets.find(({ id }) => id === networkInterface.subnetId);
    const has = (item: Pick<VpcEndpoint, 'networkInterfaceIds'>) =>
      item.networkInterfaceIds.includes(networkInterface.id);
    const endpoint = endpoints.find(has);
    if (endpoint) return { kind: 'endpoint', endpoint, networkInterface, subnet };
    const connect = connects.find(has);
    if (connect) return { kind: 'instanceConnect', endpoint: connect, networkInterface, subnet };
    return { kind: 'interface', networkInterface, subnet };
  });
  const services = valueOr(snapshot.prefixLists, [])
    .filter(list => list.cidrs.some(cidr => covers(cidr, address)))
    .map(list => ({
      kind: 'service' as const,
      list,
      gateways: endpoints.filter(({ kind, serviceName }) => kind === 'gateway' && serviceName === list.name),
    }));
  return [...owners, ...services];
}

/** Whether a text is an IPv4 address. */
export function isAddress(text: string): boolean {
  return parseIpv4(text.trim()) !== undefined;
}
