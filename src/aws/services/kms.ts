// See ec2.ts.
export { GenerateDataKeyCommand, KMSClient as Client } from '@aws-sdk/client-kms';
