/** The writes around endpoint services that the fault runs try. */
import {
  planAcceptanceChange,
  planLoadBalancerChange,
  planPrincipalChange,
  planPrivateDnsNameChange,
  planVerification,
  type ServicePlace,
} from '../../../src/app/operations/changeService';
import { planService, type ServiceRequest, untilActive } from '../../../src/app/operations/planService';
import { planServiceFromInstance } from '../../../src/app/operations/planServiceFromInstance';
import { readEndpointChoices } from '../../../src/app/operations/readEndpointChoices';
import { readServiceChoices } from '../../../src/app/operations/readServiceChoices';
import { planLoadBalancerRemoval, planServiceRemoval } from '../../../src/app/operations/removeService';
import type { LoadBalancerDescription } from '../../../src/core/loadBalancerDescription';
import { type FaultedOperation, type FaultGround, theFirst, undisturbed } from './faultGround';

const request: ServiceRequest = {
  name: 'tried',
  isAcceptanceRequired: true,
  principals: ['*'],
  privateDnsName: undefined,
};

/** A load balancer that is active, in every zone, and serves nothing. */
export async function loadBalancer({ scope, clock }: FaultGround, name: string): Promise<LoadBalancerDescription> {
  const { loadBalancers, network } = await scope.gateways();
  const { subnets } = await network.readSnapshot(['subnets']);
  const all = subnets.known ? subnets.value : [];
  const { vpcId } = theFirst(all, 'subnet');
  const made = await loadBalancers.createLoadBalancer({
    name,
    scheme: 'internal',
    subnetIds: all.filter(subnet => subnet.vpcId === vpcId).map(({ id }) => id),
    securityGroupIds: [],
    tags: {},
  });
  await untilActive(scope, made.arn, clock, undisturbed);
  return made;
}

/** A service that everybody may ask for. */
export async function servicePlace(ground: FaultGround, change: Partial<ServiceRequest> = {}): Promise<ServicePlace> {
  const { scope, clock, stores } = ground;
  const balancer = await loadBalancer(ground, 'tried');
  const service = await planService(scope, balancer, { ...request, ...change }, { clock }).run(undisturbed);
  return { scope, service, store: stores.services };
}

/** The other account asks for a service. */
export async function connectOther({ other }: FaultGround, serviceName: string): Promise<void> {
  const { subnets, vpcs } = (await readEndpointChoices(other)).snapshot;
  const vpcId = theFirst(vpcs.known ? vpcs.value : [], 'VPC').id;
  const inside = (subnets.known ? subnets.value : []).filter(subnet => subnet.vpcId === vpcId);
  const { endpoints } = await other.gateways();
  await endpoints.createInterfaceEndpoint({
    vpcId,
    serviceName,
    subnetIds: [theFirst(inside, 'subnet').id],
    securityGroupIds: [],
    privateDnsEnabled: false,
    tags: {},
    clientToken: crypto.randomUUID(),
  });
}

export async function fromInstance(ground: FaultGround) {
  const { scope, clock, stores } = ground;
  const choices = await readServiceChoices(scope);
  const served = { instance: theFirst(choices.instances, 'instance'), port: 80 };
  return planServiceFromInstance(scope, choices, served, request, { clock, store: stores.services });
}

export const faultedServices: readonly FaultedOperation[] = [
  {
    name: 'create an endpoint service from a load balancer',
    async prepare(ground) {
      const { scope, clock, stores } = ground;
      const balancer = await loadBalancer(ground, 'tried');
      return planService(scope, balancer, request, { clock, store: stores.services });
    },
  },
  {
    name: 'create an endpoint service from an instance',
    prepare: fromInstance,
  },
  {
    name: 'let a service accept by itself',
    prepare: async ground => planAcceptanceChange(await servicePlace(ground), false),
  },
  {
    name: 'exchange the principals of a service',
    async prepare(ground) {
      const add = ['arn:aws:iam::111122223333:root'];
      return planPrincipalChange(await servicePlace(ground), { add, remove: ['*'] });
    },
  },
  {
    name: 'exchange the load balancers of a service',
    async prepare(ground) {
      const place = await servicePlace(ground);
      const { arn } = await loadBalancer(ground, 'other');
      return planLoadBalancerChange(place, { add: [arn], remove: place.service.loadBalancerArns });
    },
  },
  {
    name: 'give a service a private name',
    prepare: async ground => planPrivateDnsNameChange(await servicePlace(ground), 'web.example.com'),
  },
  {
    name: 'let AWS verify a private name',
    prepare: async ground => planVerification(await servicePlace(ground, { privateDnsName: 'web.example.com' })),
  },
  {
    name: 'delete a service that an endpoint uses',
    async prepare(ground) {
      const { scope, stores } = ground;
      const { service } = await servicePlace(ground, { isAcceptanceRequired: false });
      await connectOther(ground, service.serviceName);
      const details = theFirst(await stores.services.refresh(scope), 'service');
      return planServiceRemoval(scope, details, stores.services);
    },
  },
  {
    name: 'delete a load balancer with its target group',
    async prepare(ground) {
      const { scope, clock, stores } = ground;
      const { id } = await (await fromInstance(ground)).run(undisturbed);
      const details = theFirst(await stores.services.refresh(scope), 'service');
      await (await scope.gateways()).endpointServices.deleteService(id);
      return planLoadBalancerRemoval(scope, theFirst(details.loadBalancers, 'load balancer'), clock);
    },
  },
];
