// See ec2.ts.
export {
  GetCallerIdentityCommand,
  getDefaultRoleAssumer,
  getDefaultRoleAssumerWithWebIdentity,
  STSClient as Client,
} from '@aws-sdk/client-sts';
