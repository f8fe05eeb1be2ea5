import type { Clock } from '../../../base/clock';
import type { InstanceId, NetworkInterfaceId } from '../../../core/ids';
import { INSTANCE_METADATA } from '../../../core/vpcResolver';
import type { Chance } from '../../chance';
import type { RegionState, WorldView } from '../../world/regionState';
import type { NetworkNode } from '../forwarding/networkNode';
import { groupsOf, subnetOf } from '../forwarding/worldLookup';
import { IpStack } from '../host/ipStack';
import { linkLocalProfile } from '../host/profiles';
import { serveHttp } from './httpService';
import { MetadataService } from './metadataService';
import type { MetadataSubject } from './metadataTree';

export interface MetadataHostOptions {
  readonly world: WorldView;
  readonly state: RegionState;
  readonly instanceId: InstanceId;
  readonly networkInterfaceId: NetworkInterfaceId;
  readonly clock: Clock;
  readonly chance: Chance;
  transmit(packet: Uint8Array): void;
}

const httpPort = 80;
const thinking = { leastThinkingMs: 0.2, mostThinkingMs: 1.5 };

/** 169.254.169.254 as one instance meets it. */
export class MetadataHost implements NetworkNode {
  readonly #options: MetadataHostOptions;
  readonly #stack: IpStack;

  constructor(options: MetadataHostOptions) {
    this.#options = options;
    const { clock, chance } = options;
    const service = new MetadataService({ clock, chance: chance.fork('tokens'), subject: () => this.#subject() });
    this.#stack = new IpStack({
      clock,
      chance: chance.fork('stack'),
      profile: linkLocalProfile,
      sourceFor: () => INSTANCE_METADATA,
      owns: address => address === INSTANCE_METADATA,
      transmit: packet => options.transmit(packet),
    });
    this.#stack.tcp.listen(httpPort, connection => {
      const answer = async (request: Parameters<MetadataService['answer']>[0]) => service.answer(request);
      // A client that breaks off is no concern of the service's.
      serveHttp(connection, { clock, chance, ...thinking, answer }).catch(() => connection.reset());
    });
  }

  receive(packet: Uint8Array): void {
    this.#stack.receive(packet);
  }

  dispose(): void {
    this.#stack.dispose();
  }

  #subject(): MetadataSubject | undefined {
    const { state, world, instanceId, networkInterfaceId } = this.#options;
    const instance = state.instances.get(instanceId);
    const networkInterface = state.networkInterfaces.get(networkInterfaceId);
    const subnet = networkInterface && subnetOf(state, networkInterface);
    const vpc = networkInterface && state.vpcs.get(networkInterface.vpcId);
    if (!instance || !networkInterface || !subnet || !vpc) return undefined;
    return {
      place: state.place,
      instance,
      details: state.instanceDetails.get(instanceId),
      networkInterface,
      subnet,
      vpc,
      groups: groupsOf(state, networkInterface),
      credentials: world.roleCredentials(state.place, instanceId),
    };
  }
}
