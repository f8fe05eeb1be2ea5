import type { VpcId } from '../../core/ids';
import type { Instance } from '../../core/network';
import type { Scope } from '../appModel';

/** The trees in which something can be shown. */
export type RevealingView = 'endpoints' | 'services' | 'peering' | 'instances';

/** Commands that help an instance. */
export type InstanceDeed = 'start' | 'attachProfile' | 'installTcpdump' | 'openShell';

/** What the one button of an error message does. */
export type Remedy =
  | { readonly kind: 'signIn'; readonly scope: Scope }
  /** The same command with the same target, from its first question. */
  | { readonly kind: 'repeat' }
  /** The same capture, on all interfaces. */
  | { readonly kind: 'repeatOnAny' }
  | { readonly kind: 'onInstance'; readonly deed: InstanceDeed; readonly scope: Scope; readonly instance: Instance }
  /** Without a scope: all of them. */
  | { readonly kind: 'refresh'; readonly scope: Scope | undefined }
  /** Selects the existing resource that the error is about. */
  | { readonly kind: 'reveal'; readonly scope: Scope; readonly view: RevealingView; readonly id: string }
  | { readonly kind: 'copy'; readonly what: 'iamPolicy' | 'command'; readonly text: string }
  | { readonly kind: 'openPage'; readonly page: 'quotas' | 'awsCliInstall'; readonly url: string }
  | { readonly kind: 'changeDnsAttributes'; readonly scope: Scope; readonly vpcId: VpcId | undefined }
  | { readonly kind: 'createGatewayEndpoint'; readonly scope: Scope }
  | { readonly kind: 'allowChanges'; readonly scope: Scope }
  | { readonly kind: 'openAwsConfig' }
  | { readonly kind: 'openProxySettings' }
  | { readonly kind: 'manageTrust' }
  | { readonly kind: 'startPractice' }
  | { readonly kind: 'showLog' };
