import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import type { Instance } from '../../core/network';
import type { Scope } from '../appModel';

/** Whether the AWS CLI can open a shell through an EC2 Instance Connect Endpoint, or why not. */
export type ConnectWay =
  | { readonly kind: 'ready'; readonly endpoint: InstanceConnectEndpoint }
  /** The practice cloud opens no port that a program of this machine could reach. */
  | { readonly kind: 'practice' }
  | { readonly kind: 'notRunning' }
  | { readonly kind: 'noEndpoint' }
  | { readonly kind: 'notComplete'; readonly endpoint: InstanceConnectEndpoint };

/** An endpoint serves its own VPC; one in the instance's subnet comes first, as no zone is crossed then. */
export function connectWay(
  scope: Pick<Scope, 'kind'>,
  instance: Instance,
  endpoints: readonly InstanceConnectEndpoint[],
): ConnectWay {
  if (scope.kind === 'practice') return { kind: 'practice' };
  if (instance.state !== 'running') return { kind: 'notRunning' };
  const own = endpoints.filter(({ vpcId }) => vpcId === instance.vpcId);
  const ready = own.filter(({ state }) => state === 'createComplete');
  const endpoint = ready.find(({ subnetId }) => subnetId === instance.subnetId) ?? ready[0];
  if (endpoint) return { kind: 'ready', endpoint };
  const [unready] = own;
  return unready ? { kind: 'notComplete', endpoint: unready } : { kind: 'noEndpoint' };
}

/** Arguments of the AWS CLI, one word each: they are handed to the program, and no shell reads them. */
export function connectArguments(
  { saved, region }: Pick<Scope, 'saved' | 'region'>,
  instance: Instance,
  endpoint: InstanceConnectEndpoint,
): readonly string[] {
  return [
    'ec2-instance-connect',
    'ssh',
    ...(saved?.profile === undefined ? [] : ['--profile', saved.profile]),
    '--region',
    region,
    '--instance-id',
    instance.id,
    '--connection-type',
    'eice',
    '--eice-options',
    `endpointId=${endpoint.id}`,
  ];
}

/** What `aws --version` said; undefined for another program's answer. */
export type CliFitness =
  | { readonly kind: 'fit'; readonly version: string }
  | { readonly kind: 'tooOld'; readonly version: string }
  | { readonly kind: 'missing' };

/** `ec2-instance-connect ssh` came with 2.12.0 (aws/aws-cli:CHANGELOG.rst). */
export function cliFitness(versionLine: string | undefined): CliFitness {
  const [, version = '', major, minor] = /^aws-cli\/((\d+)\.(\d+)\.\d+)/.exec(versionLine ?? '') ?? [];
  if (!version) return { kind: 'missing' };
  const isFit = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 12);
  return { kind: isFit ? 'fit' : 'tooOld', version };
}
