import { t } from './translation';

/** As `app/operations/instanceConnectShell` finds it. */
type Way =
  | { readonly kind: 'ready' | 'notComplete'; readonly endpoint: { readonly id: string } }
  | { readonly kind: 'practice' | 'notRunning' | 'noEndpoint' };

/** Whether a shell can be had through an Instance Connect endpoint, or why not and what to do. */
export function connectWayWords(way: Way): string {
  switch (way.kind) {
    case 'ready':
      return t('Through {0}, with the AWS CLI in a terminal.', way.endpoint.id);
    case 'notComplete':
      return t('{0} is not ready yet.', way.endpoint.id);
    case 'practice':
      return t('The AWS CLI of this computer does not reach the practice cloud inside this window.');
    case 'notRunning':
      return t('The instance does not run.');
    case 'noEndpoint':
      return t('The VPC has no EC2 Instance Connect Endpoint. Create one first.');
  }
}

/** Why the AWS CLI of this machine cannot do it; undefined when it can. */
export function cliFitnessWords(
  fitness: { readonly kind: 'fit' | 'missing' } | { readonly kind: 'tooOld'; readonly version: string },
): string | undefined {
  switch (fitness.kind) {
    case 'fit':
      return undefined;
    case 'tooOld':
      return t('The AWS CLI {0} is too old for ec2-instance-connect ssh: it needs 2.12 or newer.', fitness.version);
    case 'missing':
      return t('The AWS CLI was not found on this computer: install version 2.12 or newer.');
  }
}
