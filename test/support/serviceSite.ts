import assert from 'node:assert/strict';
import type { Scope } from '../../src/app/appModel';
import type { EndpointServiceConfiguration } from '../../src/core/endpointServiceConfiguration';
import type { VpcEndpoint } from '../../src/core/network';
import { waitUntil } from './waitUntil';

type Account = Pick<Scope, 'gateways'>;

const balancerTimeoutMs = 60_000;
const endpointTimeoutMs = 60_000;

/** Two accounts of a cloud in real time: one offers a service, the other asks for it. */
export class ServiceSite {
  #tokens = 0;

  private constructor(
    private readonly provider: Account,
    private readonly consumer: Account,
    readonly service: EndpointServiceConfiguration,
    readonly providerId: string,
    readonly consumerId: string,
  ) {}

  /** Makes the balancer and the service of this name, which everybody may ask for and whose owner must accept. */
  static async open(provider: Account, consumer: Account, name = 'shop'): Promise<ServiceSite> {
    const { endpointServices, identity } = await provider.gateways();
    const arn = await makeBalancer(provider, name);
    const service = await endpointServices.createService({
      networkLoadBalancerArns: [arn],
      isAcceptanceRequired: true,
      tags: { Name: name },
      clientToken: `service-${name}`,
    });
    await endpointServices.modifyAllowedPrincipals(service.id, { add: ['*'] });
    const { identity: consumerIdentity } = await consumer.gateways();
    const [{ accountId: providerId }, { accountId: consumerId }] = await Promise.all([
      identity.whoAmI(),
      consumerIdentity.whoAmI(),
    ]);
    return new ServiceSite(provider, consumer, service, providerId, consumerId);
  }

  /** The consumer asks once more. */
  async ask(): Promise<VpcEndpoint> {
    const { endpoints } = await this.consumer.gateways();
    const [subnet] = await subnetsOf(this.consumer);
    assert.ok(subnet);
    return endpoints.createInterfaceEndpoint({
      vpcId: subnet.vpcId,
      serviceName: this.service.serviceName,
      subnetIds: [subnet.id],
      securityGroupIds: [],
      privateDnsEnabled: false,
      tags: {},
      clientToken: `endpoint-${this.#tokens++}`,
    });
  }

  /** The provider accepts it; resolves when traffic can flow. */
  async accept(endpoint: VpcEndpoint): Promise<void> {
    const { endpointServices } = await this.provider.gateways();
    await this.waitForState(endpoint, 'pendingAcceptance');
    await endpointServices.acceptConnections(this.service.id, [endpoint.id]);
    await this.waitForState(endpoint, 'available');
  }

  /** The consumer's endpoint that was asked for last, by whatever way. */
  async newest(): Promise<VpcEndpoint> {
    const { endpoints } = await this.consumer.gateways();
    const all = (await endpoints.listEndpoints()).filter(({ serviceName }) => serviceName === this.service.serviceName);
    const newest = all.sort((one, other) => (other.createdAtMs ?? 0) - (one.createdAtMs ?? 0))[0];
    assert.ok(newest);
    return newest;
  }

  /** Waits until the consumer's side says so. */
  async waitForState(endpoint: Pick<VpcEndpoint, 'id'>, wanted: VpcEndpoint['state']): Promise<void> {
    const { endpoints } = await this.consumer.gateways();
    let state: string | undefined;
    const isSo = async () => {
      state = (await endpoints.findEndpoint(endpoint.id))?.state;
      return state === wanted;
    };
    await waitUntil(isSo, () => `${endpoint.id} to be ${wanted}; it is ${state}`, endpointTimeoutMs);
  }
}

/** Makes a network load balancer of this name; resolves with its ARN when it is active. */
export async function makeBalancer(account: Account, name: string): Promise<string> {
  const { loadBalancers } = await account.gateways();
  const subnetIds = (await subnetsOf(account)).map(({ id }) => id);
  const { arn } = await loadBalancers.createLoadBalancer({
    name,
    scheme: 'internal',
    subnetIds,
    securityGroupIds: [],
    tags: {},
  });
  const isActive = async () => {
    const balancers = await loadBalancers.listLoadBalancers();
    return balancers.some(balancer => balancer.arn === arn && balancer.state === 'active');
  };
  await waitUntil(isActive, 'the load balancer to be active', balancerTimeoutMs);
  return arn;
}

async function subnetsOf(account: Account) {
  const { network } = await account.gateways();
  const { subnets } = await network.readSnapshot(['subnets']);
  return subnets.known ? subnets.value : [];
}
