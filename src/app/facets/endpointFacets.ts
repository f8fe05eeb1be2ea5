import type { InstanceConnectEndpointState } from '../../core/instanceConnectEndpoint';
import { type EndpointState, nameTag } from '../../core/network';
import { serviceLabel } from '../../core/serviceNames';
import { endpointKindWords, instanceConnectStateWords } from '../../words/endpointDetails';
import { endpointStateWords } from '../../words/endpointStates';
import type { EndpointEntry } from '../appModel';
import type { ResourceFacets, Severity } from '../arrangement/facets';

const severity: Readonly<Record<EndpointState, Severity>> = {
  available: 'good',
  pending: 'moving',
  pendingAcceptance: 'waiting',
  deleting: 'moving',
  deleted: 'off',
  rejected: 'bad',
  failed: 'bad',
  expired: 'bad',
  partial: 'bad',
};

const instanceConnectSeverity: Readonly<Record<InstanceConnectEndpointState, Severity>> = {
  createInProgress: 'moving',
  createComplete: 'good',
  createFailed: 'bad',
  deleteInProgress: 'moving',
  deleteComplete: 'off',
  deleteFailed: 'bad',
};

/** What endpoints of every kind are grouped and found by. */
export const endpointFacets: ResourceFacets<EndpointEntry> = {
  stateOf: entry =>
    'endpoint' in entry
      ? { words: endpointStateWords(entry.endpoint.state), severity: severity[entry.endpoint.state] }
      : {
          words: instanceConnectStateWords(entry.instanceConnect.state),
          severity: instanceConnectSeverity[entry.instanceConnect.state],
        },
  vpcOf: entry => endpointOf(entry).vpcId,
  serviceOf: entry =>
    'endpoint' in entry ? serviceLabel(entry.endpoint.serviceName) : endpointKindWords('instanceConnect'),
  tagsOf: entry => endpointOf(entry).tags,
  textsOf: entry => [
    nameTag(endpointOf(entry).tags),
    endpointOf(entry).id,
    ...('endpoint' in entry
      ? [
          entry.endpoint.serviceName,
          endpointKindWords(entry.endpoint.kind),
          ...entry.endpoint.dnsEntries.map(({ name }) => name),
        ]
      : [endpointKindWords('instanceConnect'), entry.instanceConnect.dnsName]),
    ...entry.interfaces.map(item => item.privateIpAddress),
  ],
};

function endpointOf(entry: EndpointEntry) {
  return 'endpoint' in entry ? entry.endpoint : entry.instanceConnect;
}
