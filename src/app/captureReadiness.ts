import { ANY_INTERFACE } from '../core/captureOptions';
import { LabError } from '../core/errors';
import type { InstanceId } from '../core/ids';
import type { CaptureSite } from './captureProbe';

/**
 * Throws a LabError for what is known to keep tcpdump from starting: `captureInterfaceMissing` for an interface that is not there,
 * `captureNotPermitted` without sudo, `captureToolMissing`. What the instance did not say is left to tcpdump.
 */
export function requireReady(site: CaptureSite, instanceId: InstanceId, interfaceName: string): void {
  if (!hasInterface(site, interfaceName)) {
    const names = site.interfaces.map(({ name }) => name).join(', ');
    throw new LabError('captureInterfaceMissing', { instanceId, interfaceName, names });
  }
  if (!site.isRoot && site.hasSudo === false)
    throw new LabError('captureNotPermitted', { instanceId, user: site.user ?? '', detail: site.sudoRefusal });
  if (site.hasTcpdump === false)
    throw new LabError('captureToolMissing', { instanceId, installer: site.installer ?? '' });
}

/** Whether a capture may listen there, as far as the instance has said. */
export function hasInterface({ interfaces }: CaptureSite, name: string): boolean {
  return name === ANY_INTERFACE || interfaces.length === 0 || interfaces.some(each => each.name === name);
}
