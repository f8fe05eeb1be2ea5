import { awaitsAcceptance } from '../../core/endpointServiceConfiguration';
import { iamArn } from '../../core/partition';
import { prose, telling } from '../../core/prose';
import { need } from '../../core/reading';
import { check, fails, holds } from '../check';
import type { Step } from '../lab';
import { ownName } from '../labWorld';
import { consumerOf, findBalancer, findConnection, findEndpoint, findService, principalFor, providerOf } from './find';

/** 6.9: the offer. */
export const serviceStep: Step = {
  id: '6.9',
  account: 'provider',
  title: prose('Offer the balancer as an endpoint service'),
  reason: prose(
    'The endpoint service is what others connect to. It hides everything behind it: no route, no peering, and the address ranges of the two VPCs may even be the same.',
  ),
  hints: [
    prose('VPC console, endpoint services; the load balancer must be active.'),
    prose('Choose the balancer, and let every connection wait for your acceptance.'),
    prose(
      'One balancer stands behind one service only. The service’s name contains vpce-svc; consumers need that name.',
    ),
  ],
  symptoms: [
    {
      seen: prose(
        'Creating the service says that the load balancer is not active, or belongs to another service already',
      ),
    },
    {
      seen: prose('Endpoints become available without anybody having accepted them'),
      recognise: site => {
        const service = findService(site);
        return service && !service.isAcceptanceRequired
          ? telling(prose('service {0} lets everybody in who may find it, without asking'), service.id)
          : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const service = findService(site);
      const balancer = findBalancer(site);
      if (!service) return fails(telling(prose('No endpoint service yet.')));
      if (service.state !== 'available') return fails(telling(prose('Service {0} is not available yet.'), service.id));
      if (!service.isAcceptanceRequired)
        return fails(telling(prose('Service {0} does not ask for acceptance.'), service.id));
      return balancer && service.loadBalancerArns.includes(balancer.arn)
        ? holds(telling(prose('Service {0} offers {1}.'), service.serviceName, balancer.name), service.id)
        : fails(telling(prose('Service {0} does not stand before the balancer.'), service.id));
    }),
  action: site => {
    const balancer = findBalancer(site);
    return balancer && !findService(site)
      ? { operation: 'createEndpointService', name: ownName(site), loadBalancerArn: balancer.arn }
      : undefined;
  },
};

/** 6.11: the consumer does not see it yet. */
export const lookBeforeStep: Step = {
  id: '6.11',
  account: 'consumer',
  title: prose('Look the service up before you may'),
  reason: prose(
    'A service is shown to those only whom its provider allows. To all others AWS says that it does not exist, which reads like a typing mistake.',
  ),
  hints: [
    prose('As the consumer, ask for the service by its name.'),
    prose('aws ec2 describe-vpc-endpoint-services with the service’s name.'),
    prose('It must fail: InvalidServiceName, “does not exist”. In the console the name cannot be verified.'),
  ],
  symptoms: [
    {
      seen: prose('The service is found although nobody was allowed'),
      recognise: (site, { lookUps }, world) => {
        const principal = lookUps.before === true ? principalFor(providerOf(world), site) : undefined;
        return principal === undefined
          ? undefined
          : telling(prose('the service’s provider allows {0} already'), principal);
      },
    },
  ],
  done: proveHidden,
  proof: proveHidden,
  action: (_site, { lookUps }, world) => {
    const service = findService(providerOf(world));
    return service && lookUps.before === undefined
      ? { operation: 'lookUpService', serviceName: service.serviceName, lookUp: 'before' }
      : undefined;
  },
};

function proveHidden(...[, { lookUps }, world]: Parameters<Step['done']>) {
  return check(() => {
    const service = findService(providerOf(world));
    if (!service || lookUps.before === undefined)
      return fails(telling(prose('The service has not been looked up yet.')));
    return lookUps.before
      ? fails(telling(prose('Service {0} is shown to the consumer already.'), service.id))
      : holds(telling(prose('AWS tells the consumer that {0} does not exist.'), service.serviceName), service.id);
  });
}

/** 6.12: who may find it. */
export const permissionStep: Step = {
  id: '6.12',
  account: 'provider',
  title: prose('Allow the consumer’s account'),
  reason: prose(
    'The permission lets an account find the service and ask for a connection. It does not accept the connection.',
  ),
  hints: [
    prose('Allow principals, in the service’s own tab.'),
    prose('The principal is an ARN; for a whole account it ends in :root.'),
    prose(
      'arn:aws:iam::444455556666:root, with the consumer’s account number. An ARN of a user or role with a path never matches.',
    ),
  ],
  symptoms: [
    {
      seen: prose('The consumer still reads that the service does not exist'),
      recognise: (site, _evidence, world) => {
        const service = findService(site);
        const consumer = consumerOf(world);
        if (!service || principalFor(site, consumer)) return undefined;
        const others = (need(site.endpointServices).principals.get(service.id) ?? []).map(({ principal }) => principal);
        const { accountId } = consumer.snapshot.place;
        return others.length > 0
          ? telling(
              prose('the service allows {0}, which is not the consumer’s account {1}'),
              others.join(', '),
              accountId,
            )
          : telling(prose('the service allows nobody yet, so account {0} may not find it'), accountId);
      },
    },
  ],
  done: (site, _evidence, world) =>
    check(() => {
      const service = findService(site);
      const consumer = consumerOf(world);
      if (!service) return fails(telling(prose('No endpoint service yet.')));
      const principal = principalFor(site, consumer);
      return principal
        ? holds(telling(prose('{0} may find {1}.'), principal, service.id), service.id)
        : fails(telling(prose('Account {0} may not find {1} yet.'), consumer.snapshot.place.accountId, service.id));
    }),
  action: (site, _evidence, world) => {
    const service = findService(site);
    const consumer = consumerOf(world);
    if (!service || principalFor(site, consumer)) return undefined;
    const { region, accountId } = consumer.snapshot.place;
    return { operation: 'allowPrincipal', serviceId: service.id, principal: iamArn(region, accountId, 'root') };
  },
};

/** 6.13: now it does. */
export const lookAfterStep: Step = {
  id: '6.13',
  account: 'consumer',
  title: prose('Look the service up again'),
  reason: prose('The same question, the same account, another answer: the permission is all that has changed.'),
  hints: [
    prose('Ask as you did before.'),
    prose('The answer names the owner, whether acceptance is required, and the zones.'),
    prose('Zones’ names differ between accounts; compare their ids, such as aps1-az1.'),
  ],
  symptoms: [],
  done: proveShown,
  proof: proveShown,
  action: (_site, { lookUps }, world) => {
    const service = findService(providerOf(world));
    return service && lookUps.after === undefined
      ? { operation: 'lookUpService', serviceName: service.serviceName, lookUp: 'after' }
      : undefined;
  },
};

/** An endpoint for the service shows as well that it was found. */
function proveShown(...[site, { lookUps }, world]: Parameters<Step['done']>) {
  return check(() => {
    const provider = providerOf(world);
    const service = findService(provider);
    const isFound = lookUps.after ?? (findEndpoint(site, provider) !== undefined || undefined);
    if (!service || isFound === undefined)
      return fails(telling(prose('The service has not been looked up again yet.')));
    return isFound
      ? holds(telling(prose('AWS shows {0} to the consumer.'), service.serviceName), service.id)
      : fails(telling(prose('AWS tells the consumer that {0} does not exist.'), service.serviceName));
  });
}

/** 6.16: somebody asks to come in. */
export const requestStep: Step = {
  id: '6.16',
  account: 'provider',
  title: prose('See the request'),
  reason: prose(
    'The provider learns who asks: the consumer’s account and the id of the endpoint, and nothing of its network.',
  ),
  hints: [
    prose('The service’s tab Endpoint connections.'),
    prose('aws ec2 describe-vpc-endpoint-connections with a filter on service-id.'),
    prose('The owner of the endpoint must be the consumer’s account, the state pendingAcceptance.'),
  ],
  symptoms: [],
  done: (site, _evidence, world) =>
    check(() => {
      const consumer = consumerOf(world);
      const connection = findConnection(site, consumer);
      return connection?.ownerId === consumer.snapshot.place.accountId
        ? holds(
            telling(prose('Account {0} asks with {1}.'), connection.ownerId, connection.endpointId),
            connection.endpointId,
          )
        : fails(telling(prose('No request of account {0} yet.'), consumer.snapshot.place.accountId));
    }),
  action: () => undefined,
};

/** 6.17: the provider's word. */
export const acceptStep: Step = {
  id: '6.17',
  account: 'provider',
  title: prose('Accept it'),
  reason: prose('Until the provider accepts, the endpoint has a DNS name and nobody behind it: a call to it hangs.'),
  hints: [
    prose('The request waits in the service’s tab Endpoint connections.'),
    prose('Accept the connection whose endpoint and owner you know.'),
    prose('Rejecting is final for that endpoint: the consumer must make another one.'),
  ],
  symptoms: [
    {
      seen: prose('The endpoint’s DNS name exists, and curl hangs'),
      recognise: (site, _evidence, world) => {
        const connection = findConnection(site, consumerOf(world));
        return connection && awaitsAcceptance(connection)
          ? telling(prose('the provider has not accepted {0}'), connection.endpointId)
          : undefined;
      },
    },
    {
      seen: prose('The consumer sees the state rejected'),
      recognise: (site, _evidence, world) => {
        const connection = findConnection(site, consumerOf(world));
        return connection?.state === 'rejected'
          ? telling(prose('the provider has rejected {0}; it takes another endpoint'), connection.endpointId)
          : undefined;
      },
    },
  ],
  done: (site, _evidence, world) =>
    check(() => {
      const connection = findConnection(site, consumerOf(world));
      if (!connection) return fails(telling(prose('There is no request to accept.')));
      return connection.state === 'available' || connection.state === 'pending'
        ? holds(telling(prose('{0} is accepted.'), connection.endpointId), connection.endpointId)
        : fails(telling(prose('{0} is not accepted: {1}.'), connection.endpointId, connection.state));
    }),
  action: (site, _evidence, world) => {
    const connection = findConnection(site, consumerOf(world));
    return connection && awaitsAcceptance(connection)
      ? { operation: 'acceptConnection', serviceId: connection.serviceId, endpointId: connection.endpointId }
      : undefined;
  },
};
