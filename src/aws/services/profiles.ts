// See ec2.ts: the SDK's own readers of the shared config files.
export { fromIni } from '@aws-sdk/credential-providers';
export { externalDataInterceptor, loadSharedConfigFiles, loadSsoSessionData } from '@smithy/core/config';
