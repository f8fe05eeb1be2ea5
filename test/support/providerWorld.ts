import type { Scope } from '../../src/app/appModel';
import { EndpointServiceStore } from '../../src/app/endpointServiceStore';
import type { ServiceDetails } from '../../src/app/serviceDetails';
import type { EndpointServiceConfiguration } from '../../src/core/endpointServiceConfiguration';
import type { AccountId, EndpointServiceId } from '../../src/core/ids';
import type { LoadBalancerDescription } from '../../src/core/loadBalancerDescription';
import type { VpcEndpoint } from '../../src/core/network';
import { PracticeScopes } from './practiceScopes';

/** Two accounts of the practice cloud, the first with a load balancer, by the gateways that the extension uses. */
export class ProviderWorld extends PracticeScopes {
  #tokens = 0;

  static async start(): Promise<ProviderWorld> {
    await PracticeScopes.load();
    return new ProviderWorld('default');
  }

  async addLoadBalancer(name: string): Promise<LoadBalancerDescription> {
    const { loadBalancers } = await this.provider.gateways();
    const subnetIds = (await this.#subnets(this.provider)).map(({ id }) => id);
    const input = { name, scheme: 'internal', subnetIds, securityGroupIds: [], tags: {} } as const;
    const made = await this.run(loadBalancers.createLoadBalancer(input));
    await this.pass(3 * 60_000);
    return made;
  }

  async addService(balancer: LoadBalancerDescription, isOpen = true): Promise<EndpointServiceConfiguration> {
    const { endpointServices } = await this.provider.gateways();
    const made = await this.run(
      endpointServices.createService({
        networkLoadBalancerArns: [balancer.arn],
        isAcceptanceRequired: true,
        tags: { Name: `service of ${balancer.name}` },
        clientToken: `service-${this.#tokens++}`,
      }),
    );
    if (isOpen) await this.run(endpointServices.modifyAllowedPrincipals(made.id, { add: ['*'] }));
    return made;
  }

  /** What is known of a service, as its view would show it. */
  async details(id: EndpointServiceId): Promise<ServiceDetails> {
    const all = await this.run(new EndpointServiceStore(this.timeline).refresh(this.provider));
    const found = all.find(({ service }) => service.id === id);
    if (!found) throw new Error(`${id} is not listed`);
    return found;
  }

  /** The consumer asks for a service. */
  async connect(serviceName: string): Promise<VpcEndpoint> {
    const { endpoints } = await this.consumer.gateways();
    const [subnet] = await this.#subnets(this.consumer);
    return this.run(
      endpoints.createInterfaceEndpoint({
        vpcId: subnet!.vpcId,
        serviceName,
        subnetIds: [subnet!.id],
        securityGroupIds: [],
        privateDnsEnabled: false,
        tags: {},
        clientToken: `endpoint-${this.#tokens++}`,
      }),
    );
  }

  async endpointState(endpoint: VpcEndpoint): Promise<string | undefined> {
    const { endpoints } = await this.consumer.gateways();
    return (await this.run(endpoints.findEndpoint(endpoint.id)))?.state;
  }

  async accountOf(scope: Scope): Promise<AccountId> {
    return (await this.run((await scope.gateways()).identity.whoAmI())).accountId;
  }

  async #subnets(scope: Scope) {
    const { network } = await scope.gateways();
    const { subnets } = await this.run(network.readSnapshot(['subnets']));
    return subnets.known ? subnets.value : [];
  }
}
