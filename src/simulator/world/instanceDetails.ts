/** How an instance reaches its metadata service ("Configure the Instance Metadata Service options"). */
export interface MetadataOptions {
  readonly requiresTokens: boolean;
  readonly isEnabled: boolean;
  /** Of the answer to a token request. */
  readonly hopLimit: number;
  readonly showsTags: boolean;
}

/** What EC2 knows of an instance beyond core's value. */
export interface InstanceDetails {
  readonly reservationId: string;
  readonly launchIndex: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly keyName: string | undefined;
  readonly clientToken: string;
  readonly metadata: MetadataOptions;
  /** As the launch gave it, in Base64. */
  readonly userData: string | undefined;
  readonly isTerminationProtected: boolean;
  readonly isStopProtected: boolean;
  /** What a shutdown from inside does: stop when this is false. */
  readonly terminatesOnShutdown: boolean;
  readonly isEbsOptimized: boolean;
  readonly hasDetailedMonitoring: boolean;
  /** Of burstable types only. */
  readonly cpuCredits: 'standard' | 'unlimited' | undefined;
  readonly stateReason: string;
  /** When both status checks begin to pass. */
  readonly checksPassAtMs: number;
  /** Whether it gets a public address each time it starts, as its launch said. */
  readonly wantsPublicAddress: boolean;
  readonly profileAssociationId: string | undefined;
  readonly runningSinceMs: number | undefined;
}
