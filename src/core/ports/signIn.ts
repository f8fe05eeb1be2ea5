/** What a sign-in needs of a person; the editor draws it, a test answers it. Nothing of it is remembered. */
export interface SignInDesk {
  /** The code that an MFA device shows now; undefined when the person gives up. */
  askMfaCode(serial: string): Promise<string | undefined>;
  /** Runs `aws <words…>` where it is seen. `missing`: there is no AWS CLI of version 2 that could be run. */
  runAwsCli(words: readonly string[]): Promise<'done' | 'failed' | 'missing'>;
  /** Opens the page on which this code is confirmed, and shows the code until then. Aborted when the person gives up. */
  showDeviceCode(page: DevicePage, until: Promise<unknown>): AbortSignal;
}

/** The page of IAM Identity Center that confirms a device ("AWS SSO OIDC API Reference: StartDeviceAuthorization"). */
export interface DevicePage {
  readonly url: string;
  readonly userCode: string;
}
