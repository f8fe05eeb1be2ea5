/** The connections that a command on the lab's instance makes to a service, among those that anything else there makes. */
import type { CaptureEvidence, Conversation } from '../../core/evidence';
import type { NetworkInterface } from '../../core/network';
import { serviceHost } from '../../core/partition';
import { HTTPS } from '../../core/rules/flow';
import { awsServiceName } from '../../core/serviceNames';
import { endpointOf, interfaceAt } from '../../core/snapshotLookup';
import type { LabSite } from '../labWorld';
import { begunWith } from '../packetProofs';

/** Connections to HTTPS that an interface began, without those to other services: Session Manager's agent talks as well. */
export function callsTo(
  site: LabSite,
  service: string,
  nic: NetworkInterface,
  capture: CaptureEvidence,
): readonly Conversation[] {
  const { snapshot } = site;
  const host = serviceHost(snapshot.place.region, service);
  return begunWith(capture, nic.privateIpAddress, HTTPS).filter(({ destination }) => {
    const there = interfaceAt(snapshot, nic.vpcId, destination);
    const endpoint = there && endpointOf(snapshot, there);
    if (endpoint) return endpoint.serviceName === awsServiceName(snapshot.place.region, service);
    const names = capture.names.filter(({ addresses }) => addresses.includes(destination)).map(({ name }) => name);
    return names.length === 0 || names.some(name => isNameOf(name, host, service));
  });
}

/** The service's name in this region or another, or a name below it, as that of a bucket. */
function isNameOf(name: string, host: string, service: string): boolean {
  return name === host || name.endsWith(`.${host}`) || name.split('.').includes(service);
}

/** Each destination once. */
export const destinationsOf = (calls: readonly Conversation[]) => [
  ...new Set(calls.map(({ destination }) => destination)),
];
