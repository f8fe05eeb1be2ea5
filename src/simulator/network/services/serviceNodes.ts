import type { Clock } from '../../../base/clock';
import type { NetworkInterfaceId, VpcEndpointId, VpcId } from '../../../core/ids';
import type { VpcEndpoint } from '../../../core/network';
import type { WireRequest, WireResponse } from '../../../core/ports/wire';
import { awsServiceName, awsServiceOf } from '../../../core/serviceNames';
import type { Chance } from '../../chance';
import { type InternetSite, siteAt } from '../../world/internetSites';
import { publicResolvers } from '../../world/publicResolvers';
import type { WorldView } from '../../world/regionState';
import type { NetworkNode } from '../forwarding/networkNode';
import type { PacketMover } from '../forwarding/packetMover';
import type { PlacedInterface } from '../forwarding/worldLookup';
import { endpointProfile, linkLocalProfile, publicServiceProfile } from '../host/profiles';
import type { Upgrade } from './httpService';
import { HttpsHost } from './httpsHost';
import { MetadataHost } from './metadataHost';
import { NameServerHost } from './nameServerHost';
import { publicKnowledge, vpcKnowledge } from './resolverKnowledge';
import { answerOfSite } from './sitePage';

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

/** What a service makes of a request that wants to become a WebSocket. */
export type UpgradeService = (request: WireRequest, via: ServiceCall) => Promise<WireResponse | Upgrade>;

export interface ServiceNodesOptions {
  readonly world: WorldView;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly callService: CallService;
  readonly upgrade?: UpgradeService | undefined;
  mover(): PacketMover;
}

interface FoundService {
  readonly service: string;
  readonly region: string;
}

const publicHostLimit = 256;

/** Machines outside the instances: AWS's own and public resolvers, made when the first packet reaches them and forgotten with what they stand for. */
export class ServiceNodes {
  readonly #options: ServiceNodesOptions;
  readonly #publicHosts = new Map<string, HttpsHost>();
  readonly #gatewayHosts = new Map<string, HttpsHost>();
  readonly #sites = new Map<string, HttpsHost>();
  readonly #endpointHosts = new Map<NetworkInterfaceId, HttpsHost>();
  readonly #publicResolvers = new Map<string, NameServerHost>();
  readonly #resolvers = new Map<NetworkInterfaceId, NameServerHost>();
  readonly #metadata = new Map<NetworkInterfaceId, MetadataHost>();

  constructor(options: ServiceNodesOptions) {
    this.#options = options;
  }

  publicHost(address: string): NetworkNode | undefined {
    const found = this.#options.world.serviceAt(address);
    if (found) return this.#publicService(address, found);
    const site = siteAt(address);
    if (site) return this.#site(address, site);
    return publicResolvers.includes(address) ? this.#publicResolver(address) : undefined;
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
          knowledge: () => publicKnowledge(world, this.#lookup, address),
          transmit: packet => this.#options.mover().sendFromInternet(packet),
        }),
    );
  }

  #site(address: string, site: InternetSite): NetworkNode {
    const { clock, chance } = this.#options;
    return obtain(
      this.#sites,
      address,
      () =>
        new HttpsHost({
          clock,
          chance: chance.fork(`site ${address}`),
          profile: publicServiceProfile,
          address,
          answersInClear: true,
          certificateNames: () => site.names,
          call: async (request, sourceAddress) => answerOfSite(site, request, sourceAddress),
          transmit: packet => this.#options.mover().sendFromInternet(packet),
        }),
    );
  }

  /** The service at a public address as a VPC meets it through its gateway endpoint: it sees the clients' private addresses. */
  gatewayService(endpoint: VpcEndpoint, address: string): NetworkNode | undefined {
    const { clock, chance, world, callService } = this.#options;
    const found = world.serviceAt(address);
    if (!found || awsServiceName(found.region, found.service) !== endpoint.serviceName) return undefined;
    const key = `${endpoint.id} ${address}`;
    makeRoom(this.#gatewayHosts, key);
    return obtain(this.#gatewayHosts, key, () => {
      const origin = { ...found, vpcId: endpoint.vpcId, endpointId: endpoint.id };
      return new HttpsHost({
        clock,
        chance: chance.fork(`gateway ${key}`),
        profile: publicServiceProfile,
        address,
        answersInClear: true,
        certificateNames: serverName => this.#publicCertificate(serverName, address, found),
        call: (request, sourceAddress) => callService(request, { ...origin, sourceAddress }),
        transmit: packet => this.#options.mover().sendFromGatewayEndpoint(endpoint.vpcId, packet),
      });
    });
  }

  #publicCertificate(serverName: string, address: string, found: FoundService): readonly string[] {
    const isCovered = serverName !== '' && this.#options.world.publicAddresses(serverName)?.includes(address);
    return isCovered ? [serverName] : [`${found.service}.${found.region}.amazonaws.com`];
  }

  #publicService(address: string, found: FoundService): NetworkNode {
    const { clock, chance, callService, upgrade } = this.#options;
    const via = (sourceAddress: string) => ({ ...found, vpcId: undefined, endpointId: undefined, sourceAddress });
    makeRoom(this.#publicHosts, address);
    return obtain(this.#publicHosts, address, () => {
      return new HttpsHost({
        clock,
        chance: chance.fork(`public ${address}`),
        profile: publicServiceProfile,
        address,
        answersInClear: found.service === 's3',
        certificateNames: serverName => this.#publicCertificate(serverName, address, found),
        call: (request, sourceAddress) => callService(request, via(sourceAddress)),
        upgrade: upgrade && ((request, sourceAddress) => upgrade(request, via(sourceAddress))),
        transmit: packet => this.#options.mover().sendFromInternet(packet),
      });
    });
  }

  /** The service behind an endpoint's interface; undefined while the endpoint is not available, or leads to no service of AWS's. */
  endpointHost({ state, networkInterface }: PlacedInterface, endpoint: VpcEndpoint): NetworkNode | undefined {
    const { clock, chance, callService } = this.#options;
    const service = awsServiceOf(endpoint.serviceName);
    if (endpoint.state !== 'available' || !service) return undefined;
    return obtain(this.#endpointHosts, networkInterface.id, () => {
      const address = networkInterface.privateIpAddress;
      const origin = { ...service, vpcId: endpoint.vpcId, endpointId: endpoint.id };
      return new HttpsHost({
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

  get #lookup() {
    return this.#options.mover().lookup;
  }

  resolverOf({ state, networkInterface }: PlacedInterface): NetworkNode {
    const { chance, world, clock } = this.#options;
    return obtain(
      this.#resolvers,
      networkInterface.id,
      () =>
        new NameServerHost({
          clock,
          chance: chance.fork(`resolver ${networkInterface.id}`),
          profile: linkLocalProfile,
          knowledge: () => vpcKnowledge(world, this.#lookup, state, networkInterface.vpcId),
          transmit: packet => this.#options.mover().sendFromHypervisor(state.place, networkInterface.id, packet),
        }),
    );
  }

  /** Only instances have metadata. */
  metadataOf({ state, networkInterface }: PlacedInterface): NetworkNode | undefined {
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

/** A service may have as many addresses as its prefix list covers; the one that was met first is forgotten first. */
function makeRoom(hosts: Map<string, HttpsHost>, key: string): void {
  const [oldest] = hosts;
  if (!oldest || hosts.has(key) || hosts.size < publicHostLimit) return;
  oldest[1].dispose();
  hosts.delete(oldest[0]);
}

function obtain<K, V>(table: Map<K, V>, key: K, make: () => V): V {
  const known = table.get(key);
  if (known) return known;
  const fresh = make();
  table.set(key, fresh);
  return fresh;
}
