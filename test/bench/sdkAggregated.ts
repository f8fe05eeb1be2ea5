/** The SDK as most programs load it: the class of each service that has a method for every command. */
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';

export async function load(): Promise<readonly object[]> {
  return [EC2, SSM, STS, IAM, KMS, fromIni];
}
