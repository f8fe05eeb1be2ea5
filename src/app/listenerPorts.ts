import { ownServiceOf } from '../core/serviceNames';
import type { ResourceStore, Scope } from './appModel';
import type { ServiceDetails } from './serviceDetails';

/**
 * The ports at which an endpoint service listens, in order. Only its owner can see them: the scope itself, which is asked if need be, or another
 * scope of the window that has read its services. Empty when none of them owns it, or AWS does not tell. Never rejects.
 */
export async function listenerPorts(
  services: Pick<ResourceStore<ServiceDetails>, 'get' | 'load'>,
  scope: Scope,
  others: readonly Scope[],
  serviceName: string,
): Promise<readonly number[]> {
  if (!ownServiceOf(serviceName)) return [];
  const own = await services.load(scope).catch(() => []);
  const all = [...own, ...others.flatMap(other => services.get(other).value ?? [])];
  const details = all.find(({ service }) => service.serviceName === serviceName);
  const ports = details?.loadBalancers.flatMap(({ listeners }) => listeners.map(({ port }) => port)) ?? [];
  return [...new Set(ports)].sort((one, other) => one - other);
}
