// See ec2.ts.
export { GetCallerIdentityCommand, STSClient as Client } from '@aws-sdk/client-sts';
