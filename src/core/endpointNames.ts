/** The names that lead to an endpoint: its own, and those of its service that private DNS takes over. */
import type { VpcEndpoint } from './network';
import { privateNamesOfService } from './serviceNames';

/** Whether a name is one that AWS gives an endpoint for itself (`vpce-…`, also under `*.`), and not its service's. */
export function isOwnName(name: string): boolean {
  return /^(?:\*\.)?vpce-/.test(name);
}

/** AWS's own services by rule; somebody's service by the names that AWS lists at its endpoints while private DNS is on. */
export function privateNames(serviceName: string, endpoints: readonly VpcEndpoint[]): readonly string[] {
  const listed = namesAt(serviceName, endpoints).filter(name => !isOwnName(name));
  return [...new Set([...privateNamesOfService(serviceName), ...listed])];
}

/** Names that lead to these endpoints of a service wherever they are asked for: regional ones first, as AWS lists them. */
export function ownNames(serviceName: string, endpoints: readonly VpcEndpoint[]): readonly string[] {
  return namesAt(serviceName, endpoints).filter(isOwnName);
}

function namesAt(serviceName: string, endpoints: readonly VpcEndpoint[]): readonly string[] {
  return endpoints
    .filter(endpoint => endpoint.serviceName === serviceName)
    .flatMap(({ dnsEntries }) => dnsEntries.map(({ name }) => name));
}

/** A name to ask for in place of a pattern: `*.` stands for any label. */
export function nameUnder(pattern: string): string {
  return pattern.replace(/^\*\./, 'any.');
}

/** The zone that a name of an endpoint's own leads to, such as `ap-south-1a`; undefined for one that leads to all its zones. */
export function zoneOfOwnName(name: string): string | undefined {
  return /^(?:\*\.)?vpce-[0-9a-f]+-[a-z0-9]+-([a-z]{2}(?:-[a-z]+)+-\d+[a-z])\./.exec(name)?.[1];
}
