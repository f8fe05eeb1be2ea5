import type { InstanceConnectEndpointId } from '../core/ids';
import type { InstanceConnectEndpoint } from '../core/instanceConnectEndpoint';
import type { ChannelTransport, WireRequest, WireResponse } from '../core/ports/wire';
import { createChannelPair } from './agent/channelPair';
import { joinTransports } from './agent/joinTransports';
import type { Digests } from './digests';
import type { Fabric } from './network/fabric';
import type { Upgrade } from './network/services/httpService';
import type { ServiceCall } from './network/services/serviceNodes';
import { acceptOf } from './network/webSocket';
import { identityDenial } from './permissions/checkPermission';
import { tagFacts } from './permissions/neededPermission';
import { type PresignedSignature, parsePresigned } from './protocols/presignedQuery';
import { ServiceFault } from './protocols/serviceFault';
import { findServiceBySigningName, type ServiceModel } from './protocols/serviceModels';
import { missingToken } from './protocols/signInFaults';
import { signIn } from './signIn';
import { joinTunnel } from './tunnelChannel';
import { readTunnelRequest, type TunnelRequest, tunnelRefusal } from './tunnelRequest';
import type { PlaceState } from './world/placeState';
import type { Principal } from './world/principal';
import type { World } from './world/world';

export interface ConnectTunnelsOptions {
  readonly world: World;
  readonly fabric: Fabric;
  readonly digests: Digests;
}

/** A tunnel that may be opened. */
export interface TunnelGrant extends TunnelRequest {
  readonly region: PlaceState;
  readonly endpoint: InstanceConnectEndpoint;
  /** Who digs it, as the internet sees them. */
  readonly clientAddress: string;
}

/** The student's own machine, outside of the simulated network, as the internet would see it (RFC 5737). */
export const outsideAddress = '203.0.113.25';

const signingName = 'ec2-instance-connect';
/** "EC2 Instance Connect Endpoint: Considerations": concurrent connections of an endpoint. */
const mostTunnels = 20;
const lostLink = 1006;

/** Who may open a tunnel through an EC2 Instance Connect Endpoint, and the tunnels that are open. */
export class ConnectTunnels {
  readonly #options: ConnectTunnelsOptions;
  readonly #service: ServiceModel;
  readonly #open = new Map<InstanceConnectEndpointId, number>();

  constructor(options: ConnectTunnelsOptions) {
    this.#options = options;
    const service = findServiceBySigningName(signingName);
    if (!service) throw new RangeError(`There is no service ${signingName}`);
    this.#service = service;
  }

  /** Judges an upgrade by its signed URL; rejects with a ServiceFault. `via`: when it comes over the simulated network. */
  async admit(request: WireRequest, via?: ServiceCall): Promise<TunnelGrant> {
    const presented = parsePresigned(request.query);
    if (!presented) throw missingToken(this.#service.protocol);
    if (presented.service !== signingName)
      throw new ServiceFault(
        'InvalidSignatureException',
        `Credential should be scoped to correct service: '${signingName}'.`,
      );
    const wanted = readTunnelRequest(request.query);
    const caller = await this.#signIn(request, presented, wanted.endpointId);
    const region = this.#placeOf(caller, presented.region);
    const endpoint = region.instanceConnectEndpoints.get(wanted.endpointId as InstanceConnectEndpointId);
    this.#checkRight(caller, region, wanted, endpoint, via);
    if (!endpoint)
      throw new ServiceFault(
        'ResourceNotFound',
        `The specified InstanceConnectEndpointId ${wanted.endpointId} does not exist.`,
        404,
      );
    this.#checkRoom(endpoint);
    return { ...wanted, region, endpoint, clientAddress: via?.sourceAddress ?? outsideAddress };
  }

  /** Opens a tunnel; its channel closes with a reason when nobody answers at its end. */
  open(grant: TunnelGrant): ChannelTransport {
    const { world, fabric } = this.#options;
    const { client, service } = createChannelPair();
    const { id } = grant.endpoint;
    this.#count(id, 1);
    const opening = fabric.openTunnel(grant.region.place, id, grant);
    const watching = world.onDidSettle(() => {
      if (!grant.region.instanceConnectEndpoints.has(id)) service.close();
    });
    const limit = world.timeline.after(grant.maxDurationSeconds * 1000, () => service.close());
    void joinTunnel(service, opening).finally(() => {
      for (const each of [watching, limit]) each.dispose();
      this.#count(id, -1);
    });
    return client;
  }

  /** As {@link admit} and {@link open} in one, for a whole URL; refused, it closes like a lost link, with the refusal as its reason. */
  openUrl(url: string): ChannelTransport {
    const { host, pathname: path, search } = new URL(url);
    const pair = createChannelPair();
    const request = { method: 'GET', host, path, query: search.slice(1), headers: {}, body: new Uint8Array() };
    this.admit(request).then(
      grant => joinTransports(this.open(grant), pair.service),
      error => pair.service.close(lostLink, refusalText(error)),
    );
    return pair.client;
  }

  /** As {@link admit} and {@link open} in one, for an upgrade over the simulated network. */
  async upgrade(request: WireRequest, via: ServiceCall): Promise<WireResponse | Upgrade> {
    try {
      const channel = this.open(await this.admit(request, via));
      const accept = acceptOf(request.headers['sec-websocket-key'] ?? '', this.#options.digests.sha1);
      return { headers: { 'sec-websocket-accept': accept }, channel };
    } catch (error) {
      if (error instanceof ServiceFault) return tunnelRefusal(error);
      throw error;
    }
  }

  /** A client that reaches the service by an address of its own signs for that, or for the endpoint's name. */
  async #signIn(request: WireRequest, presented: PresignedSignature, endpointId: string): Promise<Principal> {
    const { world, digests } = this.#options;
    const names = [...world.regions].flatMap(
      ({ instanceConnectEndpoints: endpoints }) =>
        endpoints.get(endpointId as InstanceConnectEndpointId)?.dnsName ?? [],
    );
    const [host = request.host, ...others] = [...new Set([...names, request.host])];
    const as = (name: string) => signIn(world, digests, this.#service, { ...request, host: name }, presented);
    return others.reduce((before, other) => before.catch(() => as(other)), as(host));
  }

  #placeOf({ accountId }: Principal, region: string): PlaceState {
    const found = [...this.#options.world.regions].find(
      ({ place }) => place.accountId === accountId && place.region === region,
    );
    if (!found) throw new ServiceFault('InvalidParameter', `The practice cloud has no Region ${region}.`);
    return found;
  }

  /** "Actions, resources, and condition keys for Amazon EC2 Instance Connect: OpenTunnel". */
  #checkRight(
    caller: Principal,
    region: PlaceState,
    { endpointId, address, port, maxDurationSeconds }: TunnelRequest,
    endpoint: InstanceConnectEndpoint | undefined,
    via: ServiceCall | undefined,
  ): void {
    const { world } = this.#options;
    const { place } = region;
    const account = world.account(place.accountId);
    const needed = {
      action: `${signingName}:OpenTunnel`,
      resource: `arn:aws:ec2:${place.region}:${place.accountId}:instance-connect-endpoint/${endpointId}`,
      facts: {
        ...tagFacts('aws:resourcetag', endpoint?.tags ?? {}),
        ...tagFacts('ec2:resourcetag', endpoint?.tags ?? {}),
        [`${signingName}:remoteport`]: String(port),
        [`${signingName}:privateipaddress`]: address,
        [`${signingName}:maxtunnelduration`]: String(maxDurationSeconds),
      },
    };
    const denial = identityDenial({ account, caller, via, nowMs: world.timeline.now(), region }, needed);
    if (denial) throw new ServiceFault('AccessDenied', denial.text, 403);
  }

  #checkRoom({ id, state }: InstanceConnectEndpoint): void {
    if (state !== 'createComplete')
      throw new ServiceFault('InvalidState', `The EC2 Instance Connect Endpoint ${id} is not available.`);
    if ((this.#open.get(id) ?? 0) >= mostTunnels)
      throw new ServiceFault(
        'LimitExceeded',
        `The EC2 Instance Connect Endpoint ${id} has ${mostTunnels} connections.`,
        429,
      );
  }

  #count(id: InstanceConnectEndpointId, change: number): void {
    const count = (this.#open.get(id) ?? 0) + change;
    if (count > 0) this.#open.set(id, count);
    else this.#open.delete(id);
  }
}

function refusalText(error: unknown): string {
  return error instanceof ServiceFault ? new TextDecoder().decode(tunnelRefusal(error).body) : String(error);
}
