import type { Clock } from '../../../base/clock';
import { privateHostName, publicHostName } from '../../../core/hostNames';
import type { VpcId } from '../../../core/ids';
import { covers } from '../../../core/ipv4';
import type { Vpc } from '../../../core/network';
import { LINK_LOCAL_RESOLVER } from '../../../core/vpcResolver';
import type { Chance } from '../../chance';
import type { RegionState, WorldView } from '../../world/regionState';
import type { NetworkNode } from '../forwarding/packetMover';
import { interfaceWithPublicAddress } from '../forwarding/worldLookup';
import { IpStack } from '../host/ipStack';
import { linkLocalProfile } from '../host/profiles';
import { answerQuery, type ResolverKnowledge } from './nameServer';

export interface ResolverHostOptions {
  readonly world: WorldView;
  readonly state: RegionState;
  readonly vpcId: VpcId;
  readonly clock: Clock;
  readonly chance: Chance;
  transmit(packet: Uint8Array): void;
}

const domainPort = 53;

/** The Amazon-provided resolver as one interface meets it, at both of its addresses. */
export class ResolverHost implements NetworkNode {
  readonly #options: ResolverHostOptions;
  readonly #stack: IpStack;

  constructor(options: ResolverHostOptions) {
    this.#options = options;
    const { clock, chance } = options;
    this.#stack = new IpStack({
      clock,
      chance: chance.fork('stack'),
      profile: linkLocalProfile,
      sourceFor: () => LINK_LOCAL_RESOLVER,
      owns: () => true,
      transmit: packet => options.transmit(packet),
    });
    this.#stack.udp.serve(domainPort, ({ payload }, reply) => this.#answer(payload, reply));
  }

  receive(packet: Uint8Array): void {
    this.#stack.receive(packet);
  }

  dispose(): void {
    this.#stack.dispose();
  }

  #answer(message: Uint8Array, reply: (payload: Uint8Array) => void): void {
    const { clock, chance } = this.#options;
    const knowledge = this.#knowledge();
    const answer = knowledge && answerQuery(message, knowledge, chance);
    if (answer) clock.after(chance.between(100, 900) / 1000, () => reply(answer));
  }

  #knowledge(): ResolverKnowledge | undefined {
    const { state, world, vpcId } = this.#options;
    const vpc = state.vpcs.get(vpcId);
    const attributes = state.dnsAttributes.get(vpcId);
    if (!vpc || !attributes) return undefined;
    const regions = [...world.regions];
    return {
      view: {
        region: state.place.region,
        vpc,
        attributes,
        dhcpOptions: undefined,
        endpoints: regions.flatMap(region => [...region.endpoints.values()]),
        networkInterfaces: regions.flatMap(region => [...region.networkInterfaces.values()]),
        subnets: regions.flatMap(region => [...region.subnets.values()]),
        publicAddresses: name => world.publicAddresses(name),
        privateNamesOf: serviceName => world.privateNamesOf(serviceName),
      },
      reverseName: address => this.#reverseName(address, vpc),
    };
  }

  /** Every address of the VPC reverses to its host name, in use or not, when host names are on. */
  #reverseName(address: string, vpc: Vpc): string | undefined {
    const { state, world } = this.#options;
    if (vpc.cidrBlocks.some(range => covers(range, address))) {
      const hasHostNames = state.dnsAttributes.get(vpc.id)?.enableDnsHostnames;
      return hasHostNames ? privateHostName(address, state.place.region) : undefined;
    }
    const owner = interfaceWithPublicAddress(world, address);
    return owner && publicHostName(address, owner.state.place.region);
  }
}
