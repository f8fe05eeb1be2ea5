import { LabError } from '../../core/errors';
import type { InstanceConnectEndpoint } from '../../core/instanceConnectEndpoint';
import type { Instance } from '../../core/network';
import type { Scope } from '../appModel';

/** Whether a shell can be had through an EC2 Instance Connect Endpoint, or why not. */
export type ConnectWay =
  | {
      readonly kind: 'ready';
      readonly endpoint: InstanceConnectEndpoint;
      /** Dug by ourselves, or by the AWS CLI of this machine. */
      readonly by: 'ourselves' | 'awsCli';
    }
  | { readonly kind: 'notRunning' }
  | { readonly kind: 'noEndpoint' }
  | { readonly kind: 'notComplete' | 'failed'; readonly endpoint: InstanceConnectEndpoint };

/** An endpoint serves its own VPC; one in the instance's subnet comes first, as no zone is crossed then. */
export function connectWay(
  scope: Pick<Scope, 'saved'>,
  instance: Instance,
  endpoints: readonly InstanceConnectEndpoint[],
): ConnectWay {
  if (instance.state !== 'running') return { kind: 'notRunning' };
  const own = endpoints.filter(({ vpcId }) => vpcId === instance.vpcId);
  const inState = (wanted: InstanceConnectEndpoint['state']) => own.filter(({ state }) => state === wanted);
  const ready = inState('createComplete');
  const endpoint = ready.find(({ subnetId }) => subnetId === instance.subnetId) ?? ready[0];
  if (endpoint) return { kind: 'ready', endpoint, by: isAwsItself(scope) ? 'awsCli' : 'ourselves' };
  const [coming] = inState('createInProgress');
  if (coming) return { kind: 'notComplete', endpoint: coming };
  const [failed] = inState('createFailed');
  return failed ? { kind: 'failed', endpoint: failed } : { kind: 'noEndpoint' };
}

/** Another backend's endpoints have names that lead nowhere: the AWS CLI could not reach them. */
function isAwsItself({ saved }: Pick<Scope, 'saved'>): boolean {
  return (saved?.serviceEndpointUrls?.ec2_instance_connect ?? saved?.endpointUrl) === undefined && saved !== undefined;
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

/**
 * Throws a LabError `awsCliUnfit` unless `aws --version` says that the AWS CLI has `ec2-instance-connect ssh`, which came with 2.12.0
 * (aws/aws-cli:CHANGELOG.rst). `versionLine`: undefined when there is no such program.
 */
export function requireFitCli(versionLine: string | undefined): void {
  const [, version = '', major, minor] = /^aws-cli\/((\d+)\.(\d+)\.\d+)/.exec(versionLine ?? '') ?? [];
  const isFit = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 12);
  if (!isFit) throw new LabError('awsCliUnfit', { version });
}
