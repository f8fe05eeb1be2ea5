import type { Clock } from '../base/clock';
import { readServices } from './readServices';
import { ResourceList } from './resourceList';
import type { ServiceDetails } from './serviceDetails';

/** Endpoint services of each scope with their load balancers, principals and connections. */
export class EndpointServiceStore extends ResourceList<ServiceDetails> {
  constructor(clock: Clock) {
    super(
      {
        read: async (scope, signal) => readServices(await scope.gateways(), { signal }),
        idOf: ({ service }) => service.id,
        fingerprint: ({ problems, ...details }) => JSON.stringify([details, problems.map(({ code }) => code)]),
        isMoving,
      },
      clock,
    );
  }
}

function isMoving({ service, loadBalancers, connections }: ServiceDetails): boolean {
  return (
    service.state === 'pending' ||
    service.state === 'deleting' ||
    service.privateDnsName?.state === 'pendingVerification' ||
    (connections ?? []).some(({ state }) => state === 'pending' || state === 'deleting') ||
    loadBalancers.some(
      ({ balancer, targetGroups }) =>
        balancer?.state === 'provisioning' ||
        targetGroups.some(({ targets }) => targets.some(({ health }) => health === 'initial' || health === 'draining')),
    )
  );
}
