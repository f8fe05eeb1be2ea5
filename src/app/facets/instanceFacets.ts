import type { InstanceState } from '../../core/network';
import { nameTag } from '../../core/network';
import { instanceStateWords } from '../../words/instanceStates';
import type { InstanceEntry } from '../appModel';
import type { ResourceFacets, Severity } from '../arrangement/facets';

const severity: Readonly<Record<InstanceState, Severity>> = {
  pending: 'moving',
  running: 'good',
  shuttingDown: 'moving',
  terminated: 'off',
  stopping: 'moving',
  stopped: 'off',
};

/** What instances are grouped and found by. */
export const instanceFacets: ResourceFacets<InstanceEntry> = {
  stateOf: ({ instance: { state } }) => ({ words: instanceStateWords(state), severity: severity[state] }),
  vpcOf: ({ instance }) => instance.vpcId,
  tagsOf: ({ instance }) => instance.tags,
  textsOf: ({ instance, availabilityZone }) => [
    nameTag(instance.tags),
    instance.id,
    instance.instanceType,
    instance.privateIpAddress,
    instance.publicIpAddress,
    instance.subnetId,
    availabilityZone,
  ],
};
