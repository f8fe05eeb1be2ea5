import type { InstanceId } from '../core/ids';
import { ownServiceOf } from '../core/serviceNames';
import type { ResourceStore, Scope } from './appModel';
import type { ServiceDetails } from './serviceDetails';

/** What stands behind an endpoint service, in the account that offers it. */
export interface ServiceProvider {
  readonly scope: Scope;
  /** Instances that its load balancers send to. */
  readonly instanceIds: readonly InstanceId[];
  /** Ports that these send to, in order. */
  readonly ports: readonly number[];
}

/** Who offers a service, among the scopes of the window; undefined when none of them does, or it could not be read. Never rejects. */
export async function serviceProvider(
  services: Pick<ResourceStore<ServiceDetails>, 'load'>,
  scopes: readonly Scope[],
  serviceName: string,
): Promise<ServiceProvider | undefined> {
  if (!ownServiceOf(serviceName)) return undefined;
  const found = await Promise.all(
    scopes.map(async scope => providerIn(await readServices(services, scope), scope, serviceName)),
  );
  return found.find(provider => provider !== undefined);
}

function readServices(services: Pick<ResourceStore<ServiceDetails>, 'load'>, scope: Scope) {
  return services.load(scope).catch((): readonly ServiceDetails[] => []);
}

function providerIn(all: readonly ServiceDetails[], scope: Scope, serviceName: string): ServiceProvider | undefined {
  const details = all.find(({ service }) => service.serviceName === serviceName);
  if (!details) return undefined;
  const targets = details.loadBalancers.flatMap(({ targetGroups }) => targetGroups).flatMap(group => group.targets);
  const ids = targets.filter(({ id }) => id.startsWith('i-')).map(({ id }) => id as InstanceId);
  const ports = new Set(targets.map(({ port }) => port));
  return { scope, instanceIds: [...new Set(ids)], ports: [...ports].sort((one, other) => one - other) };
}
