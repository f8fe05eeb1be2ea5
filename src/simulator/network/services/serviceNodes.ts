import type { Clock } from '../../../base/clock';
import type { NetworkInterfaceId, VpcEndpointId, VpcId } from '../../../core/ids';
import type { NetworkInterface, VpcEndpoint } from '../../../core/network';
import type { WireRequest, WireResponse } from '../../../core/ports/wire';
import { awsServiceOf } from '../../../core/serviceNames';
import type { Chance } from '../../chance';
import type { RegionState, WorldView } from '../../world/regionState';
import type { NetworkNode, PacketMover } from '../forwarding/packetMover';
import { endpointProfile, linkLocalProfile, publicServiceProfile } from '../host/profiles';
import { AwsServiceHost } from './awsServiceHost';
import { MetadataHost } from './metadataHost';
import { NameServerHost } from './nameServerHost';
import { publicKnowledge, vpcKnowledge } from './resolverKnowledge';

/** How a request reached a service. */
export interface ServiceCall {
  /** As in `com.amazonaws.<region>.<service>`. */
  readonly service: string;
  readonly region: string;
  /** The endpoint's VPC; undefined for the public address. */
  readonly vpcId: VpcId | undefined;
  readonly endpointId: VpcEndpointId | undefined;
  /** The client as the service sees it: private through an endpoint, else public. */
  readonly sourceAddress: string;
}

export type CallService = (request: WireRequest, via: ServiceCall) => Promise<WireResponse>;

export interface ServiceNodesOptions {
  readonly world: WorldView;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly callService: CallService;
  mover(): PacketMover;
}

const publicHostLimit = 256;
/** Resolvers that everybody may ask, of Google, Cloudflare and Quad9. */
const publicResolvers: readonly string[] = ['8.8.8.8', '8.8.4.4', '1.1.1.1', '1.0.0.1', '9.9.9.9'];

/** Machines outside the instances: AWS's own and public resolvers, made when the first packet reaches them and forgotten with what they stand for. */
export class ServiceNodes {
  readonly #options: ServiceNodesOptions;
  readonly #publicHosts = new Map<string, AwsServiceHost>();
  readonly #endpointHosts = new Map<NetworkInterfaceId, AwsServiceHost>();
  readonly #publicResolvers = new Map<string, NameServerHost>();
  readonly #resolvers = new Map<NetworkInterfaceId, NameServerHost>();
  readonly #metadata = new Map<NetworkInterfaceId, MetadataHost>();

  constructor(options: ServiceNodesOptions) {
    this.#options = options;
  }

  publicHost(address: string): NetworkNode | undefined {
    const found = this.#options.world.serviceAt(address);
    if (found) return this.#publicService(address, found);
    return publicResolvers.includes(address) ? this.#publicResolver(address) : undefined;
  }

  /** A service may have as many addresses as its prefix list covers; the one that was met first is forgotten first. */
  #makeRoom(): void {
    const [oldest] = this.#publicHosts;
    if (!oldest || this.#publicHosts.size < publicHostLimit) return;
    oldest[1].dispose();
    this.#publicHosts.delete(oldest[0]);
  }

  #publicResolver(address: string): NetworkNode {
    const { chance, world, clock } = this.#options;
    return obtain(
      this.#publicResolvers,
      address,
      () =>
        new NameServerHost({
          clock,
          chance: chance.fork(`public resolver ${address}`),
          profile: publicServiceProfile,
          knowledge: () => publicKnowledge(world, address),
          transmit: packet => this.#options.mover().sendFromInternet(packet),
        }),
    );
  }

  #publicService(address: string, found: { readonly service: string; readonly region: string }): NetworkNode {
    const { clock, chance, world, callService } = this.#options;
    if (!this.#publicHosts.has(address)) this.#makeRoom();
    return obtain(this.#publicHosts, address, () => {
      const covered = (serverName: string) => world.publicAddresses(serverName)?.includes(address);
      return new AwsServiceHost({
        clock,
        chance: chance.fork(`public ${address}`),
        profile: publicServiceProfile,
        address,
        certificateNames: serverName =>
          serverName !== '' && covered(serverName) ? [serverName] : [`${found.service}.${found.region}.amazonaws.com`],
        call: (request, sourceAddress) =>
          callService(request, { ...found, vpcId: undefined, endpointId: undefined, sourceAddress }),
        transmit: packet => this.#options.mover().sendFromInternet(packet),
      });
    });
  }

  /** The service behind an endpoint's interface; undefined while the endpoint is not available, or leads to no service of AWS's. */
  endpointHost(state: RegionState, networkInterface: NetworkInterface, endpoint: VpcEndpoint): NetworkNode | undefined {
    const { clock, chance, callService } = this.#options;
    const service = awsServiceOf(endpoint.serviceName);
    if (endpoint.state !== 'available' || !service) return undefined;
    return obtain(this.#endpointHosts, networkInterface.id, () => {
      const address = networkInterface.privateIpAddress;
      const origin = { ...service, vpcId: endpoint.vpcId, endpointId: endpoint.id };
      return new AwsServiceHost({
        clock,
        chance: chance.fork(`endpoint ${networkInterface.id}`),
        profile: endpointProfile,
        address,
        certificateNames: () => this.#endpointCertificate(state.endpoints.get(endpoint.id) ?? endpoint),
        call: (request, sourceAddress) => callService(request, { ...origin, sourceAddress }),
        transmit: packet => this.#options.mover().send(state.place, networkInterface.id, packet),
      });
    });
  }

  resolverOf(state: RegionState, networkInterface: NetworkInterface): NetworkNode {
    const { chance, world, clock } = this.#options;
    return obtain(
      this.#resolvers,
      networkInterface.id,
      () =>
        new NameServerHost({
          clock,
          chance: chance.fork(`resolver ${networkInterface.id}`),
          profile: linkLocalProfile,
          knowledge: () => vpcKnowledge(world, state, networkInterface.vpcId),
          transmit: packet => this.#options.mover().sendFromHypervisor(state.place, networkInterface.id, packet),
        }),
    );
  }

  /** Only instances have metadata. */
  metadataOf(state: RegionState, networkInterface: NetworkInterface): NetworkNode | undefined {
    const { chance, world, clock } = this.#options;
    const { instanceId } = networkInterface;
    if (!instanceId) return undefined;
    return obtain(
      this.#metadata,
      networkInterface.id,
      () =>
        new MetadataHost({
          world,
          state,
          instanceId,
          networkInterfaceId: networkInterface.id,
          clock,
          chance: chance.fork(`metadata ${networkInterface.id}`),
          transmit: packet => this.#options.mover().sendFromHypervisor(state.place, networkInterface.id, packet),
        }),
    );
  }

  /** What stood behind or beside an interface that is gone. */
  forget(id: NetworkInterfaceId): void {
    for (const table of [this.#endpointHosts, this.#resolvers, this.#metadata]) {
      table.get(id)?.dispose();
      table.delete(id);
    }
  }

  /** "AWS PrivateLink Guide": the public names, and the endpoint's own. */
  #endpointCertificate(endpoint: VpcEndpoint): readonly string[] {
    const parts = awsServiceOf(endpoint.serviceName);
    const own = parts ? [`*.${parts.service.split('.').reverse().join('.')}.${parts.region}.vpce.amazonaws.com`] : [];
    const names = endpoint.dnsEntries.map(({ name }) => name);
    return [...new Set([...this.#options.world.privateNamesOf(endpoint.serviceName), ...own, ...names])];
  }
}

function obtain<K, V>(table: Map<K, V>, key: K, make: () => V): V {
  const known = table.get(key);
  if (known) return known;
  const fresh = make();
  table.set(key, fresh);
  return fresh;
}
